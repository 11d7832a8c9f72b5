package antiphon.improv;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.improv.listen.Hands;
import antiphon.music.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

/**
 * On one channel of one input, {@link Hands} say call for call what {@link PlayerHands} say. Two differences are meant
 * and left out: controllers 124 to 127, which PlayerHands pass over, and what follows controller 120 with the pedal
 * down, which PlayerHands lift; so each 120 here has a pedal that rises after it.
 */
class HandsAsBeforeTest {
    @Property(tries = 3_000)
    void shouldSayWhatPlayerHandsSay(
            @ForAll("messages") List<List<Integer>> messages, @ForAll @IntRange(max = 15) int channel) {
        List<String> before = new ArrayList<>();
        List<String> now = new ArrayList<>();
        PlayerHands playerHands = new PlayerHands();
        Hands hands = new Hands();
        PlayerHands.Ear earBefore = earBefore(before, playerHands::heldKeys);
        Hands.Ear ear = ear(now, hands::heldKeys);
        long nanos = 0;
        for (int message : messages.stream().flatMap(List::stream).toList()) {
            nanos++;
            playerHands.follow(message | channel, nanos, earBefore);
            hands.follow(3, message | channel, nanos, ear);
            assertThat(now).as("after %x at %d", message, nanos).isEqualTo(before);
            assertThat(hands.heldKeys()).isEqualTo(playerHands.heldKeys());
            for (int pitch = 0; pitch < Message.PITCHES; pitch++) {
                assertThat(hands.isHeld(pitch)).isEqualTo(playerHands.isHeld(pitch));
                assertThat(hands.isSounding(pitch)).isEqualTo(playerHands.isSounding(pitch));
            }
        }
    }

    @Provide
    static Arbitrary<List<List<Integer>>> messages() {
        int pedalUp = Message.control(0, Message.SUSTAIN_PEDAL, 0);
        Arbitrary<List<Integer>> notes = Combinators.combine(
                        Arbitraries.of(0x80, 0x90), Arbitraries.of(0, 60, 63, 64, 127), Arbitraries.of(0, 1, 90, 127))
                .as((command, pitch, velocity) -> List.of(Message.of(command, pitch, velocity)));
        Arbitrary<List<Integer>> pedals =
                Arbitraries.of(0, 63, 64, 127).map(value -> List.of(Message.control(0, Message.SUSTAIN_PEDAL, value)));
        Arbitrary<List<Integer>> others = Arbitraries.of(
                List.of(Message.control(0, Message.ALL_NOTES_OFF, 0)),
                List.of(Message.control(0, Message.RESET_CONTROLLERS, 0)),
                List.of(Message.control(0, Message.ALL_SOUND_OFF, 0), pedalUp),
                List.of(Message.control(0, 1, 127)),
                List.of(Message.control(0, 66, 0)),
                List.of(Message.of(0xA0, 60, 0)),
                List.of(Message.of(0xE0, 60, 0)));
        return Arbitraries.frequencyOf(Tuple.of(14, notes), Tuple.of(4, pedals), Tuple.of(1, others))
                .list()
                .ofMaxSize(150);
    }

    private static PlayerHands.Ear earBefore(List<String> said, IntSupplier heldKeys) {
        return new PlayerHands.Ear() {
            @Override
            public void began(int pitch, int velocity, long nanos) {
                said.add("on " + List.of(pitch, velocity, nanos, heldKeys.getAsInt()));
            }

            @Override
            public void ended(int pitch, long nanos) {
                said.add("off " + List.of(pitch, nanos, heldKeys.getAsInt()));
            }

            @Override
            public void lifted(long nanos) {
                said.add("up " + List.of(nanos, heldKeys.getAsInt()));
            }
        };
    }

    private static Hands.Ear ear(List<String> said, IntSupplier heldKeys) {
        return new Hands.Ear() {
            @Override
            public void began(int pitch, int velocity, long nanos) {
                said.add("on " + List.of(pitch, velocity, nanos, heldKeys.getAsInt()));
            }

            @Override
            public void ended(int pitch, long nanos) {
                said.add("off " + List.of(pitch, nanos, heldKeys.getAsInt()));
            }

            @Override
            public void lifted(long nanos) {
                said.add("up " + List.of(nanos, heldKeys.getAsInt()));
            }
        };
    }
}
