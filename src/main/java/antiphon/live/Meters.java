package antiphon.live;

import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.AtomicHistogram;
import org.HdrHistogram.Histogram;

/**
 * What the live path counts and times about itself. Written on the hot path without allocating; read by any thread
 * at any time, values of different meters not being of one moment.
 */
public final class Meters {
    private static final long LONGEST_NANOS = 10_000_000_000L;

    /** Significant decimal digits of the histograms: a few per cent of a percent would say more than clocks do. */
    private static final int DIGITS = 2;

    /** Messages taken from inputs. */
    public final AtomicLong messagesIn = new AtomicLong();

    /** Messages dropped because the in ring was full. */
    public final AtomicLong inRingDrops = new AtomicLong();

    /** Note-ons dropped because the out ring was full. */
    public final AtomicLong outRingDrops = new AtomicLong();

    /** Messages that a port did not take. */
    public final AtomicLong portRefusals = new AtomicLong();

    /** Exceptions caught on the engine or player thread; all notes were released each time. */
    public final AtomicLong failures = new AtomicLong();

    /** Answer messages handed to a port. */
    public final AtomicLong messagesOut = new AtomicLong();

    /** From a message's arrival until thru had passed it on, in nanoseconds. */
    public final Histogram inToThruNanos = new AtomicHistogram(LONGEST_NANOS, DIGITS);

    /** From a message's arrival until the network had taken it in and decided what next, in nanoseconds. */
    public final Histogram inToHeardNanos = new AtomicHistogram(LONGEST_NANOS, DIGITS);

    /** From when an answer's message was due until it was handed to the port, in nanoseconds; early counts as 0. */
    public final Histogram sentMinusDueNanos = new AtomicHistogram(LONGEST_NANOS, DIGITS);

    static void record(Histogram histogram, long nanos) {
        histogram.recordValue(Math.min(Math.max(nanos, 0), LONGEST_NANOS));
    }
}
