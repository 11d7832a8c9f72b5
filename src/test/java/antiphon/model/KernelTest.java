package antiphon.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** What must not be heard: how the weights lie in memory, what was done ahead, and who goes forward together. */
class KernelTest {
    private static final int WIDTH = 21;

    @Property(tries = 100)
    void shouldGoForwardTogetherAsAlone(
            @ForAll Precision precision, @ForAll @IntRange(min = 1, max = 9) int count, @ForAll long seed) {
        StackedLstm lstm = network(precision);
        LstmBatch together = lstm.newBatch(9);
        LstmState[] alone = new LstmState[count];
        Random random = new Random(seed);
        for (int k = 0; k < count; k++) {
            alone[k] = lstm.newState();
        }
        for (int n = 0; n < 8; n++) {
            int ahead = random.nextInt(2 * count);
            if (ahead < count) {
                lstm.prepare(together.state(ahead));
            }
            for (int k = 0; k < count; k++) {
                int[] event = event(random);
                place(random, together.state(k), alone[k]);
                together.setEvent(k, event[0], event[1], event[2], event[3]);
                lstm.step(alone[k], event[0], event[1], event[2], event[3]);
            }
            lstm.step(together, count);
        }
        for (int k = 0; k < count; k++) {
            assertSame(together.state(k), alone[k]);
        }
    }

    @Property(tries = 100)
    void shouldComputeTheSameWithWhatWasDoneAhead(@ForAll Precision precision, @ForAll long seed) {
        StackedLstm lstm = network(precision);
        LstmState plain = lstm.newState();
        LstmState state = lstm.newState();
        LstmBatch ghosts = lstm.newBatch(2);
        Random random = new Random(seed);
        for (int n = 0; n < 20; n++) {
            if (random.nextBoolean()) {
                lstm.prepare(state);
            }
            if (random.nextInt(4) == 0) {
                // There and back: saved, led astray, restored.
                ghosts.copyFrom(state);
                lstm.step(state, 1, 2, 3, 4);
                state.copyFrom(ghosts.state(1));
            }
            if (random.nextInt(8) == 0) {
                state.reset();
                plain.reset();
            }
            int[] event = event(random);
            place(random, plain, state);
            lstm.step(plain, event[0], event[1], event[2], event[3]);
            lstm.step(state, event[0], event[1], event[2], event[3]);
        }
        assertSame(state, plain);
    }

    @Property(tries = 100)
    void shouldGiveTheSameSumsFromWidenedRows(@ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int rows) {
        Random random = new Random(seed);
        short[][] halves = new short[rows][WIDTH];
        float[] x = new float[rows];
        for (int i = 0; i < rows; i++) {
            x[i] = (float) random.nextGaussian();
            for (int j = 0; j < WIDTH; j++) {
                halves[i][j] = Float.floatToFloat16((float) random.nextGaussian());
            }
        }
        float[] narrow = new float[WIDTH];
        float[] wide = new float[WIDTH];
        new F16Matrix(halves).multiplyAdd(x, narrow);
        Kernels.widened(halves).multiplyAdd(x, wide);
        assertThat(narrow).containsExactly(wide);
    }

    /** Processors before 2013 cannot fuse; what they would do is asked of a JVM that is told to be one. */
    @Test
    void shouldPlayOnAMachineThatCannotFuse() throws IOException, InterruptedException {
        String[] answers = new String[2];
        for (int i = 0; i < 2; i++) {
            Process process = new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            i == 0 ? "-XX:+UseFMA" : "-XX:-UseFMA",
                            "-cp",
                            System.getProperty("java.class.path"),
                            OneStep.class.getName()))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            answers[i] = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
            assertThat(process.waitFor()).isZero();
        }
        assertThat(answers[0]).startsWith(Rows.FUSED + " ");
        assertThat(answers[1]).startsWith("false ");
        float fused = Float.parseFloat(answers[0].substring(answers[0].indexOf(' ')));
        float plain = Float.parseFloat(answers[1].substring(answers[1].indexOf(' ')));
        assertThat(plain).isEqualTo(fused, within(1e-5f)).isNotZero();
    }

    private static StackedLstm network(Precision precision) {
        return new StackedLstm(RandomModel.withPlaces(5, WIDTH, 2, 3), precision);
    }

    /** Tells all of them the same place. */
    private static void place(Random random, LstmState... states) {
        int[] place = {random.nextInt(82), random.nextInt(49), random.nextInt(17), random.nextInt(8), random.nextInt(8)
        };
        for (LstmState state : states) {
            for (int field = 0; field < place.length; field++) {
                state.setPlace(field, place[field]);
            }
        }
    }

    private static int[] event(Random random) {
        return new int[] {random.nextInt(7), random.nextInt(82), random.nextInt(129), random.nextInt(33)};
    }

    private static void assertSame(LstmState one, LstmState other) {
        for (int layer = 0; layer < 2; layer++) {
            assertThat(one.hidden[layer]).containsExactly(other.hidden[layer]);
            assertThat(one.cell[layer]).containsExactly(other.cell[layer]);
        }
    }

    /** A program that prints whether this machine fuses, and a number that a network computes on it. */
    static final class OneStep {
        private OneStep() {}

        public static void main(String[] arguments) {
            StackedLstm lstm = network(Precision.F16);
            LstmState state = lstm.newState();
            for (int n = 0; n < 20; n++) {
                lstm.step(state, n % 7, n % 82, n % 129, n % 33);
            }
            System.out.println(Rows.FUSED + " " + state.hidden[1][0]);
        }
    }
}
