package antiphon.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Far more than a page has to serve: browsers with the page open, one of which takes nothing of what it is sent, and
 * programs that ask without a pause. All on one thread of this process, so that they cost the machine little beside what
 * they make the program do.
 *
 * <p>A request is due at its time whether or not those before it were answered. Those that no connection takes, because
 * the server accepts none or does not read, count as asked and refused: a client that is slower for it would hide them.
 */
public final class Crowd implements AutoCloseable {
    /** How many have the page open. */
    public static final int BROWSERS = 20;

    /** What is asked for each second. */
    public static final int REQUESTS_PER_SECOND = 10_000;

    private static final int CONNECTIONS = 64;
    private static final long TICK_MILLIS = 1;
    private static final long MAX_START_NANOS = 20_000_000_000L;
    private static final long MAX_LAST_WORDS_NANOS = 2_000_000_000L;
    private static final double NANOS_PER_SECOND = 1e9;

    private final Selector selector;
    private final List<CrowdBrowser> browsers = new ArrayList<>();
    private final List<CrowdAsker> askers = new ArrayList<>();
    private final Thread thread;
    private volatile boolean stopped;
    private @Nullable IOException failure;
    private long due;
    private long untaken;
    private int next;
    private double seconds;

    private Crowd(URI page) throws IOException {
        selector = Selector.open();
        InetSocketAddress address = new InetSocketAddress(page.getHost(), page.getPort());
        for (int i = 0; i < BROWSERS; i++) {
            browsers.add(new CrowdBrowser(selector, address, i == BROWSERS - 1));
        }
        for (int i = 0; i < CONNECTIONS; i++) {
            askers.add(new CrowdAsker(selector, address));
        }
        thread = Thread.ofPlatform().daemon().name("crowd").unstarted(this::run);
    }

    /**
     * Opens the page in all browsers, then begins to ask.
     *
     * @throws BenchException if the page does not answer all of them
     */
    public static Crowd start(URI page) {
        try {
            Crowd crowd = new Crowd(page);
            crowd.open();
            crowd.thread.start();
            return crowd;
        } catch (IOException failure) {
            throw new BenchException("bench: the page at " + page + " cannot be asked (" + failure.getMessage() + ").");
        }
    }

    private void open() throws IOException {
        long endNanos = System.nanoTime() + MAX_START_NANOS;
        for (CrowdBrowser browser : browsers) {
            browser.connect();
        }
        while (!browsers.stream().allMatch(CrowdBrowser::isOpen)) {
            if (System.nanoTime() - endNanos > 0 || browsers.stream().anyMatch(CrowdBrowser::isEnded)) {
                close();
                throw new BenchException(
                        "bench: the page does not answer " + BROWSERS + " browsers; is it overloaded?");
            }
            turn();
        }
    }

    private void run() {
        long fromNanos = System.nanoTime();
        try {
            while (!stopped) {
                turn();
                seconds = (System.nanoTime() - fromNanos) / NANOS_PER_SECOND;
                long now = (long) (seconds * REQUESTS_PER_SECOND);
                for (; due < now; due++) {
                    ask();
                }
            }
            readLastWords();
        } catch (IOException broken) {
            failure = broken;
        }
    }

    private void turn() throws IOException {
        selector.select(key -> ((CrowdMember) key.attachment()).ready(key), TICK_MILLIS);
    }

    private void ask() throws IOException {
        for (int tried = 0; tried < CONNECTIONS; tried++) {
            CrowdAsker asker = askers.get(next);
            next = (next + 1) % CONNECTIONS;
            if (asker.ask()) {
                return;
            }
        }
        untaken++;
    }

    /** The browser that took nothing looks what has arrived at last. */
    private void readLastWords() throws IOException {
        browsers.getLast().wake();
        long endNanos = System.nanoTime() + MAX_LAST_WORDS_NANOS;
        while (System.nanoTime() - endNanos < 0) {
            turn();
        }
    }

    /**
     * Ends it, and says what it has seen.
     *
     * @throws BenchException if this machine let it ask no more
     */
    public CrowdSeen stop() throws InterruptedException {
        stopped = true;
        thread.join();
        close();
        if (failure != null) {
            throw new BenchException("bench: the page cannot be asked (" + failure.getMessage() + ").");
        }
        CrowdBrowser stalled = browsers.getLast();
        return new CrowdSeen(
                seconds,
                due,
                sum(CrowdAsker::answered),
                sum(CrowdAsker::tooMany),
                sum(CrowdAsker::cutOff),
                untaken,
                sum(CrowdAsker::connections),
                browsers.stream()
                        .filter(browser -> browser != stalled)
                        .mapToLong(CrowdBrowser::frames)
                        .min()
                        .orElse(0),
                stalled.frames(),
                stalled.isEnded());
    }

    private long sum(ToLongFunction<CrowdAsker> count) {
        return askers.stream().mapToLong(count).sum();
    }

    @Override
    public void close() {
        stopped = true;
        try {
            thread.join();
            if (!selector.isOpen()) {
                return;
            }
            List.copyOf(selector.keys()).forEach(key -> CrowdMember.close(key.channel()));
            selector.close();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (IOException ended) {
            // It has ended anyway.
        }
    }
}
