package antiphon.dashboard;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The pages that are open. Any thread. */
final class Feeds {
    /** More browsers than a band has. */
    static final int MAX_FEEDS = 24;

    private static final long MAX_STALLED_NANOS = 15_000_000_000L;

    private final List<Page> open = new CopyOnWriteArrayList<>();

    /** An open page. Any thread. */
    interface Page {
        /**
         * Takes a frame, or loses it. Never waits.
         *
         * @param afterLoss what to take first if frames were lost
         */
        void offer(String frame, String afterLoss);

        /** True if its browser has taken nothing for so long. */
        boolean isStalled(long nanos);

        /** Ends the connection without waiting for the other side. */
        void terminate();
    }

    /** True if one more page may open. */
    boolean hasRoom() {
        return open.size() < MAX_FEEDS;
    }

    /** False if there are as many as there may be. */
    boolean add(Page feed) {
        open.add(feed);
        if (open.size() <= MAX_FEEDS) {
            return true;
        }
        open.remove(feed);
        return false;
    }

    void remove(Page feed) {
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
        open.stream().filter(feed -> feed.isStalled(MAX_STALLED_NANOS)).forEach(Page::terminate);
    }

    void terminate() {
        open.forEach(Page::terminate);
    }
}
