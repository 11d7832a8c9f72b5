package antiphon.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antiphon.improv.Control;
import antiphon.improv.Mode;
import antiphon.improv.Networks;
import antiphon.improv.Settings;
import antiphon.model.ModelException;
import antiphon.model.ModelFile;
import antiphon.model.NeuralCache;
import antiphon.model.RandomModel;
import antiphon.model.RememberedNotes;
import antiphon.model.StackedLstm;
import antiphon.model.Tensor;
import antiphon.music.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Sessions made by hand, written down, and played again. */
class ReplayTest {
    private static final long MILLI = HandDriven.MILLI;
    private static final int STEPS = 400;
    private static final StackedLstm FIRST = new StackedLstm(RandomModel.of(16, 24, 2, 11));
    private static final StackedLstm SECOND = new StackedLstm(RandomModel.of(12, 20, 1, 12));
    private static final JournalHeader.Network FIRST_NAME = new JournalHeader.Network("first", "1", "f16");
    private static final JournalHeader.Network SECOND_NAME = new JournalHeader.Network("second", "2", "f16");

    private final Path folder;

    ReplayTest() throws IOException {
        folder = Files.createTempDirectory("replay");
        folder.toFile().deleteOnExit();
    }

    private static StackedLstm network(JournalHeader.Network name) {
        return name.equals(FIRST_NAME) ? FIRST : SECOND;
    }

    @Property(tries = 30)
    void shouldPlayAnySessionAgainBitForBit(@ForAll long seed) throws Exception {
        Random random = new Random(seed);
        Failing failing = new Failing();
        Settings settings = Settings.standard(Mode.of(random.nextInt(Mode.values().length)))
                .withOffset(random.nextInt(3) * 40L * MILLI);
        HandDriven session = new HandDriven(FIRST, settings, 1 + random.nextInt(100), random.nextBoolean(), failing);
        Journal journal = new Journal(session.tap, () -> session.header(FIRST_NAME), null);
        session.begin();
        for (int step = 0; step < STEPS; step++) {
            act(session, journal, failing, random);
            session.pass(random.nextInt(4) == 0 ? random.nextLong(2_500 * MILLI) : random.nextLong(250 * MILLI));
            if (random.nextInt(20) == 0) {
                session.play(0, Message.noteOn(0, 40 + random.nextInt(40), 80));
                session.standStill(random.nextLong(3_000 * MILLI));
            }
        }
        Path file = folder.resolve(seed + Take.SUFFIX);
        journal.keep(file);
        Replay.Outcome outcome = Replay.of(file, ReplayTest::network);
        assertThat(outcome.same()).as("of %d messages", outcome.messages()).isEqualTo(outcome.messages());
        assertThat(outcome.isExact()).isTrue();
        Files.delete(file);
    }

    private static void act(HandDriven session, Journal journal, Failing failing, Random random) {
        int input = random.nextInt(HandDriven.INPUTS);
        int channel = random.nextBoolean() ? 0 : Failing.CHANNEL;
        int pitch = 40 + random.nextInt(40);
        switch (random.nextInt(20)) {
            case 0 -> session.path.lose(input);
            case 1, 2, 3 -> {
                Control control = Control.of(random.nextInt(Control.values().length));
                long value = HandDriven.anyValue(control, random);
                if (control != Control.CHANNEL || value != Failing.CHANNEL) {
                    session.path.controls().submit(control, value);
                }
            }
            case 4 -> {
                if (random.nextInt(10) == 0) {
                    failing.next = true;
                }
            }
            case 5 -> {
                boolean first = random.nextBoolean();
                session.succeed(first ? FIRST : SECOND, journal, first ? FIRST_NAME : SECOND_NAME);
            }
            case 6 ->
                session.play(input, Message.control(channel, Message.SUSTAIN_PEDAL, random.nextBoolean() ? 127 : 0));
            case 7 -> session.path.controls().submit(Control.AGAIN, 0);
            case 8, 9 -> tick(session, input, random);
            default -> {
                session.play(input, Message.noteOn(channel, pitch, 1 + random.nextInt(127)));
                session.pass(random.nextLong(300 * MILLI));
                if (random.nextInt(10) > 0) {
                    session.play(input, Message.noteOff(channel, pitch));
                }
            }
        }
    }

    /** A second of a MIDI clock, sometimes begun, stopped or moved. */
    private static void tick(HandDriven session, int input, Random random) {
        int[] before = {
            Message.START, Message.STOP, Message.CONTINUE, Message.of(Message.SONG_POSITION, random.nextInt(128), 0),
        };
        if (random.nextBoolean()) {
            session.play(input, before[random.nextInt(before.length)]);
        }
        long periodNanos = 12 * MILLI + random.nextLong(20 * MILLI);
        for (long nanos = 0; nanos < 1_000 * MILLI; nanos += periodNanos) {
            session.play(input, Message.CLOCK);
            session.pass(periodNanos);
        }
    }

    @Example
    void shouldGoOnAfterAFailureAsTheSessionDid() throws Exception {
        Failing failing = new Failing();
        HandDriven session = new HandDriven(FIRST, Settings.standard(Mode.CALL), 3, true, failing);
        Journal journal = new Journal(session.tap, () -> session.header(FIRST_NAME), null);
        session.begin();
        session.note(60, 300);
        session.pass(2_000 * MILLI);
        failing.next = true;
        session.play(1, Message.noteOn(Failing.CHANNEL, 70, 80));
        session.pass(100 * MILLI);
        assertThat(session.meters.failures.get()).isEqualTo(1);
        session.note(64, 300);
        session.note(67, 300);
        session.pass(5_000 * MILLI);
        Path file = folder.resolve("failed" + Take.SUFFIX);
        journal.keep(file);
        Replay.Outcome outcome = Replay.of(file, ReplayTest::network);
        assertThat(outcome.isExact()).isTrue();
        assertThat(outcome.messages()).isPositive();
        Files.delete(file);
    }

    /** What earlier sessions taught changes the music, so the journal has it, also after a failure. */
    @Example
    void shouldBeginWithWhatEarlierSessionsTaught() throws Exception {
        RememberedNotes taught = taught();
        HandDriven fresh = new HandDriven(Networks.TUNED, Settings.standard(Mode.CALL), 3, true, HeldNotes.NOWHERE);
        fresh.begin();
        fresh.path.controls().submit(Control.CANDIDATES, 0);
        converse(fresh);
        Failing failing = new Failing();
        HandDriven session = new HandDriven(Networks.TUNED, Settings.standard(Mode.CALL), 3, true, failing);
        assertThat(session.path.improviser().mind().cache().keep(taught)).isTrue();
        Journal journal = new Journal(session.tap, () -> session.header(FIRST_NAME), null).beginsWith(taught);
        session.begin();
        // Note by note: of many answers the same one may be the best in both.
        session.path.controls().submit(Control.CANDIDATES, 0);
        converse(session);
        assertThat(session.out.size()).isPositive();
        assertThat(played(session)).as("as without").isNotEqualTo(played(fresh));
        failing.next = true;
        session.play(1, Message.noteOn(Failing.CHANNEL, 70, 80));
        converse(session);
        assertThat(session.meters.failures.get()).isEqualTo(1);
        session.path.controls().submit(Control.FORGET, 0);
        converse(session);
        NeuralCache memory = session.path.improviser().mind().cache();
        assertThat(memory.kept()).as("forgotten too").isNull();
        assertThat(memory.size()).isLessThan(taught.size());
        Path file = folder.resolve("taught" + Take.SUFFIX);
        journal.keep(file);
        Replay.Outcome outcome = Replay.of(file, name -> Networks.TUNED);
        assertThat(outcome.isExact()).isTrue();
        assertThat(outcome.messages()).isPositive();
        assertThatThrownBy(() -> Replay.of(file, name -> FIRST))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("does not fit the network");
        Files.delete(file);
    }

    private static RememberedNotes taught() {
        HandDriven session =
                new HandDriven(Networks.TUNED, Settings.standard(Mode.LISTEN), 3, false, HeldNotes.NOWHERE);
        session.begin();
        for (int i = 0; i < 10; i++) {
            converse(session);
        }
        return session.path.improviser().mind().cache().remembered("a".repeat(64));
    }

    private static void converse(HandDriven session) {
        for (int pitch : new int[] {60, 64, 62, 67, 65, 69}) {
            session.note(pitch, 200);
        }
        session.pass(6_000 * MILLI);
    }

    private static List<Integer> played(HandDriven session) {
        return IntStream.range(0, session.out.size())
                .mapToObj(session.out::message)
                .toList();
    }

    @Example
    void shouldPlayTheEndOfASessionWhoseBeginningIsMissing() throws Exception {
        HandDriven session = HandDriven.of(FIRST);
        session.begin();
        session.note(60, 300);
        session.pass(2_000 * MILLI);
        Journal late = new Journal(session.tap, () -> session.header(FIRST_NAME).incomplete(), null);
        for (int pitch = 60; pitch < 72; pitch++) {
            session.note(pitch, 300);
            session.pass(4_000 * MILLI);
        }
        Path file = folder.resolve("late" + Take.SUFFIX);
        late.keep(file);
        assertThat(Replay.header(file).complete()).isFalse();
        assertThat(Replay.of(file, ReplayTest::network).messages()).isPositive();
        Files.delete(file);
    }

    @Example
    void shouldSayInOneLineThatTheNetworkKnowsOtherThings() throws Exception {
        HandDriven session = HandDriven.of(FIRST);
        Journal journal = new Journal(session.tap, () -> session.header(FIRST_NAME), null);
        session.begin();
        Path file = folder.resolve("other" + Take.SUFFIX);
        journal.keep(file);
        assertThatThrownBy(() -> Replay.of(file, name -> withFewerPitches()))
                .isInstanceOf(ModelException.class)
                .hasMessage("the model knows 100 values of pitch; 129 needed. Another version of antiphon trained it:"
                        + " train it again.");
        Files.delete(file);
    }

    private static StackedLstm withFewerPitches() {
        int pitches = 100;
        ModelFile file = RandomModel.of(4, 6, 1, 1);
        Map<String, Tensor> tensors = new TreeMap<>(file.tensors());
        tensors.put("embed.pitch", Tensor.matrix(pitches, 4, new float[pitches * 4]));
        tensors.put("head.pitch.w", Tensor.matrix(6, pitches, new float[6 * pitches]));
        tensors.put("head.pitch.b", Tensor.vector(new float[pitches]));
        tensors.put("condition.velocity.pitch", Tensor.matrix(pitches, 6, new float[pitches * 6]));
        return new StackedLstm(new ModelFile(tensors, file.metadata()));
    }

    /** Fails once when it is told so, at the next note of a channel that is never the answers'. */
    private static final class Failing implements HeldNotes {
        static final int CHANNEL = 15;

        boolean next;

        @Override
        public void began(int channel, int pitch) {
            if (next && channel == CHANNEL) {
                next = false;
                throw new IllegalStateException("as asked");
            }
        }

        @Override
        public void ended(int channel, int pitch) {}

        @Override
        public void moved(int lasting, int channel, boolean away) {}
    }
}
