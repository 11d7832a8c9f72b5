package antiphon.midi.jack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import antiphon.midi.MidiBackend.OutputPort;
import antiphon.midi.PortInfo;
import antiphon.music.Message;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A program, here a DAW, that sends a clock and hears what is played to it, on a real server. */
@Tag("jack")
@Timeout(120)
class JackLoopsTest {
    private static final int FRAMES = 256;
    private static final double PERIOD_NANOS = FRAMES * 1e9 / 48_000;

    /** How much later than a tick we play a note to it, in periods. */
    private static final int LATER = 12;

    private static final int ROUNDS = 40;

    /** From the tick to the note when it is back, in periods; which connection of the loop is made first. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldHearANoteInTimeToItsOwnClockWhateverIsConnectedFirst(boolean clockFirst) throws Exception {
        double periods = Double.NaN;
        // A run in which JACK missed cycles says nothing.
        for (int tries = 0; tries < 12 && Double.isNaN(periods); tries++) {
            periods = periodsFromTickToNote(clockFirst);
        }
        // Without a loop: to us, and back, at the same frame of the cycle; each stamped one period before.
        assertThat(periods).isCloseTo(LATER - 2, within(0.1));
    }

    /** NaN if JACK missed cycles. */
    private static double periodsFromTickToNote(boolean clockFirst) throws Exception {
        BlockingQueue<Long> ticks = new LinkedBlockingQueue<>();
        BlockingQueue<Long> notes = new LinkedBlockingQueue<>();
        try (JackServer server = JackServer.start(FRAMES);
                JackBackend daw = JackBackend.open("daw", true, server.name());
                JackBackend ours = JackBackend.open("antiphon", true, server.name())) {
            daw.openInput("in", List.of(), (message, nanos) -> notes.add(nanos));
            OutputPort clock = daw.openOutput("out", List.of());
            ours.openInput("in", List.of(), (message, nanos) -> ticks.add(nanos));
            OutputPort out = ours.openOutput("out", List.of());
            daw.start();
            ours.start();
            PortInfo toUs = new PortInfo("daw:out", true, false);
            PortInfo back = new PortInfo("daw:in", false, true);
            assertThat(clockFirst ? ours.connect("antiphon:in", toUs) : ours.connect("antiphon:out", back))
                    .isTrue();
            assertThat(clockFirst ? ours.connect("antiphon:out", back) : ours.connect("antiphon:in", toUs))
                    .isTrue();
            double sum = 0;
            for (int i = 0; i < ROUNDS; i++) {
                long due = System.nanoTime() + Math.round((3 + i / (double) ROUNDS) * PERIOD_NANOS);
                clock.send(Message.CLOCK, due);
                Long tick = ticks.poll(10, TimeUnit.SECONDS);
                assertThat(tick).isNotNull();
                out.send(Message.noteOn(0, 60, 1), tick + Math.round(LATER * PERIOD_NANOS));
                Long note = notes.poll(10, TimeUnit.SECONDS);
                assertThat(note).isNotNull();
                sum += i < ROUNDS / 2 ? 0 : (note - due) / PERIOD_NANOS;
            }
            return daw.troubles().xruns() > 0 ? Double.NaN : sum / (ROUNDS - ROUNDS / 2);
        }
    }
}
