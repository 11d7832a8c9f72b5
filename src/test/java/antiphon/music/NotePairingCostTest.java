package antiphon.music;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.Allocation;
import antiphon.music.NotePairing.Overlap;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What pairing costs: no file may make it slow, and live it allocates nothing. */
class NotePairingCostTest {
    private static final int PEDAL = Message.SUSTAIN_PEDAL;
    private static final int ON = Message.noteOn(0, 60, 80);
    private static final int OFF = Message.noteOff(0, 60);

    /** Ten thousand million steps and more, if each message looked at all that sounds. */
    @ParameterizedTest
    @EnumSource
    void shouldTakeAFewStepsForEachMessageWhateverSounds(Overlap overlap) {
        int[] counts = new int[1];
        NotePairing.Ear ear = (lane, channel, pitch, velocity, onsetNanos, nanos) -> counts[0]++;
        NotePairing pairing = new NotePairing(overlap, 1);
        int count = 100_000;
        for (int i = 0; i < count; i++) {
            pairing.accept(i, 0, ON, i, ear);
        }
        for (int i = 0; i < count; i++) {
            pairing.accept(-1, 0, Message.control(0, PEDAL, i % 2 == 0 ? 127 : 0), count, ear);
            pairing.accept(-1, 0, Message.control(0, Message.RESET_CONTROLLERS, 0), count, ear);
            pairing.accept(-1, 0, OFF, count, ear);
            pairing.accept(count, 0, ON, count, ear);
            pairing.accept(count, 0, OFF, count, ear);
            pairing.endLane(count, count, ear);
        }
        assertThat(counts[0]).isEqualTo(count);
        assertThat(pairing.sounding()).isEqualTo(count);
        pairing.accept(-1, 0, Message.control(0, PEDAL, 127), count, ear);
        for (int i = 0; i < count; i++) {
            pairing.endLane(i, count, ear);
            pairing.accept(-1, 0, Message.control(0, Message.ALL_NOTES_OFF, 0), count, ear);
            pairing.accept(i, 1, Message.control(0, PEDAL, 0), count, ear);
        }
        assertThat(pairing.sounding()).isEqualTo(count);
        for (int i = 0; i < count; i++) {
            pairing.accept(i, 0, ON, count, ear);
            pairing.accept(i, 0, OFF, count, ear);
        }
        assertThat(counts[0]).isEqualTo(2 * count);
        for (int i = 0; i < count; i++) {
            pairing.accept(-1, 0, Message.control(0, PEDAL, 0), count, ear);
        }
        assertThat(counts[0]).isEqualTo(3 * count);
        assertThat(pairing.sounding()).isZero();
    }

    @Test
    void shouldTakeAFewStepsForEachMessageHoweverManyNotesAKeyHolds() {
        int[] counts = new int[1];
        NotePairing.Ear ear = (lane, channel, pitch, velocity, onsetNanos, nanos) -> counts[0]++;
        NotePairing pairing = new NotePairing(Overlap.QUEUE, 1);
        int count = 200_000;
        for (int i = 0; i < count; i++) {
            pairing.accept(0, 0, ON, i, ear);
        }
        pairing.accept(0, 0, Message.control(0, PEDAL, 127), count, ear);
        for (int i = 0; i < count; i++) {
            pairing.accept(0, 0, OFF, count, ear);
        }
        assertThat(counts[0]).isZero();
        pairing.accept(0, 0, ON, count, ear);
        assertThat(counts[0]).isEqualTo(count);
        assertThat(pairing.sounding()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void shouldAllocateNothingWhileNoMoreSoundThanItWasMadeFor(Overlap overlap) {
        int most = 300;
        SplittableRandom random = new SplittableRandom(5);
        int[] messages = new int[10_000];
        Arrays.setAll(messages, i -> anyMessage(random));
        NotePairing pairing = new NotePairing(overlap, most);
        long[] sum = new long[1];
        NotePairing.Ear ear = (lane, channel, pitch, velocity, onsetNanos, nanos) -> sum[0] += nanos - onsetNanos;
        assertThat(Allocation.bytesOfWarmRun(() -> {
                    for (int i = 0; i < messages.length; i++) {
                        pairing.accept(i & 15, i & 15, messages[i], i, ear);
                        if (pairing.sounding() == most) {
                            pairing.lose(i & 15, i & 15, i, ear);
                            pairing.endLane(i + 1 & 15, i, ear);
                        }
                        if (pairing.sounding() == most) {
                            pairing.finish(i, ear);
                        }
                    }
                }))
                .isZero();
        assertThat(sum[0]).isPositive();
    }

    private static int anyMessage(SplittableRandom random) {
        int channel = random.nextInt(16);
        int pitch = random.nextInt(128);
        return switch (random.nextInt(20)) {
            case 0 -> Message.control(channel, PEDAL, random.nextInt(128));
            case 1 -> Message.control(channel, 120 + random.nextInt(8), 0);
            case 2, 3, 4, 5, 6, 7, 8 -> Message.noteOff(channel, pitch);
            default -> Message.noteOn(channel, pitch, random.nextInt(128));
        };
    }
}
