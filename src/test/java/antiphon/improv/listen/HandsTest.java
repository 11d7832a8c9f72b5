package antiphon.improv.listen;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.Allocation;
import antiphon.music.Message;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class HandsTest {
    private static final int PEDAL = Message.SUSTAIN_PEDAL;

    /** Hands, and what was heard of them. */
    private static final class Heard implements Hands.Ear {
        final Hands hands = new Hands();
        private final List<String> said = new ArrayList<>();
        private long nanos;

        Heard hear(int input, int... messages) {
            for (int message : messages) {
                hands.follow(input, message, ++nanos, this);
            }
            return this;
        }

        Heard lose(int input) {
            hands.lose(input, ++nanos, this);
            return this;
        }

        @Override
        public void began(int pitch, int velocity, long nanos) {
            assertThat(nanos).isEqualTo(this.nanos);
            assertThat(hands.isHeld(pitch)).isTrue();
            assertThat(hands.isSounding(pitch)).isTrue();
            said.add("on " + pitch + " " + velocity);
        }

        @Override
        public void ended(int pitch, long nanos) {
            assertThat(nanos).isEqualTo(this.nanos);
            said.add("off " + pitch);
        }

        @Override
        public void lifted(long nanos) {
            assertThat(nanos).isEqualTo(this.nanos);
            said.add("up");
        }

        /** What was said since the last call. */
        List<String> said() {
            List<String> last = List.copyOf(said);
            said.clear();
            return last;
        }
    }

    private static int on(int channel, int pitch) {
        return Message.noteOn(channel, pitch, 80);
    }

    @Test
    void shouldSoundAPitchOnceHoweverManyKeysHoldIt() {
        Heard heard = new Heard().hear(0, on(0, 60)).hear(1, on(0, 60)).hear(0, on(1, 60));
        assertThat(heard.said()).containsExactly("on 60 80", "off 60", "on 60 80", "off 60", "on 60 80");
        assertThat(heard.hands.heldKeys()).isEqualTo(1);
        assertThat(heard.hear(0, on(0, 60)).said())
                .as("struck again by one of them")
                .containsExactly("off 60", "on 60 80");
        heard.hear(0, Message.noteOff(0, 60), Message.noteOff(1, 60));
        assertThat(heard.said()).containsExactly("up", "up");
        assertThat(heard.hands.isHeld(60)).isTrue();
        assertThat(heard.hear(1, Message.noteOff(0, 60)).said()).containsExactly("up", "off 60");
        assertThat(heard.hands.heldKeys()).isZero();
        assertThat(heard.hands.isSounding(60)).isFalse();
    }

    @Test
    void shouldSoundUntilNoPedalHoldsThePitchWhateverKeyStruckItLast() {
        Heard heard = new Heard().hear(0, Message.control(0, PEDAL, 127), on(0, 60), Message.noteOff(0, 60));
        assertThat(heard.said()).containsExactly("on 60 80", "up");
        assertThat(heard.hands.isHeld(60)).isFalse();
        assertThat(heard.hands.isSounding(60)).isTrue();
        assertThat(heard.hear(0, on(1, 60), Message.noteOff(1, 60)).said())
                .as("one pitch, which the first channel's pedal still holds")
                .containsExactly("off 60", "on 60 80", "up");
        assertThat(heard.hear(0, Message.control(1, PEDAL, 0)).said()).isEmpty();
        assertThat(heard.hear(1, Message.control(0, PEDAL, 0)).said()).isEmpty();
        assertThat(heard.hear(0, Message.control(0, PEDAL, 0)).said()).containsExactly("off 60");
    }

    @Test
    void shouldObeyEveryChannelModeMessage() {
        for (int controller = Message.ALL_NOTES_OFF; controller <= Message.POLY_ON; controller++) {
            Heard heard = new Heard().hear(0, on(0, 62), on(0, 60), on(1, 64));
            heard.said();
            assertThat(heard.hear(0, Message.control(0, controller, 0)).said())
                    .containsExactly("up", "off 60", "up", "off 62");
        }
    }

    @Test
    void shouldLeaveThePedalWhereItIsWhenAllSoundIsOff() {
        Heard heard = new Heard().hear(0, Message.control(0, PEDAL, 127), on(0, 60));
        heard.said();
        assertThat(heard.hear(0, Message.control(0, Message.ALL_SOUND_OFF, 0)).said())
                .containsExactly("up", "off 60");
        assertThat(heard.hear(0, on(0, 62), Message.noteOff(0, 62)).said()).containsExactly("on 62 80", "up");
        assertThat(heard.hear(0, Message.control(0, PEDAL, 0)).said()).containsExactly("off 62");
    }

    @Test
    void shouldEndTheNotesOfALostInputAlone() {
        Heard heard = new Heard()
                .hear(0, on(3, 64), on(0, 60), on(0, 62), Message.control(9, PEDAL, 127), on(9, 61))
                .hear(0, Message.noteOff(9, 61))
                .hear(15, on(0, 62), on(15, 67));
        heard.said();
        assertThat(heard.lose(0).said())
                .as("another keyboard still holds 62")
                .containsExactly("up", "off 60", "off 61", "up", "up", "off 64");
        assertThat(heard.hands.heldKeys()).isEqualTo(2);
        assertThat(heard.lose(0).said()).isEmpty();
        assertThat(heard.lose(15).said()).containsExactly("up", "off 62", "up", "off 67");
        assertThat(heard.hands.heldKeys()).isZero();
    }

    @Property(tries = 300)
    void shouldTellTheBeginningAndTheEndOfEachPitchInTurn(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        boolean[] sounding = new boolean[Message.PITCHES];
        Hands hands = new Hands();
        Hands.Ear ear = new Hands.Ear() {
            @Override
            public void began(int pitch, int velocity, long nanos) {
                assertThat(sounding[pitch]).isFalse();
                sounding[pitch] = true;
            }

            @Override
            public void ended(int pitch, long nanos) {
                assertThat(sounding[pitch]).isTrue();
                sounding[pitch] = false;
            }

            @Override
            public void lifted(long nanos) {}
        };
        for (int i = 0; i < 300; i++) {
            if (random.nextInt(50) == 0) {
                hands.lose(random.nextInt(16), i, ear);
            } else {
                hands.follow(random.nextInt(16), anyMessage(random, 4), i, ear);
            }
            assertSound(hands, sounding);
        }
        for (int input = 0; input < 16; input++) {
            hands.lose(input, 300, ear);
        }
        assertThat(sounding).containsOnly(false);
        assertThat(hands.heldKeys()).isZero();
    }

    /** By the definition: some key whose distance is an octave's multiple and one semitone up or down. */
    private static boolean anySemitoneFrom(int pitch, IntPredicate isDown) {
        for (int other = 0; other < Message.PITCHES; other++) {
            int distance = Math.floorMod(other - pitch, 12);
            if ((distance == 1 || distance == 11) && isDown.test(other)) {
                return true;
            }
        }
        return false;
    }

    private static void assertSound(Hands hands, boolean[] sounding) {
        int held = 0;
        for (int pitch = 0; pitch < Message.PITCHES; pitch++) {
            // Some millions of times: assertThat would take most of a minute.
            boolean right = hands.isSounding(pitch) == sounding[pitch]
                    && (hands.isSounding(pitch) || !hands.isHeld(pitch))
                    && hands.isSemitoneFromSounding(pitch) == anySemitoneFrom(pitch, hands::isSounding)
                    && hands.isSemitoneFromHeld(pitch) == anySemitoneFrom(pitch, hands::isHeld);
            if (!right) {
                throw new AssertionError("pitch " + pitch + ": what hands say is not so");
            }
            held += hands.isHeld(pitch) ? 1 : 0;
        }
        assertThat(hands.heldKeys()).isEqualTo(held);
    }

    @Test
    void shouldAllocateNothing() {
        SplittableRandom random = new SplittableRandom(5);
        int[] messages = new int[10_000];
        Arrays.setAll(messages, i -> anyMessage(random, 128));
        Hands hands = new Hands();
        long[] counts = new long[1];
        Hands.Ear ear = new Hands.Ear() {
            @Override
            public void began(int pitch, int velocity, long nanos) {
                counts[0]++;
            }

            @Override
            public void ended(int pitch, long nanos) {
                counts[0]++;
            }

            @Override
            public void lifted(long nanos) {
                counts[0]++;
            }
        };
        assertThat(Allocation.bytesOfWarmRun(() -> {
                    for (int i = 0; i < messages.length; i++) {
                        hands.follow(i & 15, messages[i], i, ear);
                        if (i % 1_000 == 999) {
                            hands.lose(i / 1_000, i, ear);
                        }
                    }
                }))
                .isZero();
        assertThat(counts[0]).isPositive();
    }

    private static int anyMessage(SplittableRandom random, int pitches) {
        int channel = random.nextInt(16);
        int pitch = random.nextInt(pitches);
        return switch (random.nextInt(20)) {
            case 0, 1 -> Message.control(channel, PEDAL, random.nextInt(128));
            case 2 -> Message.control(channel, 120 + random.nextInt(8), 0);
            case 3, 4, 5, 6, 7, 8, 9 -> Message.noteOff(channel, pitch);
            default -> Message.noteOn(channel, pitch, random.nextInt(128));
        };
    }
}
