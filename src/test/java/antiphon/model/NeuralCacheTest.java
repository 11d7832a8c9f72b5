package antiphon.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import antiphon.Allocation;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class NeuralCacheTest {
    private static final int HUMAN_ON = 1;
    private static final int ANSWER_ON = 3;
    private static final int PITCHES = 128;
    private static final int[] MOTIF = {60, 63, 62, 67, 65};
    private static final StackedLstm NETWORK = new StackedLstm(RandomModel.of(16, 24, 2, 5));
    private static final CacheWeights WEIGHTS = CacheWeights.of(0.1, 1, 0.5, 0.3, 1.5, 0.3, 0.5, 0.3, 0.5, 0.3);

    private final LstmState state = NETWORK.newState();
    private final NeuralCache cache = new NeuralCache(NETWORK, WEIGHTS, 64);

    private void play(int pitch, boolean keep) {
        cache.hear(state, 25, pitch, 16, keep);
        NETWORK.step(state, keep ? HUMAN_ON : ANSWER_ON, 25, pitch, 16);
    }

    private void playMotif(int transposition, int notes, boolean keep) {
        for (int i = 0; i < notes; i++) {
            play(MOTIF[i] + transposition, keep);
        }
    }

    private float[] networkAlone() {
        float[] logits = new float[PITCHES + 1];
        NETWORK.logits(state, StackedLstm.PITCH, ANSWER_ON, 25, 0, logits);
        return logits;
    }

    private double[] pitches(boolean remembering) {
        float[] logits = networkAlone();
        if (remembering) {
            cache.ask(state);
            cache.mix(StackedLstm.PITCH, logits, PITCHES);
        }
        return probabilities(logits, PITCHES);
    }

    private static double[] probabilities(float[] logits, int size) {
        double[] probabilities = new double[size];
        double sum = 0;
        for (int i = 0; i < size; i++) {
            probabilities[i] = Math.exp(logits[i]);
            sum += probabilities[i];
        }
        for (int i = 0; i < size; i++) {
            probabilities[i] /= sum;
        }
        return probabilities;
    }

    @Test
    void shouldExpectAMotifToGoOnAsBefore() {
        playMotif(0, 5, true);
        playMotif(0, 3, false);

        assertThat(pitches(false)[67]).isLessThan(0.1);
        assertThat(pitches(true)[67]).isGreaterThan(0.5);
    }

    @Test
    void shouldExpectATransposedMotifToGoOnTransposed() {
        playMotif(0, 5, true);
        playMotif(-7, 3, false);

        assertThat(pitches(false)[60]).isLessThan(0.1);
        // The same intervals lead to 60; the pitch that came then, 67, keeps a share.
        assertThat(pitches(true)[60]).isGreaterThan(0.3);
    }

    @Test
    void shouldExpectTheRhythmAndTouchOfBefore() {
        playMotif(0, 5, true);
        playMotif(0, 2, false);
        float[] times = new float[82];
        float[] velocities = new float[33];
        NETWORK.logits(state, StackedLstm.TIME, ANSWER_ON, 0, 0, times);
        NETWORK.logits(state, StackedLstm.VELOCITY, ANSWER_ON, 25, 62, velocities);
        cache.ask(state);
        cache.mix(StackedLstm.TIME, times, 82);
        cache.mix(StackedLstm.VELOCITY, velocities, 32);

        assertThat(probabilities(times, 82)[25]).isGreaterThan(0.3);
        assertThat(probabilities(velocities, 32)[16]).isGreaterThan(0.3);
    }

    @Test
    void shouldGiveProbabilitiesThatAddUpToOne() {
        Random random = new Random(3);
        for (int note = 0; note < 300; note++) {
            float[] logits = networkAlone();
            cache.ask(state);
            cache.mix(StackedLstm.PITCH, logits, PITCHES);
            if (note > 0) {
                double sum = 0;
                for (int i = 0; i < PITCHES; i++) {
                    sum += Math.exp(logits[i]);
                }
                assertThat(sum).isEqualTo(1, within(1e-5));
            }
            play(random.nextInt(PITCHES), note % 40 < 25);
        }
        assertThat(cache.size()).isEqualTo(64);
    }

    @Test
    void shouldCountTheIntervalsInCommonAsByHandAlsoWhenTheOldestAreForgotten() {
        Random random = new Random(4);
        int[] played = new int[400];
        for (int i = 0; i < played.length; i++) {
            played[i] = 60 + random.nextInt(3);
            play(played[i], true);
            int kept = Math.min(i + 1, 64);
            for (int back = 0; back < kept - 1; back++) {
                // The entry of note i - back; the oldest one's past is forgotten with those before it.
                int entry = (i - back) % 64;
                int most = Math.min(NeuralCache.LONGEST_MATCH, kept - 1 - back);
                int common = 0;
                while (common < most
                        && i - back - common - 2 >= 0
                        && played[i - common] - played[i - common - 1]
                                == played[i - back - common - 1] - played[i - back - common - 2]) {
                    common++;
                }
                // An entry whose past is partly forgotten may know more of it than we count, never less.
                assertThat(cache.match(entry)).isGreaterThanOrEqualTo(common);
                if (most == NeuralCache.LONGEST_MATCH) {
                    assertThat(cache.match(entry)).isEqualTo(common);
                }
            }
        }
    }

    @Test
    void shouldRememberOnlyWhatIsToBeKept() {
        playMotif(0, 5, false);

        assertThat(cache.size()).isZero();
        assertThat(pitches(true)).containsExactly(pitches(false));
    }

    @Test
    void shouldForgetEverything() {
        playMotif(0, 5, true);
        cache.forget();

        assertThat(pitches(true)).containsExactly(pitches(false));
    }

    @Test
    void shouldGoBackToAMarkUnlessANoteWasKeptSince() {
        playMotif(0, 5, true);
        playMotif(0, 2, false);
        LstmState before = NETWORK.newState();
        before.copyFrom(state);
        NoteStore.Mark mark = cache.newMark();
        cache.mark(mark);
        double[] expected = pitches(true);
        for (int again = 0; again < 3; again++) {
            playMotif(5 + again, 5, false);
            state.copyFrom(before);
            assertThat(pitches(true)).as("elsewhere in the motif").isNotEqualTo(expected);
            assertThat(cache.backTo(mark)).isTrue();
            assertThat(pitches(true)).containsExactly(expected);
        }
        play(60, true);
        double[] since = pitches(true);
        assertThat(cache.backTo(mark)).isFalse();
        assertThat(pitches(true)).as("nothing done").containsExactly(since);
        cache.mark(mark);
        cache.forget();
        assertThat(cache.backTo(mark)).isFalse();
    }

    @Test
    void shouldGoBackWhenFullOnlyToAMarkThatWasMade() {
        for (int i = 0; i < 200; i++) {
            play(50 + i * 7 % 13, true);
        }
        NoteStore.Mark mark = cache.newMark();
        assertThat(cache.backTo(mark)).as("never marked").isFalse();
        cache.mark(mark);
        int[] matches = matches();
        playMotif(0, 5, false);
        assertThat(matches()).isNotEqualTo(matches);
        assertThat(cache.backTo(mark)).isTrue();
        assertThat(matches()).containsExactly(matches);
    }

    private int[] matches() {
        int[] matches = new int[cache.size()];
        Arrays.setAll(matches, cache::match);
        return matches;
    }

    @Test
    void shouldKnowThatTheHumanHasPlayedAlsoWhenItIsOff() {
        NeuralCache off = NeuralCache.of(NETWORK, true);
        NoteStore.Mark mark = off.newMark();
        off.mark(mark);
        off.hear(state, 25, 60, 16, false);
        assertThat(off.backTo(mark)).isTrue();
        off.hear(state, 25, 60, 16, true);
        assertThat(off.backTo(mark)).isFalse();
    }

    @Test
    void shouldBeOffForANetworkThatItWasNotTunedFor() {
        NeuralCache off = NeuralCache.of(NETWORK, true);
        off.hear(state, 25, 60, 16, true);
        float[] logits = networkAlone();
        off.ask(state);
        off.mix(StackedLstm.PITCH, logits, PITCHES);

        assertThat(logits).containsExactly(networkAlone());
    }

    @Test
    void shouldFindItsWeightsInTheModelFile() {
        StackedLstm tuned = new StackedLstm(withMetadata(WEIGHTS.toString()));

        assertThat(tuned.cacheWeights().orElseThrow().toString()).isEqualTo(WEIGHTS.toString());
        assertThatThrownBy(() -> new StackedLstm(withMetadata("1 2 NaN")))
                .isInstanceOf(ModelException.class)
                .hasMessage("cache is \"1 2 NaN\"; 10 numbers expected. Run: antiphon model tune");
    }

    private static ModelFile withMetadata(String cache) {
        ModelFile file = RandomModel.of(8, 8, 1, 1);
        Map<String, String> metadata = new TreeMap<>(file.metadata());
        metadata.put(CacheWeights.KEY, cache);
        return new ModelFile(file.tensors(), metadata);
    }

    @Test
    void shouldAllocateNothing() {
        float[] logits = networkAlone();
        Runnable notes = () -> {
            for (int i = 0; i < 2_000; i++) {
                cache.ask(state);
                cache.mix(StackedLstm.TIME, logits, 82);
                cache.mix(StackedLstm.PITCH, logits, PITCHES);
                cache.mix(StackedLstm.VELOCITY, logits, 32);
                play(40 + i % 31, i % 3 > 0);
            }
        };
        assertThat(Allocation.bytesOfWarmRun(notes)).isZero();
    }
}
