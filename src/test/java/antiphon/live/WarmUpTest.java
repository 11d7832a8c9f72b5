package antiphon.live;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.improv.Mode;
import antiphon.improv.Settings;
import antiphon.midi.memory.MemoryBackend;
import antiphon.model.RandomModel;
import antiphon.model.StackedLstm;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

class WarmUpTest {
    private static final StackedLstm MODEL = new StackedLstm(RandomModel.of(16, 24, 2, 11));
    private static final long MILLI = 1_000_000L;

    @Test
    void shouldEndWhenRoundsGetNoFaster() {
        assertThat(WarmUp.run(MODEL, Settings.standard(Mode.CALL), everyRoundTakes(2 * MILLI)))
                .isBetween(6, 12);
        assertThat(WarmUp.run(MODEL, Settings.standard(Mode.CONTINUE), everyRoundTakes(2 * MILLI)))
                .isBetween(6, 12);
    }

    @Test
    void shouldEndWhenTheTimeIsUp() {
        assertThat(WarmUp.run(MODEL, Settings.standard(Mode.CALL), everyRoundTakes(150 * MILLI)))
                .isEqualTo(2);
    }

    /** A clock that is read once before the first round and once after each. */
    private static LongSupplier everyRoundTakes(long nanos) {
        AtomicLong now = new AtomicLong();
        return () -> now.getAndAdd(nanos);
    }

    @Test
    void shouldLeaveNoTraceInTheSession() {
        MemoryBackend backend = new MemoryBackend(System::nanoTime, true);
        Ports ports = Ports.unconnected(true);
        try (LiveSession session = new LiveSession(backend, MODEL, Settings.standard(Mode.CALL), 7, ports)) {
            session.start();
            assertThat(session.meters().messagesIn).hasValue(0);
            assertThat(session.meters().messagesOut).hasValue(0);
            assertThat(session.meters().failures).hasValue(0);
            assertThat(session.meters().inToHeardNanos.count()).isZero();
            assertThat(session.answers()).isZero();
            assertThat(backend.output("out").size()).isZero();
        }
    }

    @Test
    void shouldLetTimePassOnlyForward() {
        LiveClock clock = new LiveClock();
        long later = clock.getAsLong() + 3_600_000 * MILLI;
        clock.skipTo(later);
        assertThat(clock.getAsLong()).isGreaterThanOrEqualTo(later);
        clock.skipTo(0);
        assertThat(clock.getAsLong()).isGreaterThanOrEqualTo(later);
    }
}
