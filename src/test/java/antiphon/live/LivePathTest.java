package antiphon.live;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.improv.Control;
import antiphon.improv.Mode;
import antiphon.improv.Settings;
import antiphon.model.RandomModel;
import antiphon.model.StackedLstm;
import antiphon.music.Message;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What must hold at the port whatever is done to the live path. */
class LivePathTest {
    private static final long MILLI = HandDriven.MILLI;
    private static final int STEPS = 2_000;

    /** The human's channels lie below it, the answers' from it on: so they can be told apart at the port. */
    private static final int FIRST_ANSWER_CHANNEL = 4;

    private static final StackedLstm MODEL = new StackedLstm(RandomModel.of(8, 12, 1, 11));

    private static final List<Control> CHANGES = List.of(
            Control.MODE,
            Control.MUTE,
            Control.CHANNEL,
            Control.THRU,
            Control.MAX_POLYPHONY,
            Control.PANIC,
            Control.AGAIN,
            Control.ANSWER,
            Control.FORGET,
            Control.CALL_REST,
            Control.CONTINUE_REST);

    @Property(tries = 20)
    void shouldLeaveNoNoteCopyAllAndKeepToItsPolyphony(@ForAll long seed) throws Exception {
        new Trial().run(new Random(seed));
    }

    /** One live path: jqwik makes one object of this test for all its tries. */
    private static final class Trial {
        private final Settings settings = Settings.standard(Mode.CALL);
        private final HandDriven session = new HandDriven(MODEL, settings, 5, true, HeldNotes.NOWHERE);
        private final List<Integer> copies = new ArrayList<>();
        private final int[] answers = new int[Message.CHANNELS * Message.PITCHES];
        private int checked;
        private long allowed = settings.maxPolyphony();

        void run(Random random) throws Exception {
            session.begin();
            for (int step = 0; step < STEPS; step++) {
                if (random.nextInt(4) == 0) {
                    change(random);
                } else {
                    play(random);
                }
                for (long pause = random.nextLong(random.nextInt(20) == 0 ? 3_000 : 150); pause >= 0; pause -= 10) {
                    session.pass(Math.min(10, pause) * MILLI);
                    look();
                }
            }
            session.finish();
            assertThat(IntStream.range(0, session.out.size())
                            .filter(session.out::isThru)
                            .mapToObj(session.out::message))
                    .as("thru is complete while it is on")
                    .containsSubsequence(copies);
            assertThat(soundingAtEnd()).isEmpty();
            assertThat(session.path.heldAnswers()).isZero();
            assertThat(session.out.refused()).isZero();
            assertThat(session.meters.failures.get()).isZero();
            assertThat(session.meters.inRingDrops.get()).isZero();
            assertThat(session.path.improviser().answers()).isPositive();
        }

        private void play(Random random) {
            int input = random.nextInt(HandDriven.INPUTS);
            int channel = random.nextInt(FIRST_ANSWER_CHANNEL);
            int pitch = 50 + random.nextInt(20);
            int message =
                    switch (random.nextInt(10)) {
                        case 0 -> Message.control(channel, Message.SUSTAIN_PEDAL, random.nextInt(128));
                        case 1, 2, 3, 4 -> Message.noteOff(channel, pitch);
                        default -> Message.noteOn(channel, pitch, 1 + random.nextInt(127));
                    };
            if (random.nextInt(30) == 0) {
                session.path.lose(input);
            }
            if (session.path.controls().value(Control.THRU) != 0) {
                copies.add(message);
            }
            session.play(input, message);
        }

        private void change(Random random) {
            Control control = CHANGES.get(random.nextInt(CHANGES.size()));
            long value = HandDriven.anyValue(control, random);
            if (control != Control.CHANNEL || value >= FIRST_ANSWER_CHANNEL) {
                session.path.controls().submit(control, value);
                session.work();
            }
        }

        /** What has left since the last look; an answer that is being played keeps to what was allowed when it began. */
        private void look() {
            long now = session.path.controls().value(Control.MAX_POLYPHONY);
            allowed = session.path.improviser().isAnswering() ? Math.max(allowed, now) : now;
            for (int end = session.out.size(); checked < end; checked++) {
                int message = session.out.message(checked);
                if (Message.channel(message) < FIRST_ANSWER_CHANNEL) {
                    continue;
                }
                if (Message.isNoteOn(message)) {
                    answers[Message.key(message)]++;
                    assertThat((long) IntStream.of(answers).sum()).isLessThanOrEqualTo(allowed);
                } else if (Message.isNoteOff(message)) {
                    answers[Message.key(message)]--;
                }
                assertThat(answers[Message.key(message)]).isBetween(0, 1);
            }
        }

        private List<String> soundingAtEnd() {
            // A key is down or up, however often it was struck.
            int[] counts = new int[Message.CHANNELS * Message.PITCHES];
            boolean[] pedals = new boolean[Message.CHANNELS];
            List<Integer> order = IntStream.range(0, session.out.size())
                    .boxed()
                    .sorted(Comparator.comparingLong(session.out::sentNanos))
                    .toList();
            for (int index : order) {
                int message = session.out.message(index);
                if (Message.isNoteOn(message)) {
                    counts[Message.key(message)] = 1;
                } else if (Message.isNoteOff(message)) {
                    counts[Message.key(message)] = 0;
                } else if (Message.isControl(message, Message.SUSTAIN_PEDAL)) {
                    pedals[Message.channel(message)] = Message.isPedalDown(message);
                }
            }
            List<String> sounding = new ArrayList<>();
            for (int key = 0; key < counts.length; key++) {
                if (counts[key] > 0) {
                    sounding.add("channel " + key / Message.PITCHES + " pitch " + key % Message.PITCHES);
                }
            }
            for (int channel = 0; channel < pedals.length; channel++) {
                if (pedals[channel]) {
                    sounding.add("pedal of channel " + channel);
                }
            }
            return sounding;
        }
    }
}
