package antiphon.dashboard;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The pages that are open. Any thread. */
final class Feeds {
    /** More browsers than a band has. */
    static final int MAX_FEEDS = 24;

    private static final long MAX_STALLED_NANOS = 15_000_000_000L;

    private final List<Feed> open = new CopyOnWriteArrayList<>();

    /** True if one more page may open. */
    boolean hasRoom() {
        return open.size() < MAX_FEEDS;
    }

    /** False if there are as many as there may be. */
    boolean add(Feed feed) {
        open.add(feed);
        if (open.size() <= MAX_FEEDS) {
            return true;
        }
        open.remove(feed);
        return false;
    }

    void remove(Feed feed) {
        open.remove(feed);
    }

    boolean isEmpty() {
        return open.isEmpty();
    }

    /**
     * Gives every page a frame, which it may lose.
     *
     * @param afterLoss what a page is told first that has lost frames
     */
    void offer(String frame, String afterLoss) {
        open.forEach(feed -> feed.offer(frame, afterLoss));
    }

    /** Ends connections whose browser has taken nothing for a quarter of a minute. */
    void dropStalled() {
        open.stream().filter(feed -> feed.isStalled(MAX_STALLED_NANOS)).forEach(Feed::terminate);
    }

    void terminate() {
        open.forEach(Feed::terminate);
    }
}
