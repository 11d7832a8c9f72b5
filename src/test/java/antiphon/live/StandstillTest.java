package antiphon.live;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.improv.Control;
import antiphon.improv.Mode;
import antiphon.improv.Settings;
import antiphon.model.RandomModel;
import antiphon.model.StackedLstm;
import antiphon.music.Message;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The whole live path, stopped now and then for up to five seconds, before both kinds of ports. */
class StandstillTest {
    private static final long MILLI = HandDriven.MILLI;
    private static final int STEPS = 300;
    private static final StackedLstm MODEL = new StackedLstm(RandomModel.of(8, 12, 1, 11));

    /** Of all answers, as the engine handed them over. */
    private int handedOns;

    private int handedOffs;

    @Property(tries = 60)
    void shouldLeaveNoNoteDropNoEndAndPlayNothingStale(@ForAll long seed, @ForAll boolean schedules) throws Exception {
        Random random = new Random(seed);
        Settings settings = settings(Mode.of(random.nextInt(Mode.values().length)), random, schedules);
        HandDriven session = new HandDriven(MODEL, settings, 5, false, HeldNotes.NOWHERE, schedules);
        Tap.Reader reader = session.tap.newReader();
        handedOns = 0;
        handedOffs = 0;
        session.begin();
        for (int step = 0; step < STEPS; step++) {
            act(session, random);
            count(reader);
        }
        session.finish();
        count(reader);
        assertThat(reader.missed()).isZero();
        assertWhatLeft(session, schedules);
        assertThat(session.path.heldAnswers()).isZero();
        assertThat(session.meters.failures.get()).isZero();
    }

    /** As on JACK at 128 frames or on a device, with a synthesiser that sounds at once, or one that does not. */
    private static Settings settings(Mode mode, Random random, boolean schedules) {
        Settings standard = Settings.standard(mode);
        Settings timed = schedules ? standard.withTiming(3_666_667, 5_333_333, 2_666_667) : standard;
        return timed.withOffset(random.nextBoolean() ? 0 : random.nextLong(200 * MILLI));
    }

    private static void act(HandDriven session, Random random) {
        int pitch = 40 + random.nextInt(40);
        switch (random.nextInt(12)) {
            case 0 -> session.path.controls().submit(Control.MODE, random.nextInt(Mode.values().length));
            case 1 -> session.path.controls().submit(Control.ANSWER, 0);
            case 2 -> session.standStill(random.nextLong(5_000 * MILLI));
            case 3 -> session.standStill(random.nextLong(150 * MILLI));
            case 4, 5, 6 -> session.play(0, Message.noteOn(0, pitch, 80));
            default -> session.play(0, Message.noteOff(0, pitch));
        }
        if (random.nextInt(3) > 0) {
            session.pass(random.nextLong(random.nextInt(5) == 0 ? 2_000 : 200) * MILLI);
        }
    }

    private void count(Tap.Reader reader) {
        while (reader.read(entry -> {
            if (entry.what() == Tap.SENT) {
                handedOns += Message.isNoteOn(entry.message()) ? 1 : 0;
                handedOffs += Message.isNoteOff(entry.message()) ? 1 : 0;
            }
        })) {
            // It has been counted.
        }
    }

    private void assertWhatLeft(HandDriven session, boolean schedules) {
        int[] sounding = new int[Message.CHANNELS * Message.PITCHES];
        int ons = 0;
        int offs = 0;
        List<Integer> order = IntStream.range(0, session.out.size())
                .boxed()
                .sorted(Comparator.comparingLong(session.out::sentNanos))
                .toList();
        for (int i : order) {
            int message = session.out.message(i);
            if (Message.isNoteOn(message)) {
                ons++;
                sounding[Message.key(message)]++;
                assertThat(session.out.sentNanos(i) - session.out.dueNanos(i))
                        .as("stale")
                        .isLessThanOrEqualTo(100 * MILLI);
            } else if (Message.isNoteOff(message)) {
                offs++;
                sounding[Message.key(message)] = Math.max(0, sounding[Message.key(message)] - 1);
            }
        }
        assertThat(sounding).as("hanging").containsOnly(0);
        assertThat(offs).as("ends, those of the last call included").isGreaterThanOrEqualTo(handedOffs);
        long dropped = session.meters.droppedLateNotes.get();
        assertThat(handedOns - ons - dropped)
                .as("each is played or counted, but for those that a sender still kept when it finished")
                .isBetween(0L, schedules ? 0L : 16L);
    }

    @Example
    void shouldCountWhatWasNotPlayedAndPlayNothingOnWakingThatWasDueLongBefore() {
        HandDriven session =
                new HandDriven(MODEL, Settings.standard(Mode.CONTINUE), 5, false, HeldNotes.NOWHERE, false);
        session.begin();
        for (int note = 0; note < 8; note++) {
            session.note(60 + note, 150);
        }
        long dropped = 0;
        for (int stop = 0; stop < 50; stop++) {
            session.pass(1_500 * MILLI);
            session.standStill(3_000 * MILLI);
            long wakesNanos = session.nanos();
            int before = session.out.size();
            session.work();
            session.work();
            for (int i = before; i < session.out.size(); i++) {
                assertThat(Message.isNoteOn(session.out.message(i))
                                && session.out.dueNanos(i) < wakesNanos - 100 * MILLI)
                        .isFalse();
            }
            dropped = session.path.improviser().notesDropped() + session.meters.droppedLateNotes.get();
        }
        assertThat(dropped).isPositive();
        assertThat(session.out.size()).isPositive();
    }
}
