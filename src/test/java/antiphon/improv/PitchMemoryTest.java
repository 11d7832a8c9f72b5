package antiphon.improv;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PitchMemoryTest {
    private static final int[] C_MAJOR = {60, 62, 64, 65, 67, 69, 71};
    private static final int[] F_SHARP_MAJOR = {66, 68, 70, 71, 73, 75, 77};

    private final PitchMemory memory = new PitchMemory();

    private void hear(int[] scale, int times) {
        for (int i = 0; i < times; i++) {
            memory.hear(scale[i * 3 % scale.length]);
        }
        memory.update();
    }

    @Test
    void shouldPullNowhereBeforeAnythingIsHeard() {
        memory.update();
        for (int pitch = 0; pitch < 128; pitch++) {
            assertThat(memory.bias(pitch)).isZero();
        }
    }

    @Test
    void shouldPullTowardsThePlayersKeyButForbidNothing() {
        hear(C_MAJOR, 28);
        assertThat(memory.bias(64)).isGreaterThan(memory.bias(63) + 0.5f);
        assertThat(memory.bias(63)).isGreaterThan(-4);
    }

    @Test
    void shouldFollowIntoAnotherKeyWithinTwoDozenNotes() {
        hear(C_MAJOR, 100);
        hear(F_SHARP_MAJOR, 24);
        assertThat(memory.bias(66)).isGreaterThan(memory.bias(60));
    }

    @Test
    void shouldPullBackIntoThePlayersRegister() {
        hear(C_MAJOR, 28);
        assertThat(memory.bias(76)).as("a sixth above the highest").isEqualTo(memory.bias(64));
        assertThat(memory.bias(100)).isLessThan(memory.bias(76) - 3);
        assertThat(memory.bias(28)).isLessThan(memory.bias(64) - 3);
    }

    @Test
    void shouldForget() {
        hear(C_MAJOR, 28);
        memory.forget();
        assertThat(memory.bias(63)).isZero();
    }
}
