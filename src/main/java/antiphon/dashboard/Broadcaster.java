package antiphon.dashboard;

import antiphon.live.Tap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the tap for all pages and gives them what has happened as frames: {@code {"now": …, "state": {…}, "events": […]}}.
 * A cold thread of its own, which waits for no page. It looks often while there is music and a page, else seldom.
 */
final class Broadcaster {
    /** Answers are handed over 10 ms before they are due: the page has them in time. */
    private static final long BUSY_NANOS = 4_000_000L;

    /** A page plays: its note is heard within a millisecond, and is told at once. */
    private static final long SOON_NANOS = 500_000L;

    private static final long SOON_FOR_NANOS = 8_000_000L;
    private static final long QUIET_NANOS = 80_000_000L;
    private static final long ALONE_NANOS = 250_000_000L;
    private static final long BUSY_FOR_NANOS = 10_000_000_000L;
    private static final long UNDERSTAND_NANOS = 100_000_000L;
    private static final long HEARTBEAT_NANOS = 1_000_000_000L;

    private static final Logger LOG = LoggerFactory.getLogger(Broadcaster.class);

    private final Partner partner;
    private final Feeds feeds;
    private final Scene scene;
    private final Changes changes;
    private final Tap.Reader reader;
    private final Thread thread;
    private volatile boolean stopped;

    /** A page has opened, and must be told the state, or plays. */
    private volatile boolean asked;

    private volatile Map<String, Object> state;
    private Map<String, Object> told = Map.of();
    private Around around;
    private long eventNanos;
    private long soonNanos;
    private long cameNanos;
    private long understoodNanos;
    private long saidNanos;
    private long missed;

    Broadcaster(Partner partner, Feeds feeds, Scene scene) {
        this.partner = partner;
        this.feeds = feeds;
        this.scene = scene;
        reader = partner.tap().newReader();
        changes = new Changes(partner);
        around = around();
        state = shown();
        eventNanos = System.nanoTime() - BUSY_FOR_NANOS;
        soonNanos = eventNanos;
        cameNanos = eventNanos;
        thread = Thread.ofPlatform().daemon().name("antiphon-page").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** What the pages show that does not come by the tap. */
    private record Around(String undo, long ports, String preset, int controllers) {}

    private Around around() {
        return new Around(
                changes.next(),
                partner.connections().changes(),
                partner.steered().preset().get(),
                partner.steered().controllers().changes());
    }

    private Map<String, Object> shown() {
        Map<String, Object> shown = scene.state();
        shown.put("undo", around.undo());
        shown.put("ports", around.ports());
        shown.put("preset", around.preset());
        shown.put("controllers", around.controllers());
        return shown;
    }

    /** Those that can be undone. Any thread. */
    Changes changes() {
        return changes;
    }

    /** What the pages show, apart from the notes. Any thread. */
    Map<String, Object> state() {
        return state;
    }

    /** Looks at once, and often for a while, because a page has opened or plays. Any thread. */
    void wake() {
        asked = true;
        LockSupport.unpark(thread);
    }

    void stop() {
        stopped = true;
        wake();
    }

    private void run() {
        while (!stopped) {
            long now = System.nanoTime();
            try {
                look(now);
            } catch (RuntimeException failure) {
                // The pages lose a frame; the next is tried again.
                LOG.debug("page: {}", failure.toString());
            }
            LockSupport.parkNanos(feeds.isEmpty() ? ALONE_NANOS : pauseNanos(now));
        }
    }

    private long pauseNanos(long now) {
        if (now - soonNanos < SOON_FOR_NANOS) {
            return SOON_NANOS;
        }
        return now - eventNanos < BUSY_FOR_NANOS ? BUSY_NANOS : QUIET_NANOS;
    }

    private void look(long now) {
        boolean came = read();
        cameNanos = came ? now : cameNanos;
        boolean understood = understand(now);
        boolean moved = lookAround();
        if (came || understood || moved) {
            state = shown();
        }
        Map<String, Object> shown = state;
        List<Object> events = new ArrayList<>(scene.takeEvents());
        if (reader.missed() != missed) {
            missed = reader.missed();
            events.addFirst(List.of("silence"));
        }
        if (!events.isEmpty() || asked) {
            eventNanos = now;
            soonNanos = asked ? now : now - SOON_FOR_NANOS;
        }
        if (!events.isEmpty() || !shown.equals(told) || asked || now - saidNanos > HEARTBEAT_NANOS) {
            asked = false;
            told = shown;
            saidNanos = now;
            tell(events);
        }
    }

    /** True if anything came by the tap. */
    private boolean read() {
        boolean any = false;
        while (reader.read(scene::take)) {
            any = true;
        }
        changes.look();
        return any;
    }

    private boolean understand(long now) {
        boolean atRest = now - cameNanos > BUSY_FOR_NANOS;
        if (now - understoodNanos <= (atRest ? HEARTBEAT_NANOS : UNDERSTAND_NANOS)) {
            return false;
        }
        understoodNanos = now;
        feeds.dropStalled();
        return scene.understand(partner.understanding().get());
    }

    /** True if the pages must be told. */
    private boolean lookAround() {
        Around before = around;
        around = around();
        return !around.equals(before);
    }

    private void tell(List<Object> events) {
        if (!feeds.isEmpty()) {
            feeds.offer(frame(events), frame(List.of(List.of("silence"))));
        }
    }

    private String frame(List<Object> events) {
        Map<String, Object> frame = new LinkedHashMap<>();
        frame.put("now", scene.millis(System.nanoTime()));
        frame.put("state", told);
        frame.put("events", events);
        return Json.of(frame);
    }
}
