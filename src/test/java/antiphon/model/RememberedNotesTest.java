package antiphon.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antiphon.Allocation;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

/** What a memory remembers, written down and taken up by another. */
class RememberedNotesTest {
    private static final String NAME = "0123456789abcdef".repeat(4);
    private static final StackedLstm NETWORK = new StackedLstm(RandomModel.of(16, 24, 2, 5));
    private static final CacheWeights WEIGHTS = CacheWeights.of(0.1, 1, 0.5, 0.3, 1.5, 0.3, 0.5, 0.3, 0.5, 0.3);
    private static final int CAPACITY = 32;

    private static NeuralCache cache() {
        return new NeuralCache(NETWORK, WEIGHTS, CAPACITY);
    }

    private static void play(NeuralCache cache, LstmState state, long seed, int notes) {
        Random random = new Random(seed);
        for (int i = 0; i < notes; i++) {
            boolean human = random.nextInt(4) > 0;
            int pitch = 60 + random.nextInt(8);
            cache.hear(state, 25, pitch, 16, human);
            NETWORK.step(state, human ? 1 : 3, 25, pitch, 16);
        }
    }

    /** What it says of the next note's pitch. */
    private static float[] said(NeuralCache cache, LstmState state) {
        float[] logits = new float[129];
        NETWORK.logits(state, StackedLstm.PITCH, 3, 25, 0, logits);
        cache.ask(state);
        cache.mix(StackedLstm.PITCH, logits, 128);
        return logits;
    }

    @Property(tries = 100)
    void shouldBeTheSameAfterItWasWrittenAndRead(@ForAll long seed, @ForAll @IntRange(max = 80) int notes) {
        NeuralCache taught = cache();
        play(taught, NETWORK.newState(), seed, notes);
        byte[] bytes = taught.remembered(NAME).bytes();
        RememberedNotes read = RememberedNotes.parse(bytes);
        assertThat(read.bytes()).isEqualTo(bytes);
        assertThat(read.network()).isEqualTo(NAME);
        assertThat(read.size()).isEqualTo(taught.size());
        NeuralCache begun = cache();
        assertThat(begun.keep(read)).isTrue();
        begun.begin();
        assertThat(begun.remembered(NAME).bytes()).isEqualTo(bytes);
        // It goes on like any other.
        LstmState state = NETWORK.newState();
        play(begun, state, seed + 1, 20);
        NeuralCache again = cache();
        again.keep(RememberedNotes.parse(bytes));
        again.begin();
        LstmState stateAgain = NETWORK.newState();
        play(again, stateAgain, seed + 1, 20);
        assertThat(said(begun, state)).isEqualTo(said(again, stateAgain));
    }

    /** A motif of the session before is expected to go on as it did then, in another key too. */
    @Example
    void shouldRecogniseAMotifOfTheSessionBefore() {
        int[] motif = {60, 63, 62, 67, 65};
        NeuralCache before = cache();
        LstmState state = NETWORK.newState();
        for (int pitch : motif) {
            before.hear(state, 25, pitch, 16, true);
            NETWORK.step(state, 1, 25, pitch, 16);
        }
        NeuralCache cache = cache();
        cache.keep(before.remembered(NAME));
        LstmState now = NETWORK.newState();
        float[] without = afterThree(cache, now, motif);
        cache.begin();
        now.reset();
        float[] with = afterThree(cache, now, motif);
        assertThat(share(with)).isGreaterThan(share(without) + 0.2);
    }

    private static float[] afterThree(NeuralCache cache, LstmState state, int[] motif) {
        for (int i = 0; i < 3; i++) {
            cache.hear(state, 25, motif[i] - 2, 16, false);
            NETWORK.step(state, 3, 25, motif[i] - 2, 16);
        }
        return said(cache, state);
    }

    private static double share(float[] logits) {
        double sum = 0;
        for (int i = 0; i < 128; i++) {
            sum += Math.exp(logits[i]);
        }
        return Math.exp(logits[65]) / sum;
    }

    @Example
    void shouldForgetWhatItKeepsOnlyWhereItIsTold() {
        NeuralCache cache = cache();
        play(cache, NETWORK.newState(), 1, 20);
        RememberedNotes notes = cache.remembered(NAME);
        cache.keep(notes);
        cache.forget();
        assertThat(cache.size()).isZero();
        cache.begin();
        assertThat(cache.size()).isEqualTo(notes.size());
        assertThat(cache.kept()).isSameAs(notes);
        cache.keep(null);
        cache.begin();
        assertThat(cache.size()).isZero();
    }

    @Example
    void shouldBeRefusedByAMemoryThatCannotHoldIt() {
        NeuralCache cache = cache();
        play(cache, NETWORK.newState(), 1, 60);
        RememberedNotes notes = cache.remembered(NAME);
        assertThat(new NeuralCache(NETWORK, WEIGHTS, notes.size() - 1).keep(notes))
                .isFalse();
        StackedLstm other = new StackedLstm(RandomModel.of(16, 20, 2, 5));
        NeuralCache narrower = new NeuralCache(other, WEIGHTS, CAPACITY);
        assertThat(narrower.keep(notes)).isFalse();
        assertThat(narrower.kept()).isNull();
        assertThat(cache.isOf(NETWORK)).isTrue();
        assertThat(cache.isOf(other)).isFalse();
    }

    @Example
    void shouldFollowWhatWasKeptBefore() {
        NeuralCache first = cache();
        play(first, NETWORK.newState(), 1, 10);
        NeuralCache second = cache();
        play(second, NETWORK.newState(), 2, 10);
        RememberedNotes earlier = first.remembered(NAME);
        RememberedNotes later = second.remembered(NAME);
        RememberedNotes both = later.after(earlier);
        assertThat(both.size()).isEqualTo(earlier.size() + later.size());
        assertThat(RememberedNotes.parse(both.bytes()).bytes()).isEqualTo(both.bytes());
        assertThat(later.after(null)).isSameAs(later);
        assertThat(later.after(first.remembered("f".repeat(64)))).isSameAs(later);
        RememberedNotes full = both;
        for (int i = 0; i < 200; i++) {
            full = both.after(full);
        }
        assertThat(full.size()).isEqualTo(NeuralCache.CAPACITY);
        assertThat(RememberedNotes.parse(full.bytes()).size()).isEqualTo(NeuralCache.CAPACITY);
    }

    /** Whatever is changed or missing: an exception of ours, no other. */
    @Property(tries = 300)
    void shouldNoticeDamage(@ForAll long seed) {
        NeuralCache taught = cache();
        play(taught, NETWORK.newState(), seed, 12);
        byte[] bytes = taught.remembered(NAME).bytes();
        Random random = new Random(seed);
        byte[] damaged = random.nextBoolean() ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes.clone();
        if (damaged.length == bytes.length) {
            damaged[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        assertThatThrownBy(() -> RememberedNotes.parse(damaged)).isInstanceOf(ModelException.class);
    }

    @Example
    void shouldAllocateNothingWhenItIsTakenUp() {
        NeuralCache cache = cache();
        play(cache, NETWORK.newState(), 1, 60);
        @Nullable RememberedNotes notes = cache.remembered(NAME);
        cache.keep(notes);
        assertThat(Allocation.bytesOfWarmRun(() -> {
                    for (int i = 0; i < 2_000; i++) {
                        cache.begin();
                    }
                }))
                .isZero();
    }
}
