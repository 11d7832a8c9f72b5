package antiphon.live;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends what a keyboard holds whose cable was pulled behind an interface that stays: no port goes then. Such a keyboard is
 * known by active sensing (MIDI 1.0, status FE), which says that something comes every 300 ms from then on. When it does
 * not, the input counts as lost until the next FE. The watch's thread.
 */
final class ActiveSensing {
    /** The specification wants a receiver to wait for 330 ms at least; the rest is for drivers that hand over late. */
    static final long MAX_SILENCE_NANOS = 400_000_000L;

    /** Who was kept from looking so much longer than it asked for cannot tell whether others were kept from sending. */
    private static final long MAX_LATE_NANOS = 100_000_000L;

    private static final long LOOK_NANOS = 100_000_000L;
    private static final Logger LOG = LoggerFactory.getLogger(ActiveSensing.class);

    private final List<Thru> inputs;
    private final IntConsumer lose;
    private final Supplier<List<String>> names;
    private final LongSupplier nanoClock;
    private long lookNanos;

    /**
     * @param inputs that may bring it
     * @param lose is told the number of an input that has fallen silent
     * @param names of the inputs that are open
     */
    ActiveSensing(List<Thru> inputs, IntConsumer lose, Supplier<List<String>> names, LongSupplier nanoClock) {
        this.inputs = List.copyOf(inputs);
        this.lose = lose;
        this.names = names;
        this.nanoClock = nanoClock;
        lookNanos = nanoClock.getAsLong();
    }

    /**
     * Looks at all inputs.
     *
     * @param maxMillis the longest time until the next look
     * @return after how many milliseconds to look again
     */
    long look(long maxMillis) {
        long now = nanoClock.getAsLong();
        boolean late = now - lookNanos > MAX_LATE_NANOS;
        boolean any = false;
        for (int input = 0; input < inputs.size(); input++) {
            Thru thru = inputs.get(input);
            if (!late && thru.fallsSilent(now - MAX_SILENCE_NANOS)) {
                tell(input);
                lose.accept(input);
            }
            any |= thru.senses();
        }
        long pauseMillis = any ? TimeUnit.NANOSECONDS.toMillis(LOOK_NANOS) : maxMillis;
        lookNanos = now + TimeUnit.MILLISECONDS.toNanos(pauseMillis);
        return pauseMillis;
    }

    private void tell(int input) {
        List<String> open = names.get();
        LOG.warn(
                "midi.in \"{}\": its active sensing has stopped, and what it held is ended. Check the keyboard's cable.",
                input < open.size() ? open.get(input) : String.valueOf(input));
    }
}
