package antiphon.live;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.improv.Mode;
import antiphon.improv.Settings;
import antiphon.midi.memory.MemoryBackend;
import antiphon.model.RandomModel;
import antiphon.model.StackedLstm;
import antiphon.music.Message;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The output wired to an input, through something that takes a time. */
class LoopGuardTest {
    private static final StackedLstm MODEL = new StackedLstm(RandomModel.of(16, 24, 2, 11));
    private static final long MILLI = 1_000_000L;

    /** The path of a message through JACK's own graph. */
    private static final long PERIOD_NANOS = 3 * MILLI;

    private HandDriven live = HandDriven.of(MODEL);
    private int returned;

    /** By how many semitones what comes back has been moved on the way. */
    private int semitones;

    private void begin(Mode mode, boolean thru) {
        live = new HandDriven(MODEL, Settings.standard(mode), 7, thru, HeldNotes.NOWHERE);
        live.path.guardAgainstLoops();
        live.begin();
        returned = 0;
    }

    /** Lets time pass while all that leaves comes back so much later, and what else comes in. */
    private void pass(long millis, long delayMillis, boolean rechannelled) {
        for (long end = live.nanos() + millis * MILLI; live.nanos() < end; live.pass(MILLI)) {
            MemoryBackend.Output out = live.out;
            while (returned < out.size() && leaves(returned) + delayMillis * MILLI + PERIOD_NANOS <= live.nanos()) {
                int message = out.message(returned);
                returned++;
                bringBack(rechannelled ? message & ~0x0F : message);
            }
        }
    }

    private void bringBack(int message) {
        int pitch = Message.data1(message) + (Message.isOfKey(message) ? semitones : 0);
        if (pitch >= 0 && pitch < 128) {
            live.play(0, Message.of(Message.status(message), pitch, Message.data2(message)));
        }
    }

    private long leaves(int index) {
        return Math.max(live.out.dueNanos(index), live.out.sentNanos(index));
    }

    private void phrase(long delayMillis, boolean rechannelled) {
        for (int pitch : new int[] {60, 62, 64, 65, 67, 64}) {
            live.play(0, Message.noteOn(0, pitch, 70 + pitch % 7));
            pass(150, delayMillis, rechannelled);
            live.play(0, Message.noteOff(0, pitch));
            pass(50, delayMillis, rechannelled);
        }
    }

    private List<Integer> sentSince(int first) {
        List<Integer> messages = new ArrayList<>();
        for (int i = first; i < live.out.size(); i++) {
            messages.add(live.out.message(i));
        }
        return messages;
    }

    static List<Object[]> everyLoop() {
        List<Object[]> all = new ArrayList<>();
        for (Mode mode : Mode.values()) {
            for (boolean thru : new boolean[] {false, true}) {
                for (int delay : new int[] {0, 50, 300, 1_500, 2_000}) {
                    all.add(new Object[] {mode, thru, delay, delay == 50});
                }
            }
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("everyLoop")
    void shouldBreakTheLoopAndGoOnHearingTheHuman(Mode mode, boolean thru, int delay, boolean rechannelled)
            throws Exception {
        begin(mode, thru);
        phrase(delay, rechannelled);
        pass(25_000, delay, rechannelled);
        int quiet = live.out.size();
        pass(10_000, delay, rechannelled);
        // Where the partner plays on its own, that is all there is.
        List<Integer> after = sentSince(quiet);
        boolean playsOn = mode == Mode.CONTINUE || mode == Mode.TRADE;
        assertThat(after).as("after the answer").hasSizeLessThan(playsOn ? 400 : 1);
        assertThat(after).allMatch(message -> Message.channel(message) == 1);
        phrase(delay, rechannelled);
        pass(25_000, delay, rechannelled);
        long played = sentSince(quiet).stream().filter(Message::isNoteOn).count();
        assertThat(played).as("the second phrase").isBetween(thru ? 6L : 0L, 800L);
        if (mode == Mode.CALL || mode == Mode.HARMONY) {
            assertThat(played).as("is answered as well").isGreaterThan(thru ? 6 : 0);
        }
        live.finish();
        assertThat(heldAtTheReceiver()).isEmpty();
    }

    static List<Object[]> everyTransposedLoop() {
        List<Object[]> all = new ArrayList<>();
        for (boolean thru : new boolean[] {false, true}) {
            for (int delay : new int[] {20, 120, 300, 1_500}) {
                for (int moved : new int[] {-12, -1, 5, 12}) {
                    all.add(new Object[] {thru, delay, moved});
                }
            }
        }
        return all;
    }

    /** A second program may send on what it receives in another key. */
    @ParameterizedTest
    @MethodSource("everyTransposedLoop")
    void shouldBreakALoopThatTransposes(boolean thru, int delay, int moved) throws Exception {
        semitones = moved;
        begin(Mode.CALL, thru);
        phrase(delay, false);
        pass(60_000, delay, false);
        int quiet = live.out.size();
        pass(20_000, delay, false);
        assertThat(sentSince(quiet)).as("after a minute").isEmpty();
        phrase(delay, false);
        pass(20_000, delay, false);
        long played = sentSince(quiet).stream().filter(Message::isNoteOn).count();
        assertThat(played).as("the second phrase is answered").isBetween(thru ? 7L : 1L, 200L);
        live.finish();
        assertThat(downAtTheReceiver()).isEmpty();
    }

    private List<Long> loopsTapped(Tap.Reader reader) {
        List<Long> loops = new ArrayList<>();
        while (reader.read(entry -> {
            if (entry.what() == Tap.INPUT_LOST) {
                loops.add(entry.value());
            }
        })) {
            // It has been added.
        }
        return loops;
    }

    /** Otherwise echoes would be taken for dense playing, and answered as densely. */
    @ParameterizedTest
    @CsvSource({"0", "50", "300", "1500"})
    void shouldForgetEchoesThatWereHeardBeforeTheProof(int delay) {
        begin(Mode.CONTINUE, true);
        Tap.Reader reader = live.tap.newReader();
        phrase(delay, false);
        pass(3_000, delay, false);
        assertThat(loopsTapped(reader)).containsExactly(Slot.LOOPED_AND_HEARD);
        // Nothing copied was heard: the answers that come back are known by themselves.
        begin(Mode.CALL, false);
        reader = live.tap.newReader();
        phrase(delay, false);
        pass(25_000, delay, false);
        assertThat(loopsTapped(reader)).containsExactly(Slot.LOOPED);
    }

    /** Counted, as a receiver does that plays a key twice when it is begun twice. */
    private List<Integer> heldAtTheReceiver() {
        int[] counts = new int[Ends.KEYS];
        List<Integer> held = new ArrayList<>();
        for (int message : sentSince(0)) {
            if (Message.isNoteOn(message)) {
                counts[Message.key(message)]++;
            } else if (Message.isNoteOff(message)) {
                counts[Message.key(message)] = Math.max(0, counts[Message.key(message)] - 1);
            }
        }
        for (int key = 0; key < counts.length; key++) {
            if (counts[key] > 0) {
                held.add(key);
            }
        }
        return held;
    }

    /** Whatever is played: messages stay bounded, and nothing is held at the stop. */
    @ParameterizedTest
    @CsvSource({"0", "50", "300", "1500"})
    void shouldStayBoundedForTenMinutesInEveryMode(int delay) throws Exception {
        for (Mode mode : Mode.values()) {
            begin(mode, true);
            int most = 0;
            for (int tenSeconds = 0; tenSeconds < 60; tenSeconds++) {
                int before = live.out.size();
                phrase(delay, false);
                pass(8_800, delay, false);
                most = Math.max(most, live.out.size() - before);
            }
            assertThat(most).as("messages in ten seconds, " + mode).isLessThan(800);
            live.finish();
            assertThat(downAtTheReceiver()).as(mode.name()).isEmpty();
        }
    }

    /** Where a key is down or up, however often it was begun. */
    private Set<Integer> downAtTheReceiver() {
        Set<Integer> down = new HashSet<>();
        for (int message : sentSince(0)) {
            if (Message.isNoteOn(message)) {
                down.add(Message.key(message));
            } else if (Message.isNoteOff(message)) {
                down.remove(Message.key(message));
            }
        }
        return down;
    }

    @ParameterizedTest
    @CsvSource({"0", "300", "1500"})
    void shouldAnswerAPhraseOnceAlthoughTheAnswerComesBack(int delay) {
        begin(Mode.CALL, false);
        phrase(delay, false);
        pass(40_000, delay, false);
        assertThat(live.path.improviser().answers()).isEqualTo(1);
    }

    @Test
    void shouldNotAnswerAKeyThatWentRound() {
        begin(Mode.CALL, true);
        live.play(0, Message.noteOn(0, 60, 80));
        pass(200, 0, false);
        live.play(0, Message.noteOff(0, 60));
        pass(500, 0, false);
        int quiet = live.out.size();
        pass(10_000, 0, false);
        assertThat(sentSince(quiet)).isEmpty();
    }

    @Test
    void shouldStopControllersPressureAndClockThatGoRound() {
        begin(Mode.LISTEN, true);
        live.play(0, Message.control(0, 1, 40));
        live.play(0, Message.of(0xE0, 0, 70));
        pass(5, 0, false);
        live.play(0, Message.of(0xF8, 0, 0));
        pass(200, 0, false);
        int quiet = live.out.size();
        pass(1_000, 0, false);
        assertThat(sentSince(quiet)).isEmpty();
        assertThat(quiet).as("a few copies at most").isLessThan(40);
    }

    @Test
    void shouldSendNothingMoreWhenSomebodyPlaysWithoutALoop() {
        begin(Mode.CALL, true);
        for (int i = 0; i < 40; i++) {
            int pitch = 60 + (i * 7) % 12;
            live.play(0, Message.noteOn(0, pitch, 50 + (i * 13) % 60));
            live.pass(110 * MILLI);
            live.play(0, Message.noteOff(0, pitch));
            live.pass(40 * MILLI);
        }
        List<Integer> copies = sentSince(0).stream()
                .filter(message -> Message.channel(message) == 0)
                .toList();
        assertThat(copies).hasSize(80);
    }

    /** A sequencer that repeats one key looks like a loop; it is asked about, and goes on being heard. */
    @ParameterizedTest
    @ValueSource(ints = {60, 250, 500})
    void shouldCopyEveryNoteOfASequencerThatRepeatsOne(int millis) {
        begin(Mode.LISTEN, true);
        for (int i = 0; i < 50; i++) {
            live.note(60, millis / 2);
            live.pass(millis * MILLI / 2);
        }
        assertThat(sentSince(0).stream().filter(message -> message == Message.noteOn(0, 60, 80)))
                .hasSize(50);
        assertThat(live.path.loopNanos()).containsOnly(LoopGuard.NONE);
    }

    /** Drum pads send no note-offs. */
    @Test
    void shouldCopyEveryHitOfAPad() {
        begin(Mode.LISTEN, true);
        for (int i = 0; i < 100; i++) {
            live.play(0, Message.noteOn(9, 38, 100));
            live.pass(60 * MILLI);
        }
        assertThat(sentSince(0).stream().filter(message -> message == Message.noteOn(9, 38, 100)))
                .hasSize(100);
    }

    /** Voices have the velocity of the keys, so a key that equals one is no echo. */
    @Test
    void shouldHarmoniseEveryNoteWhereNothingComesBack() {
        begin(Mode.HARMONY, false);
        for (int i = 0; i < 500; i++) {
            live.note(60 + (i * 7 + i / 12) % 12, 40);
            live.pass(10 * MILLI);
        }
        long voices = sentSince(0).stream().filter(Message::isNoteOn).count();
        assertThat(voices).isEqualTo(500);
    }

    @Test
    void shouldForgetALoopThatIsGone() {
        begin(Mode.CALL, true);
        phrase(300, false);
        pass(12_000, 300, false);
        assertThat(live.path.loopNanos().getFirst()).isBetween(300 * MILLI, 310 * MILLI);
        for (int i = 0; i < 3; i++) {
            for (int pitch : new int[] {60, 62, 64, 65}) {
                live.note(pitch, 200);
            }
            live.pass(6_000 * MILLI);
        }
        assertThat(live.path.loopNanos().getFirst()).isEqualTo(LoopGuard.NONE);
    }
}
