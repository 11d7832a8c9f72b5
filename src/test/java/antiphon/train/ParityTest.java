package antiphon.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import antiphon.corpus.TestPieces;
import antiphon.improv.listen.Places;
import antiphon.model.LstmState;
import antiphon.model.ModelFile;
import antiphon.model.StackedLstm;
import antiphon.music.Encoder;
import antiphon.music.Event;
import antiphon.music.Place;
import antiphon.music.Vocabulary;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Training and playing are two engines over one file: here they are held together. */
class ParityTest {
    private static final NetworkShape SHAPE = new NetworkShape(128, 256, 2);
    private static final int EVENTS = 1_000;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void shouldGiveTheSameLogitsAsDeeplearning4jForAThousandEvents() {
        Network network = unsettled(new Network(SHAPE, 0.2, 64, 11), 0.05);
        int[] events = TestPieces.events(5, EVENTS + 1);

        assertThat(largestDifference(ours(network), network, events)).isLessThan(1e-4);
    }

    @Test
    void shouldGiveTheSameLogitsAfterExportAndImport() {
        Network network = unsettled(new Network(SHAPE, 0, 64, 12), 0.05);
        Path path = folder.resolve("model.safetensors");
        new ModelFile(network.tensors(), Map.of("format", "1")).write(path);
        Network imported = new Network(SHAPE, 0, 64, 99);
        imported.load(ModelFile.read(path));
        int[] events = TestPieces.events(6, EVENTS + 1);

        assertThat(largestDifference(new StackedLstm(ModelFile.read(path)), imported, events))
                .isLessThan(1e-4);
        assertThat(imported.weights()).isEqualTo(network.weights());
    }

    @Test
    void shouldGiveTheSameLogitsForTheShippedModelThatFineTuningBeginsWith() {
        ModelFile shipped = ModelFile.read(Path.of("models", "antiphon.safetensors"));
        Network network = new Network(NetworkShape.of(shipped), 0.1, 64, 1);
        network.load(shipped);
        int[] events = Encoder.encode(TestPieces.random(8, EVENTS / 2));

        // Of logits of some tens: the weights of a network that was trained for long are large.
        assertThat(largestDifference(new StackedLstm(shipped), network, events)).isLessThan(2e-3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "embed.pitch_W",
                "lstm.0_W",
                "lstm.0_RW",
                "lstm.0_b",
                "lstm.1_W",
                "lstm.1_RW",
                "condition.pitch.time_W",
                "head.pitch_W",
                "embed.phase_W",
                "condition.time.kind_W",
                "head.time_W",
                "place_W",
                "place_b"
            })
    void shouldComputeTheGradientOfItsLossGivenWhatItRemembers(String parameter) {
        Network network = unsettled(new Network(new NetworkShape(8, 12, 2), 0, 3, 3), 0.2);
        network.learn(batch(true, noteOns(3), noteOns(4)), 0);
        ModelFile memories = new ModelFile(network.memories(), Map.of());
        // In so short a window, what was remembered decides about the recurrent weights.
        Batch batch = batch(false, noteOns(1), noteOns(2));
        network.learn(batch, 0);
        INDArray gradient = network.graph().gradient().getGradientFor(parameter).dup();
        double squared = gradient.mul(gradient).sumNumber().doubleValue();
        double step = 0.02 / Math.sqrt(squared);
        INDArray weights = network.graph().getParam(parameter);

        weights.addi(gradient.mul(step));
        network.remember(memories);
        double above = network.learn(batch, 0);
        weights.subi(gradient.mul(2 * step));
        network.remember(memories);
        double below = network.learn(batch, 0);

        assertThat((above - below) / (2 * step)).isCloseTo(squared, within(0.02 * squared));
    }

    /** Four events of which every field counts. */
    private static int[] noteOns(long seed) {
        int[] events = TestPieces.events(seed, 4);
        Arrays.setAll(
                events,
                i -> Event.of(
                        Event.HUMAN_ON,
                        Event.timeBin(events[i]),
                        Event.pitch(events[i]),
                        Event.velocityBin(events[i])));
        return events;
    }

    @Test
    void shouldNotCountThatAnEventHasNoPitchOrVelocityNorThatAPieceBegins() {
        Network network = new Network(new NetworkShape(8, 12, 1), 0, 2, 3);
        int first = Event.of(Event.HUMAN_ON, 3, 60, 20);
        int end = Event.of(Event.PHRASE_END, 40, Vocabulary.NO_PITCH, Vocabulary.NO_VELOCITY);

        network.learn(window(new int[] {first, end, Event.PIECE_START}, true), 0);

        assertThat(norm(network, "head.kind_W")).isPositive();
        assertThat(norm(network, "head.pitch_W")).isZero();
        assertThat(norm(network, "head.velocity_W")).isZero();
        network.learn(window(new int[] {first, Event.PIECE_START, Event.PIECE_START}, true), 0);
        assertThat(norm(network, "head.kind_W")).isZero();
        assertThat(norm(network, "head.time_W")).isZero();
    }

    private static double norm(Network network, String parameter) {
        return network.graph()
                .gradient()
                .getGradientFor(parameter)
                .norm2Number()
                .doubleValue();
    }

    @Test
    void shouldRememberAcrossWindowsAndForgetWhereADialogueBegins() {
        int[] events = TestPieces.events(4, 17);
        int[] first = Arrays.copyOfRange(events, 0, 9);
        int[] second = Arrays.copyOfRange(events, 8, 17);
        Network network = new Network(new NetworkShape(8, 12, 2), 0, 8, 3);

        network.learn(window(first, true), 0);
        double carried = network.learn(window(second, false), 0);
        double alone = network.learn(window(second, true), 0);

        Network whole = new Network(new NetworkShape(8, 12, 2), 0, 16, 3);
        double both = whole.learn(window(events, true), 0);
        double firstHalf = network.learn(window(first, true), 0);
        assertThat((firstHalf + carried) / 2).isCloseTo(both, within(1e-5));
        assertThat(alone).isNotCloseTo(carried, within(1e-5));
    }

    private static Batch batch(boolean fresh, int[]... lanes) {
        boolean[] each = new boolean[lanes.length];
        Arrays.fill(each, fresh);
        int[][] places = new int[lanes.length][];
        Arrays.setAll(places, lane -> places(lanes[lane]));
        return new Batch(lanes, places, each);
    }

    private static int[] places(int[] events) {
        return Arrays.stream(events).map(ParityTest::place).toArray();
    }

    /** Anywhere; one in four without a pulse. */
    private static int place(int event) {
        SplittableRandom random = new SplittableRandom(event);
        return Place.of(
                random.nextInt(Vocabulary.TIME_BINS),
                random.nextDouble(),
                random.nextDouble(Place.SHORTEST_NANOS, Place.LONGEST_NANOS),
                random.nextInt(4) / 3.0,
                random.nextInt(1, 7));
    }

    private static Batch window(int[] events, boolean fresh) {
        return new Batch(new int[][] {events}, new int[][] {places(events)}, new boolean[] {fresh});
    }

    /** New biases are 0 and would hide a wrong order. With more noise a wide network is chaotic and amplifies rounding. */
    private static Network unsettled(Network network, double noise) {
        Nd4j.getRandom().setSeed(7);
        network.weights().addi(Nd4j.randn(network.weights().length()).mul(noise));
        return network;
    }

    private static StackedLstm ours(Network network) {
        return new StackedLstm(new ModelFile(network.tensors(), Map.of("format", "1")));
    }

    /** Of what follows each event, from an empty memory: [head][event][value]. */
    private static float[][][] probabilities(Network network, int[] events) {
        ComputationGraph graph = network.graph();
        graph.rnnClearPreviousState();
        INDArray[] outputs = graph.rnnTimeStep(network.inputs(window(events, true)));
        float[][][] probabilities = new float[outputs.length][][];
        for (int head = 0; head < outputs.length; head++) {
            probabilities[head] = outputs[head].slice(0).permute(1, 0).dup('c').toFloatMatrix();
        }
        graph.rnnClearPreviousState();
        return probabilities;
    }

    private static double largestDifference(StackedLstm ours, Network theirs, int[] events) {
        float[][][] probabilities = probabilities(theirs, events);
        LstmState state = ours.newState();
        double largest = 0;
        int[] places = places(events);
        for (int i = 0; i + 1 < events.length; i++) {
            int heard = events[i];
            int next = events[i + 1];
            Places.tell(state, places[i]);
            ours.step(state, Event.kind(heard), Event.timeBin(heard), Event.pitch(heard), Event.velocityBin(heard));
            for (int head = 0; head < Vocabulary.FIELDS; head++) {
                float[] logits = new float[Vocabulary.fieldSize(head)];
                ours.logits(state, head, Event.kind(next), Event.timeBin(next), Event.pitch(next), logits);
                largest = Math.max(largest, difference(logits, probabilities[head][i]));
            }
        }
        return largest;
    }

    /** Deeplearning4j gives probabilities: their logarithms are the logits but for a constant. */
    private static double difference(float[] logits, float[] probabilities) {
        double sum = 0;
        for (float logit : logits) {
            sum += Math.exp(logit);
        }
        double largest = 0;
        for (int i = 0; i < logits.length; i++) {
            largest = Math.max(largest, Math.abs(logits[i] - Math.log(sum) - Math.log(probabilities[i])));
        }
        return largest;
    }
}
