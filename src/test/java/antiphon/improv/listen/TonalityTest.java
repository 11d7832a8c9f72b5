package antiphon.improv.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import antiphon.model.Sampler;
import antiphon.music.Scale;
import org.junit.jupiter.api.Test;

class TonalityTest {
    private static final int[] ODE_TO_JOY = {64, 64, 65, 67, 67, 65, 64, 62, 60, 60, 62, 64, 64, 62, 62};
    private static final int[] HAENSCHEN_KLEIN = {67, 64, 64, 65, 62, 62, 60, 62, 64, 65, 67, 67, 67};

    private static final int[] C_MAJOR = {60, 62, 64, 65, 67, 69, 71};
    private static final int[] F_SHARP_MAJOR = {66, 68, 70, 71, 73, 75, 77};
    private static final int[][] TRIADS = {{0, 4, 7}, {0, 3, 7}};
    private static final int[][] SCALES = {{0, 2, 4, 5, 7, 9, 11}, {0, 2, 3, 5, 7, 8, 10}};

    private final Tonality tonality = new Tonality();

    private void hear(int[] scale, int times) {
        for (int i = 0; i < times; i++) {
            tonality.hear(scale[i * 3 % scale.length]);
        }
        tonality.update();
    }

    @Test
    void shouldPullNowhereBeforeAnythingIsHeard() {
        tonality.update();
        for (int pitch = 0; pitch < 128; pitch++) {
            assertThat(tonality.bias(pitch)).isZero();
        }
    }

    @Test
    void shouldPullTowardsTheHumansKeyButForbidNothing() {
        hear(C_MAJOR, 28);
        assertThat(tonality.bias(64)).isGreaterThan(tonality.bias(63) + 0.25f);
        assertThat(tonality.bias(63)).isGreaterThan(-4);
    }

    @Test
    void shouldFollowIntoAnotherKeyWithinTwoDozenNotes() {
        hear(C_MAJOR, 100);
        hear(F_SHARP_MAJOR, 24);
        assertThat(tonality.bias(66)).isGreaterThan(tonality.bias(60));
    }

    @Test
    void shouldPullBackIntoTheHumansRegister() {
        hear(C_MAJOR, 28);
        assertThat(tonality.bias(76)).as("a sixth above the highest").isEqualTo(tonality.bias(64));
        assertThat(tonality.bias(100)).isLessThan(tonality.bias(76) - 3);
        assertThat(tonality.bias(28)).isLessThan(tonality.bias(64) - 3);
    }

    @Test
    void shouldForget() {
        hear(C_MAJOR, 28);
        tonality.forget();
        assertThat(tonality.bias(63)).isZero();
    }

    @Test
    void shouldMoveTheFreeRangeByTheRegister() {
        tonality.setRegister(12);
        hear(C_MAJOR, 28);
        assertThat(tonality.bias(88)).as("an octave above what was free").isEqualTo(tonality.bias(76));
        assertThat(tonality.bias(52))
                .as("a sixth below the lowest, now outside")
                .isLessThan(tonality.bias(64) - 1);
    }

    @Test
    void shouldNameTheKey() {
        assertThat(tonality.key()).as("nothing was heard").isEqualTo(-1);
        for (int tonic = 0; tonic < 12; tonic++) {
            for (int minor = 0; minor < 2; minor++) {
                // The triad again and again, and the scale around it.
                for (int i = 0; i < 60; i++) {
                    tonality.hear(48 + tonic + (i % 2 == 0 ? TRIADS[minor][i / 2 % 3] : SCALES[minor][i / 2 % 7]));
                }
                assertThat(tonality.key()).isEqualTo(tonic + 12 * minor);
            }
        }
        tonality.forget();
        assertThat(tonality.key()).isEqualTo(-1);
    }

    /** Tunes that lean on the fifth of their key, which correlation with ratings takes for G. */
    @Test
    void shouldNameTheKeyOfTunesThatBeginnersPlay() {
        for (int[] tune : new int[][] {ODE_TO_JOY, HAENSCHEN_KLEIN}) {
            tonality.forget();
            for (int pitch : tune) {
                tonality.hear(pitch);
            }
            assertThat(tonality.key()).isZero();
        }
    }

    @Test
    void shouldPullToTheScaleThatIsSetWhateverIsHeard() {
        tonality.setScale(new Scale(Scale.Kind.MAJOR, 6), false, Tonality.KEY_PULL);
        tonality.update();
        assertThat(tonality.bias(66)).isGreaterThan(tonality.bias(60) + 0.3f);
        hear(C_MAJOR, 28);
        assertThat(tonality.bias(66)).isGreaterThan(tonality.bias(60));
        assertThat(tonality.bias(60)).as("not forbidden").isGreaterThan(-4);
        assertThat(tonality.key()).isEqualTo(6);
        tonality.forget();
        assertThat(tonality.bias(66)).isGreaterThan(tonality.bias(60));
        tonality.setScale(Scale.AUTO, false, Tonality.KEY_PULL);
        tonality.update();
        assertThat(tonality.bias(60)).isZero();
    }

    @Test
    void shouldPullAsStronglyAsIsSet() {
        hear(C_MAJOR, 28);
        float usual = tonality.bias(64) - tonality.bias(63);
        tonality.setScale(Scale.AUTO, false, 2 * Tonality.KEY_PULL);
        tonality.update();
        assertThat(tonality.bias(64) - tonality.bias(63)).isCloseTo(2 * usual, within(1e-4f));
        tonality.setScale(Scale.AUTO, false, 0);
        tonality.update();
        assertThat(tonality.bias(64)).isEqualTo(tonality.bias(63));
    }

    @Test
    void shouldForbidWhatLiesOutsideOfALockedScaleAndOfTheRange() {
        tonality.setScale(new Scale(Scale.Kind.MINOR, 9), true, 0);
        tonality.setRange(50, 70);
        hear(F_SHARP_MAJOR, 12);
        for (int pitch = 0; pitch < 128; pitch++) {
            boolean allowed = pitch >= 50 && pitch <= 70 && Scale.has(new Scale(Scale.Kind.MAJOR, 0).classes(), pitch);
            assertThat(tonality.bounds().allows(pitch)).isEqualTo(allowed);
            assertThat(tonality.bias(pitch) > Sampler.NEVER).isEqualTo(allowed);
        }
    }

    @Test
    void shouldLockToTheKeyThatIsHeardAndToNoneBefore() {
        tonality.setScale(Scale.AUTO, true, Tonality.KEY_PULL);
        tonality.update();
        assertThat(tonality.bounds().allows(61)).as("before anything is heard").isTrue();
        hear(C_MAJOR, 28);
        assertThat(tonality.bounds().allows(61)).isFalse();
        assertThat(tonality.bounds().allows(62)).isTrue();
        assertThat(tonality.classes()).isEqualTo(Scale.classesOf(tonality.key()));
        hear(F_SHARP_MAJOR, 60);
        assertThat(tonality.bounds().allows(61)).isTrue();
        assertThat(tonality.bounds().allows(62)).isFalse();
    }
}
