package antiphon.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import antiphon.corpus.Corpus;
import antiphon.corpus.Division;
import antiphon.corpus.Piece;
import antiphon.corpus.Split;
import antiphon.corpus.TestPieces;
import antiphon.model.CacheWeights;
import antiphon.model.CriticWeights;
import antiphon.model.ModelFile;
import antiphon.model.StackedLstm;
import antiphon.model.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FineTuningTest {
    private static final NetworkShape SHAPE = new NetworkShape(8, 16, 1);

    /** Five pieces, fewer than the split can divide. */
    private static final Corpus PLAYER = new Corpus(pieces(100, 5), "a player's");

    private static final String CRITIC = "0 2 -1 2 0 0 0 0 0 -1 -1 0 0 0 1 0 0 0 4 -1";
    private static final String MEMORY = "0.2 1 -1 0.3 -1.5 0.3 -1 0.3 -1 0.3";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path shared;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @BeforeAll
    static void trainWhatIsAdapted() {
        TrainOptions options = TrainOptions.defaults(base())
                .withShape(SHAPE)
                .withBatch(16, 16)
                .withEpochs(4)
                .withLearningRate(0.03);
        new Trainer(options, TestPieces.corpus(24, 48), TrainListener.NONE, System::nanoTime).run();
        ModelFile trained = ModelFile.read(base());
        Map<String, String> metadata = new TreeMap<>(trained.metadata());
        metadata.put(CacheWeights.KEY, MEMORY);
        metadata.put(CriticWeights.KEY, CRITIC);
        new ModelFile(trained.tensors(), metadata).write(base());
    }

    @Test
    void shouldForetellThePlayerBetterThanTheModelItBeganWith() {
        TuneScore score = tune(options().withLearningRate(0.01));

        assertThat(score.helped()).isTrue();
        assertThat(score.after().bitsPerNote()).isLessThan(score.before().bitsPerNote());
        List<Piece> heldOut = Division.ofFew(PLAYER.pieces()).test();
        assertThat(score.pieces()).isEqualTo(heldOut.stream().map(Piece::name).toList());
        assertThat(bitsPerNote(base(), heldOut)).isEqualTo(score.before().bitsPerNote());
        assertThat(bitsPerNote(output(), heldOut)).isEqualTo(score.after().bitsPerNote());
        assertThat(ModelFile.read(output()).metadata())
                .containsEntry("from", base().toString())
                .containsEntry("from_corpus", "made up")
                .containsEntry(CacheWeights.KEY, MEMORY)
                .containsEntry(CriticWeights.KEY, CRITIC)
                .containsEntry("hidden", "16");
    }

    @Test
    void shouldWriteWhatItBeganWithWhenNothingWasGained() {
        TuneScore score = tune(options().withLearningRate(1).withEpochs(1));

        assertThat(score.helped()).isFalse();
        assertThat(score.after().bitsPerNote())
                .isGreaterThanOrEqualTo(score.before().bitsPerNote());
        assertThat(values(output())).isEqualTo(values(base()));
    }

    @Test
    void shouldEndWhenItHasBecomeNoBetterForSomePasses() {
        List<EpochScore> epochs = new Trainer(
                        options().withLearningRate(1).withEpochs(30), PLAYER, TrainListener.NONE, System::nanoTime)
                .run();

        assertThat(epochs).hasSizeLessThan(30);
        assertThat(epochs.subList(epochs.size() - 3, epochs.size())).noneMatch(EpochScore::best);
    }

    @Test
    void shouldGoOnAfterACrashAsIfNothingHadHappened() {
        TrainOptions options = resumable(output());
        TuneScore whole = tune(options);
        ModelFile expected = ModelFile.read(output());
        TrainOptions crashing = resumable(folder.resolve("crashed.safetensors"));

        assertThatThrownBy(() -> tune(crashing, 7)).hasMessage("power");
        TuneScore resumed = tune(crashing.withResume(true), Long.MAX_VALUE);

        assertThat(resumed.before()).isEqualTo(whole.before());
        assertThat(resumed.after().bitsPerNote()).isCloseTo(whole.after().bitsPerNote(), within(1e-6));
        assertThat(ModelFile.read(crashing.output()).metadata().get("valid_bits_per_note"))
                .isEqualTo(expected.metadata().get("valid_bits_per_note"));
    }

    @Test
    void shouldRefuseAModelThatDoesNotFit() {
        assertThatThrownBy(() -> tune(options().withShape(new NetworkShape(8, 32, 1))))
                .isInstanceOf(TrainException.class)
                .hasMessage(base() + ": 1 x 16, embedding 8; 1 x 32, embedding 8 asked for; they must be equal."
                        + " Leave out --hidden, --layers and --embedding.");
        assertThatThrownBy(() -> TrainOptions.fineTuning(base(), base()))
                .isInstanceOf(TrainException.class)
                .hasMessageContaining("is what -o would write");
        ModelFile model = ModelFile.read(base());
        Map<String, String> metadata = new TreeMap<>(model.metadata());
        metadata.put("vocabulary", "kind2");
        Path other = folder.resolve("other.safetensors");
        new ModelFile(model.tensors(), metadata).write(other);
        assertThatThrownBy(() -> tune(TrainOptions.fineTuning(output(), other)))
                .isInstanceOf(TrainException.class)
                .hasMessageStartingWith(other + ": vocabulary kind2; this build has ");
    }

    @Test
    void shouldRefuseToResumeFromAnotherModel() {
        tune(options().withEpochs(1));

        assertThatThrownBy(() -> new Trainer(
                        TrainOptions.defaults(output())
                                .withShape(SHAPE)
                                .withBatch(4, 16)
                                .withResume(true),
                        PLAYER,
                        TrainListener.NONE,
                        System::nanoTime))
                .isInstanceOf(TrainException.class)
                .hasMessageContaining("from " + base()
                        + " in the checkpoint, none asked for; they must be equal. Resume with --from " + base());
    }

    private TrainOptions options() {
        return options(output());
    }

    private static TrainOptions options(Path output) {
        return TrainOptions.fineTuning(output, base()).withBatch(4, 16).withEpochs(4);
    }

    private static TrainOptions resumable(Path output) {
        return options(output).withLearningRate(0.01).withAverage(0.5).withCheckpointMinutes(0);
    }

    private Path output() {
        return folder.resolve("mine.safetensors");
    }

    private static Path base() {
        return shared.resolve("base.safetensors");
    }

    private static TuneScore tune(TrainOptions options) {
        return tune(options, Long.MAX_VALUE);
    }

    private static TuneScore tune(TrainOptions options, long crashAfter) {
        List<TuneScore> scores = new ArrayList<>();
        TrainListener listener = new TrainListener() {
            @Override
            public void progress(TrainProgress progress) {
                if (progress.step() == crashAfter) {
                    throw new IllegalStateException("power");
                }
            }

            @Override
            public void tuned(TuneScore score) {
                scores.add(score);
            }
        };
        new Trainer(options, PLAYER, listener, System::nanoTime).run();
        return scores.getFirst();
    }

    /** Pieces that the split would all learn from. */
    private static List<Piece> pieces(int first, int count) {
        List<Piece> pieces = new ArrayList<>();
        for (int seed = first; pieces.size() < count; seed++) {
            Piece piece = new Piece("mine-" + seed, TestPieces.repetitive(seed, 64));
            if (Split.of(piece) == Split.TRAIN) {
                pieces.add(piece);
            }
        }
        return pieces;
    }

    private static double bitsPerNote(Path model, List<Piece> pieces) {
        return Evaluation.of(new StackedLstm(ModelFile.read(model)), pieces).bitsPerNote();
    }

    private static Map<String, List<Float>> values(Path model) {
        return ModelFile.read(model).tensors().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> floats(entry.getValue())));
    }

    private static List<Float> floats(Tensor tensor) {
        List<Float> floats = new ArrayList<>();
        for (float value : tensor.values()) {
            floats.add(value);
        }
        return floats;
    }
}
