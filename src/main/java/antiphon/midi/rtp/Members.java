package antiphon.midi.rtp;

import antiphon.HotPath;
import java.util.Arrays;

/**
 * Those that something goes to: read by any thread, which sees them as they were at one moment, and changed by callers that
 * take turns.
 */
final class Members<T> {
    private final T[] none;
    private volatile T[] all;

    /** @param none an empty array */
    Members(T[] none) {
        this.none = none;
        all = none;
    }

    /** Not to be changed. */
    @HotPath
    T[] all() {
        return all;
    }

    void add(T member) {
        if (!contains(member)) {
            T[] more = Arrays.copyOf(all, all.length + 1);
            more[more.length - 1] = member;
            all = more;
        }
    }

    void remove(T member) {
        all = Arrays.stream(all).filter(each -> each != member).toArray(size -> Arrays.copyOf(none, size));
    }

    boolean contains(T member) {
        return Arrays.asList(all).contains(member);
    }
}
