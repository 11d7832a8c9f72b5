package antiphon.midi;

import antiphon.HotPath;
import java.util.Arrays;

/**
 * Those that something goes to: read by any thread, which sees them as they were at one moment, and changed by callers that
 * take turns.
 */
public final class Members<T> {
    private final T[] none;
    private volatile T[] all;

    /** @param none an empty array */
    public Members(T[] none) {
        this.none = none;
        all = none;
    }

    /** Not to be changed. */
    @HotPath
    public T[] all() {
        return all;
    }

    /** Nothing happens if it is one of them. */
    public void add(T member) {
        if (!contains(member)) {
            T[] more = Arrays.copyOf(all, all.length + 1);
            more[more.length - 1] = member;
            all = more;
        }
    }

    /** Nothing happens if it is none of them. */
    public void remove(T member) {
        all = Arrays.stream(all).filter(each -> each != member).toArray(size -> Arrays.copyOf(none, size));
    }

    /** True if it is one of them. Any thread. */
    public boolean contains(T member) {
        return Arrays.asList(all).contains(member);
    }
}
