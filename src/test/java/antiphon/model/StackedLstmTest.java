package antiphon.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import antiphon.Allocation;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class StackedLstmTest {
    private static final int EMBEDDING = 12;
    private static final int WIDTH = 20;

    @Test
    void shouldComputeWhatTheEquationsSay() {
        ModelFile file = RandomModel.of(EMBEDDING, WIDTH, 2, 7);
        StackedLstm lstm = new StackedLstm(file);
        LstmState state = lstm.newState();
        double[][] hidden = new double[2][WIDTH];
        double[][] cell = new double[2][WIDTH];
        Random random = new Random(1);
        float[] logits = new float[129];
        for (int n = 0; n < 50; n++) {
            int[] event = {random.nextInt(7), random.nextInt(82), random.nextInt(129), random.nextInt(33)};
            lstm.step(state, event[0], event[1], event[2], event[3]);
            stepByTheBook(file, event, hidden, cell);
            lstm.logits(state, StackedLstm.PITCH, 3, 40, 0, logits);
            double[] expected = pitchLogitsByTheBook(file, hidden[1], 3, 40);
            for (int i = 0; i < expected.length; i++) {
                assertThat((double) logits[i]).isEqualTo(expected[i], within(1e-5));
            }
        }
    }

    @Test
    void shouldAddToEachGapWhatIsThoughtOfThePartOfTheBeatInWhichItLands() {
        ModelFile file = RandomModel.withPlaces(EMBEDDING, WIDTH, 2, 7);
        StackedLstm lstm = new StackedLstm(file);
        LstmState state = lstm.newState();
        float[] free = new float[82];
        float[] placed = new float[82];
        lstm.step(state, 1, 2, 60, 16);
        lstm.logits(state, StackedLstm.TIME, 3, 0, 0, free);

        state.setSureness(0.5f);
        for (int bin = 0; bin < 82; bin++) {
            state.setLanding(bin, bin * 48 / 81f);
        }
        lstm.logits(state, StackedLstm.TIME, 3, 0, 0, placed);

        double[] byPhase = new double[48];
        float[] conditions = file.tensor("condition.time.kind").rows()[3];
        for (int phase = 0; phase < 48; phase++) {
            byPhase[phase] = file.tensor("place.b").values()[phase];
            for (int unit = 0; unit < WIDTH; unit++) {
                double activation = Math.max(0, state.hidden[1][unit] + conditions[unit]);
                byPhase[phase] += activation * file.tensor("place.w").rows()[unit][phase];
            }
        }
        for (int bin = 0; bin < 82; bin++) {
            double landing = bin * 48 / 81.0;
            double share = landing - Math.floor(landing);
            double expected = (1 - share) * byPhase[(int) landing % 48] + share * byPhase[((int) landing + 1) % 48];
            assertThat((double) placed[bin] - free[bin]).isEqualTo(0.5 * expected, within(1e-5));
        }
    }

    @ParameterizedTest
    @CsvSource({"F16, 0.003", "INT8, 0.1"})
    void shouldStayCloseToSinglePrecision(Precision precision, double tolerance) {
        ModelFile file = RandomModel.of(EMBEDDING, WIDTH, 2, 7);
        StackedLstm exact = new StackedLstm(file);
        StackedLstm narrow = new StackedLstm(file, precision);
        assertThat(narrow.stepBytes()).isLessThan(exact.stepBytes());
        LstmState exactState = exact.newState();
        LstmState narrowState = narrow.newState();
        float[] exactLogits = new float[129];
        float[] narrowLogits = new float[129];
        for (int n = 0; n < 200; n++) {
            exact.step(exactState, n % 7, n % 82, n % 129, n % 33);
            narrow.step(narrowState, n % 7, n % 82, n % 129, n % 33);
            exact.logits(exactState, StackedLstm.PITCH, 3, 40, 0, exactLogits);
            narrow.logits(narrowState, StackedLstm.PITCH, 3, 40, 0, narrowLogits);
            assertThat(narrowLogits).containsExactly(exactLogits, within((float) tolerance));
        }
        assertThat(narrowLogits).isNotEqualTo(exactLogits);
    }

    @Test
    void shouldRefuseAWeightTooLargeForHalfPrecision() {
        ModelFile whole = RandomModel.of(EMBEDDING, WIDTH, 2, 7);
        whole.tensor("lstm.1.r").values()[5] = 1e5f;
        assertThatThrownBy(() -> new StackedLstm(whole, Precision.F16))
                .isInstanceOf(ModelException.class)
                .hasMessage(
                        "lstm.1.r contains 100000.0; at most 65504.0 allowed in f16. Set model.precision = \"f32\".");
    }

    @ParameterizedTest
    @EnumSource
    void shouldAllocateNothingPerStep(Precision precision) {
        StackedLstm lstm = new StackedLstm(RandomModel.of(EMBEDDING, WIDTH, 2, 7), precision);
        LstmState state = lstm.newState();
        LstmBatch ghosts = lstm.newBatch(3);
        float[] logits = new float[129];
        assertThat(Allocation.bytesOfWarmRun(() -> stepMany(lstm, state, ghosts, logits, 20_000)))
                .isZero();
    }

    @ParameterizedTest
    @EnumSource
    void shouldAllocateNothingOverTenMillionSteps(Precision precision) {
        StackedLstm lstm = new StackedLstm(RandomModel.of(2, 4, 1, 7), precision);
        LstmState state = lstm.newState();
        Runnable steps = () -> {
            for (int i = 0; i < 10_000_000; i++) {
                lstm.step(state, i % 7, i % 82, i % 129, i % 33);
            }
        };
        assertThat(Allocation.bytesOfWarmRun(steps)).isZero();
    }

    @Test
    void shouldGoOnFromACopiedStateAsFromTheOriginal() {
        StackedLstm lstm = new StackedLstm(RandomModel.of(EMBEDDING, WIDTH, 2, 7));
        LstmState state = lstm.newState();
        LstmState copy = lstm.newState();
        lstm.step(state, 1, 2, 60, 16);
        copy.copyFrom(state);
        lstm.step(state, 2, 5, 60, 32);
        lstm.step(copy, 2, 5, 60, 32);
        float[] fromState = new float[7];
        float[] fromCopy = new float[7];
        lstm.logits(state, StackedLstm.KIND, 0, 0, 0, fromState);
        lstm.logits(copy, StackedLstm.KIND, 0, 0, 0, fromCopy);
        assertThat(fromCopy).containsExactly(fromState);
    }

    @Test
    void shouldRefuseAFileThatDoesNotFitTogether() {
        ModelFile whole = RandomModel.of(EMBEDDING, WIDTH, 2, 7);
        Map<String, Tensor> tensors = new TreeMap<>(whole.tensors());
        tensors.put("lstm.1.w", Tensor.matrix(1, 4 * WIDTH, new float[4 * WIDTH]));
        assertThatThrownBy(() -> new StackedLstm(new ModelFile(tensors, whole.metadata())))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("lstm.1.w has shape [1, 80]; 20 × 80 expected");
        assertThatThrownBy(() -> new StackedLstm(new ModelFile(whole.tensors(), Map.of("format", "3"))))
                .hasMessage("format 3; this build reads 1. Retrain, or upgrade.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"lstm.0.r", "lstm.0.w", "embed.pitch"})
    void shouldRefuseWhatIsNoMatrixWhereItTakesItsSizesFrom(String name) {
        ModelFile whole = RandomModel.of(EMBEDDING, WIDTH, 2, 7);
        for (int[] shape : new int[][] {{}, {1}, {1, 1, 1}, {0, 4}, {1 << 30, 0}}) {
            int count = IntStream.of(shape).reduce(1, (a, b) -> a * b);
            Map<String, Tensor> tensors = new TreeMap<>(whole.tensors());
            tensors.put(name, Tensor.of(shape, new float[count]));
            assertThatThrownBy(() -> new StackedLstm(new ModelFile(tensors, whole.metadata())))
                    .isInstanceOf(ModelException.class)
                    .hasMessageStartingWith(
                            name + " has shape " + Arrays.toString(shape) + "; rows × columns expected");
        }
    }

    @Test
    void shouldStayCloseToTheTrueCurves() {
        double worst = 0;
        for (double x = -12; x <= 12; x += 1e-3) {
            worst = Math.max(worst, Math.abs(Activation.tanh((float) x) - Math.tanh((float) x)));
            double sigmoid = 1 / (1 + Math.exp(-(double) (float) x));
            worst = Math.max(worst, Math.abs(Activation.sigmoid((float) x) - sigmoid));
        }
        assertThat(worst).isLessThan(3e-7);
    }

    private static void stepMany(StackedLstm lstm, LstmState state, LstmBatch ghosts, float[] logits, int count) {
        for (int i = 0; i < count; i++) {
            lstm.step(state, i % 7, i % 82, i % 129, i % 33);
            lstm.prepare(state);
            ghosts.copyFrom(state);
            for (int k = 0; k < ghosts.capacity(); k++) {
                ghosts.setEvent(k, k, i % 82, i % 129, i % 33);
            }
            lstm.step(ghosts, ghosts.capacity());
            for (int head = 0; head < StackedLstm.FIELDS; head++) {
                lstm.logits(ghosts.state(0), head, 3, 5, 60, logits);
            }
        }
    }

    private static void stepByTheBook(ModelFile file, int[] event, double[][] hidden, double[][] cell) {
        double[] x = new double[EMBEDDING];
        String[] names = {"kind", "time", "pitch", "velocity"};
        for (int field = 0; field < 4; field++) {
            float[][] rows = file.tensor("embed." + names[field]).rows();
            for (int i = 0; i < EMBEDDING; i++) {
                x[i] += rows[event[field]][i];
            }
        }
        for (int layer = 0; layer < 2; layer++) {
            double[] gates = new double[4 * WIDTH];
            float[] bias = file.tensor("lstm." + layer + ".b").values();
            addProduct(x, file.tensor("lstm." + layer + ".w").rows(), gates);
            addProduct(hidden[layer], file.tensor("lstm." + layer + ".r").rows(), gates);
            for (int i = 0; i < WIDTH; i++) {
                double candidate = Math.tanh(gates[i] + bias[i]);
                double forget = sigmoid(gates[WIDTH + i] + bias[WIDTH + i]);
                double output = sigmoid(gates[2 * WIDTH + i] + bias[2 * WIDTH + i]);
                double in = sigmoid(gates[3 * WIDTH + i] + bias[3 * WIDTH + i]);
                cell[layer][i] = forget * cell[layer][i] + in * candidate;
                hidden[layer][i] = output * Math.tanh(cell[layer][i]);
            }
            x = hidden[layer].clone();
        }
    }

    private static double[] pitchLogitsByTheBook(ModelFile file, double[] hidden, int kind, int time) {
        double[] a = hidden.clone();
        for (int i = 0; i < WIDTH; i++) {
            a[i] += file.tensor("condition.pitch.kind").rows()[kind][i];
            a[i] += file.tensor("condition.pitch.time").rows()[time][i];
            a[i] = Math.max(0, a[i]);
        }
        double[] logits = new double[129];
        float[] bias = file.tensor("head.pitch.b").values();
        for (int i = 0; i < logits.length; i++) {
            logits[i] = bias[i];
        }
        addProduct(a, file.tensor("head.pitch.w").rows(), logits);
        return logits;
    }

    private static void addProduct(double[] x, float[][] rows, double[] y) {
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < y.length; j++) {
                y[j] += x[i] * rows[i][j];
            }
        }
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}
