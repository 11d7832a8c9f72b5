package antiphon.improv;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.Allocation;
import antiphon.improv.part.Parts;
import antiphon.music.Message;
import antiphon.music.MessageSink;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** That the improviser plays with the {@link antiphon.model.NeuralCache}; what that does has a test of its own. */
class MotifMemoryTest {
    private static final long MILLI = 1_000_000L;
    private static final int[] MOTIF = {60, 67, 62, 71, 65};

    @Test
    void shouldTakeUpTheMotifOfTheCallIfItIsSwitchedOn() {
        assertThat(shareOfMotif(answerTo(true))).isGreaterThan(0.5);
        assertThat(shareOfMotif(answerTo(false))).isLessThan(0.3);
    }

    @Test
    void shouldAnswerTheSameToTheSame() {
        assertThat(answerTo(true)).isEqualTo(answerTo(true));
    }

    @Test
    void shouldAllocateNothing() {
        Improviser improviser = Parts.improviser(Networks.TUNED, Settings.standard(Mode.CALL), 1);
        MessageSink nobody = (message, dueNanos) -> {};
        improviser.begin(0);
        long[] now = {0};
        Runnable talk = () -> {
            for (int i = 0; i < 2_000; i++) {
                improviser.hear(0, Message.noteOn(0, MOTIF[i % MOTIF.length], 70), now[0], nobody);
                improviser.hear(0, Message.noteOff(0, MOTIF[i % MOTIF.length]), now[0] + 50 * MILLI, nobody);
                int steps = i % 40 == 39 ? 300 : 10;
                for (int step = 0; step < steps; step++) {
                    now[0] += 10 * MILLI;
                    improviser.advance(now[0], nobody);
                }
            }
        };
        assertThat(Allocation.bytesOfWarmRun(talk)).isZero();
        assertThat(improviser.notesAnswered()).isGreaterThan(100);
    }

    /** How many of an answer's notes follow the one before as in the motif, in whatever key. */
    private static double shareOfMotif(List<Integer> pitches) {
        int followed = 0;
        for (int i = 1; i < pitches.size(); i++) {
            int interval = pitches.get(i) - pitches.get(i - 1);
            for (int j = 0; j < MOTIF.length; j++) {
                if (MOTIF[(j + 1) % MOTIF.length] - MOTIF[j] == interval) {
                    followed++;
                    break;
                }
            }
        }
        return (double) followed / (pitches.size() - 1);
    }

    /** The pitches of ten answers to the motif played eight times over. */
    private static List<Integer> answerTo(boolean memory) {
        Settings settings = Settings.standard(Mode.CALL);
        List<Integer> pitches = new ArrayList<>();
        for (int seed = 1; seed <= 10; seed++) {
            Improviser improviser = Parts.improviser(Networks.TUNED, settings, seed);
            MessageSink out = (message, dueNanos) -> {
                if (Message.isNoteOn(message)) {
                    pitches.add(Message.data1(message));
                }
            };
            improviser.set(Control.MEMORY, memory ? 1 : 0, 0, out);
            improviser.begin(0);
            long nanos = 0;
            for (int i = 0; i < 8 * MOTIF.length; i++) {
                improviser.hear(0, Message.noteOn(0, MOTIF[i % MOTIF.length], 80), nanos, out);
                improviser.hear(0, Message.noteOff(0, MOTIF[i % MOTIF.length]), nanos + 150 * MILLI, out);
                nanos += 200 * MILLI;
                improviser.advance(nanos, out);
            }
            for (int i = 0; i < 1_500; i++) {
                nanos += 10 * MILLI;
                improviser.advance(nanos, out);
            }
        }
        return pitches;
    }
}
