package antiphon.live;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.improv.Mode;
import antiphon.improv.Settings;
import antiphon.model.ModelFile;
import antiphon.model.Precision;
import antiphon.model.RandomModel;
import antiphon.model.StackedLstm;
import antiphon.model.Tensor;
import antiphon.music.Message;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Models that no training gives, in the live path: whatever their numbers are, no more notes begin than hands can play,
 * none that sounds already, and none is left. Files with such numbers are refused; here they are made in memory.
 */
class HostileModelTest {
    private static final long MILLI = 1_000_000L;
    private static final int MAX_IN_A_SECOND = 50;
    private static final int SECONDS = 20;

    static Stream<Arguments> models() {
        Map<String, IntToDoubleFunction> weights = new TreeMap<>();
        Random random = new Random(5);
        weights.put("all 0", i -> 0);
        weights.put("all 1", i -> 1);
        weights.put("all -1000", i -> -1000);
        weights.put("all 1e30", i -> 1e30);
        weights.put("1e30 of either sign", i -> random.nextBoolean() ? 1e30 : -1e30);
        weights.put("1e38 of either sign", i -> random.nextBoolean() ? 1e38 : -1e38);
        weights.put("1000 of either sign", i -> random.nextBoolean() ? 1000 : -1000);
        weights.put("one NaN in seven", i -> i % 7 == 0 ? Double.NaN : 0.1);
        weights.put("infinite", i -> i % 2 == 0 ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY);
        return weights.entrySet().stream().flatMap(entry -> Stream.of(Precision.values())
                // In half precision larger weights are refused, however a network is made.
                .filter(precision ->
                        precision != Precision.F16 || !isHuge(entry.getValue().applyAsDouble(0)))
                .flatMap(precision -> Stream.of(Mode.CALL, Mode.CONTINUE, Mode.TRADE, Mode.HARMONY)
                        .map(mode -> Arguments.of(entry.getKey(), precision, mode, entry.getValue()))));
    }

    private static boolean isHuge(double weight) {
        return Math.abs(weight) > 65_504;
    }

    private static StackedLstm network(Precision precision, IntToDoubleFunction weights) {
        ModelFile usual = RandomModel.of(4, 8, 1, 3);
        Map<String, Tensor> tensors = new TreeMap<>();
        usual.tensors().forEach((name, tensor) -> {
            float[] values = new float[tensor.values().length];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) weights.applyAsDouble(i);
            }
            tensors.put(name, Tensor.of(tensor.shape(), values));
        });
        return new StackedLstm(new ModelFile(tensors, usual.metadata()), precision);
    }

    @ParameterizedTest(name = "{0}, {1}, {2}")
    @MethodSource("models")
    void shouldPlayNoMoreThanHandsCanAndLeaveNothingWhateverTheModelIs(
            String name, Precision precision, Mode mode, IntToDoubleFunction weights) throws Exception {
        Settings settings = Settings.standard(mode);
        HandDriven driven = new HandDriven(network(precision, weights), settings, 7, false, HeldNotes.NOWHERE);
        driven.begin();
        for (int i = 0; i < 6; i++) {
            driven.note(60 + i * 5 % 12, 200);
            driven.pass(50 * MILLI);
        }
        driven.pass(SECONDS * 1_000 * MILLI);
        driven.finish();
        requireSane(driven);
    }

    private static void requireSane(HandDriven driven) {
        boolean[] sounding = new boolean[Message.PITCHES];
        long[] onsets = new long[driven.out.size()];
        int begun = 0;
        int held = 0;
        for (int i = 0; i < driven.out.size(); i++) {
            int message = driven.out.message(i);
            int pitch = Message.data1(message);
            if (Message.isNoteOn(message)) {
                assertThat(sounding[pitch])
                        .as("%d begins while it sounds", pitch)
                        .isFalse();
                sounding[pitch] = true;
                held++;
                assertThat(held).isLessThanOrEqualTo(10);
                onsets[begun] = driven.out.sentNanos(i);
                begun++;
            } else if (Message.isNoteOff(message)) {
                held -= sounding[pitch] ? 1 : 0;
                sounding[pitch] = false;
            }
        }
        assertThat(held).as("left sounding").isZero();
        for (int i = MAX_IN_A_SECOND; i < begun; i++) {
            assertThat(onsets[i] - onsets[i - MAX_IN_A_SECOND]).isGreaterThanOrEqualTo(1_000 * MILLI);
        }
    }
}
