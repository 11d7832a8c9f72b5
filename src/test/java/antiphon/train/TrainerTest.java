package antiphon.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import antiphon.corpus.Corpus;
import antiphon.corpus.Split;
import antiphon.corpus.TestPieces;
import antiphon.model.ModelFile;
import antiphon.model.StackedLstm;
import antiphon.music.Vocabulary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerTest {
    private static final NetworkShape SMALL = new NetworkShape(8, 16, 1);
    private static final Corpus CORPUS = TestPieces.corpus(24, 48);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void shouldLearnWhatRepeatsAndWriteModelAndCurve() throws IOException {
        TrainOptions options = small().withEpochs(15).withLearningRate(0.03);
        List<TrainProgress> progress = new ArrayList<>();

        List<EpochScore> epochs = new Trainer(options, CORPUS, recordingTo(progress), System::nanoTime).run();

        assertThat(epochs).hasSize(15);
        assertThat(epochs.getLast().trainBitsPerNote())
                .isLessThan(0.5 * epochs.getFirst().trainBitsPerNote());
        assertThat(epochs.getLast().validBitsPerNote())
                .isLessThan(0.5 * epochs.getFirst().validBitsPerNote());
        assertThat(progress.getLast().share()).isEqualTo(1);
        assertThat(progress.getLast().secondsLeft()).isEqualTo(0);
        double best =
                epochs.stream().mapToDouble(EpochScore::validBitsPerNote).min().orElseThrow();
        ModelFile model = ModelFile.read(options.output());
        double written = Evaluation.of(new StackedLstm(model), Split.VALID.select(CORPUS.pieces()))
                .bitsPerNote();
        assertThat(written).isCloseTo(best, within(1e-6));
        assertThat(model.metadata())
                .containsEntry("format", "1")
                .containsEntry("vocabulary", Vocabulary.NAME)
                .containsEntry("hidden", "16")
                .containsEntry("layers", "1")
                .containsEntry("embedding", "8")
                .containsEntry("corpus", "made up");
        assertThat(ImageIO.read(options.learningCurve().toFile()).getWidth()).isGreaterThan(400);
    }

    @Test
    void shouldGoOnAfterACrashAsIfNothingHadHappened() {
        Map<Long, Double> whole = losses(small(folder.resolve("whole.safetensors")), Long.MAX_VALUE);
        TrainOptions options = small(folder.resolve("crashed.safetensors"));

        Map<Long, Double> crashed = losses(options, 9);
        Map<Long, Double> resumed = losses(options.withResume(true), Long.MAX_VALUE);

        assertThat(crashed).hasSize(9);
        assertThat(resumed.keySet().iterator().next()).isGreaterThan(1).isLessThanOrEqualTo(9);
        assertThat(crashed.size() + resumed.size()).isGreaterThanOrEqualTo(whole.size());
        resumed.forEach(
                (step, loss) -> assertThat(loss).as("loss at step %d", step).isCloseTo(whole.get(step), within(1e-6)));
        assertThat(ModelFile.read(folder.resolve("crashed.safetensors")).metadata())
                .containsEntry(
                        "events_seen",
                        ModelFile.read(folder.resolve("whole.safetensors"))
                                .metadata()
                                .get("events_seen"));
    }

    @Test
    void shouldResumeWhereNothingIsHeldOut() {
        Corpus corpus = new Corpus(Split.TRAIN.select(CORPUS.pieces()), "nothing held out");
        new Trainer(small().withEpochs(1), corpus, TrainListener.NONE, System::nanoTime).run();

        List<EpochScore> epochs =
                new Trainer(small().withEpochs(2).withResume(true), corpus, TrainListener.NONE, System::nanoTime).run();

        assertThat(epochs).hasSize(2);
        assertThat(epochs.getFirst().validBitsPerNote()).isNaN();
    }

    @Test
    void shouldEndWhenItsMinutesAreOver() {
        long[] nanos = {0};
        // Each look at the clock takes ten seconds.
        LongSupplier clock = () -> nanos[0] += 10_000_000_000L;
        TrainOptions options = small().withEpochs(1_000).withMinutes(2);
        List<TrainProgress> progress = new ArrayList<>();

        new Trainer(options, CORPUS, recordingTo(progress), clock).run();

        assertThat(progress).hasSizeBetween(8, 13);
        assertThat(options.output()).exists();
    }

    @Test
    void shouldRefuseToResumeAnotherTraining() {
        losses(small(), Long.MAX_VALUE);

        assertThatThrownBy(() -> losses(small().withResume(true).withShape(new NetworkShape(8, 32, 1)), 1))
                .isInstanceOf(TrainException.class)
                .hasMessage(small().checkpoint() + ": hidden 16 in the checkpoint, 32 asked for; they must be equal."
                        + " Resume with --hidden 16, or leave out --resume.");
    }

    @Test
    void shouldRefuseACheckpointWhoseNumbersAreNone() {
        losses(small(), Long.MAX_VALUE);
        ModelFile sound = ModelFile.read(small().checkpoint());
        for (String name : List.of("step", "trained_seconds", "epoch_bits", "epoch_notes", "start_bits")) {
            for (String value : List.of("three", "NaN", "-1", "1e300x", "")) {
                Map<String, String> metadata = new TreeMap<>(sound.metadata());
                metadata.put(name, value);
                new ModelFile(sound.tensors(), metadata).write(small().checkpoint());
                assertThatThrownBy(() -> losses(small().withResume(true), 1))
                        .isInstanceOf(TrainException.class)
                        .hasMessageStartingWith(
                                small().checkpoint() + ": " + name + " = " + value + "; a number from 0")
                        .hasMessageNotContaining("\n");
            }
        }
    }

    @Test
    void shouldStopWithACheckpointWhenToldTo() {
        TrainOptions options = small().withEpochs(1_000).withCheckpointMinutes(1_000);
        Trainer[] trainer = new Trainer[1];
        List<TrainProgress> progress = new ArrayList<>();
        trainer[0] = new Trainer(
                options,
                CORPUS,
                new TrainListener() {
                    @Override
                    public void progress(TrainProgress now) {
                        progress.add(now);
                        if (now.step() == 3) {
                            trainer[0].stopSoon();
                        }
                    }
                },
                System::nanoTime);
        trainer[0].run();

        assertThat(progress).hasSize(3);
        assertThat(ModelFile.read(options.checkpoint()).metadata()).containsEntry("step", "3");
    }

    @Test
    void shouldSayThatThereIsNothingToResume() {
        assertThatThrownBy(() -> losses(small().withResume(true), 1))
                .isInstanceOf(TrainException.class)
                .hasMessageContaining("no checkpoint to resume from");
    }

    @Test
    void shouldRefuseAnOutputThatCannotBeWritten() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> losses(small(file.resolve("model.safetensors")), 1))
                .isInstanceOf(TrainException.class)
                .hasMessageContaining("cannot be written")
                .hasMessageNotContaining("\n");
        assertThatThrownBy(() -> losses(small(folder), 1))
                .isInstanceOf(TrainException.class)
                .hasMessage(folder + ": a folder; a file needed. Give -o a file name.");
    }

    @Test
    void shouldNameTheOptionThatIsOutOfRange() {
        assertThatThrownBy(() -> small().withEpochs(0))
                .isInstanceOf(TrainException.class)
                .hasMessage("--epochs: found 0; allowed: 1 to 1000000.");
        assertThatThrownBy(() -> small().withDropout(1.5)).hasMessage("--dropout: found 1.5; allowed: 0 to 0.9.");
    }

    private TrainOptions small() {
        return small(folder.resolve("model.safetensors"));
    }

    private static TrainOptions small(Path output) {
        return TrainOptions.defaults(output)
                .withShape(SMALL)
                .withBatch(16, 16)
                .withEpochs(2)
                .withCheckpointMinutes(5e-3);
    }

    /** Trains on a clock that moves 100 ms a look, and crashes after some steps; the loss of each step. */
    private static Map<Long, Double> losses(TrainOptions options, long crashAfter) {
        Map<Long, Double> losses = new TreeMap<>();
        TrainListener listener = new TrainListener() {
            @Override
            public void progress(TrainProgress progress) {
                losses.put(progress.step(), progress.lossNats());
                if (progress.step() == crashAfter) {
                    throw new Crash();
                }
            }
        };
        long[] nanos = {0};
        try {
            new Trainer(options, CORPUS, listener, () -> nanos[0] += 100_000_000L).run();
        } catch (Crash expected) {
            assertThat(losses).containsKey(crashAfter);
        }
        return losses;
    }

    private static TrainListener recordingTo(List<TrainProgress> progress) {
        return new TrainListener() {
            @Override
            public void progress(TrainProgress now) {
                progress.add(now);
            }
        };
    }

    /** The power fails. */
    private static final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
