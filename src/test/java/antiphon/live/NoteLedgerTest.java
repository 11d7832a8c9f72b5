package antiphon.live;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.Allocation;
import antiphon.music.Lasting;
import antiphon.music.Message;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NoteLedgerTest {
    private static final int ANSWERS = NoteLedger.ANSWERS;
    private static final int THRU = NoteLedger.ofInput(0);

    @TempDir
    Path folder;

    @Property
    void shouldEndExactlyWhatSounds(@ForAll("messages") List<Integer> sent) {
        NoteLedger ledger = new NoteLedger(1, HeldNotes.NOWHERE, 0);
        int[] sounding = new int[16 * 128];
        Set<Integer> expected = new HashSet<>();
        for (int message : sent) {
            ledger.sent(ANSWERS, message, 0);
            count(message, sounding);
            int lasting = Lasting.of(message);
            if (lasting >= 0) {
                int rest = Lasting.atRest(lasting, Message.channel(message));
                boolean changed = message == rest ? expected.remove(rest) : expected.add(rest);
                assertThat(changed).as("may be the same again").isIn(true, false);
            }
        }
        for (int key = 0; key < sounding.length; key++) {
            if (sounding[key] > 0) {
                expected.add(Message.noteOff(key / 128, key % 128));
            }
        }
        assertThat(ledger.held(ANSWERS)).isEqualTo(Arrays.stream(sounding).sum());
        List<Integer> released = new ArrayList<>();
        assertThat(ledger.release(ANSWERS, 5, (message, dueNanos) -> released.add(message)))
                .isTrue();
        assertThat(released)
                .as("one message each, however often it was begun")
                .containsExactlyInAnyOrderElementsOf(expected);
        assertThat(ledger.held(ANSWERS)).isZero();
        ledger.release(ANSWERS, 6, (message, dueNanos) -> {
            throw new AssertionError("released twice: " + message);
        });
    }

    @Test
    void shouldNotEndANoteBeforeItBegins() {
        NoteLedger ledger = new NoteLedger(1, HeldNotes.NOWHERE, 0);
        ledger.sent(ANSWERS, Message.noteOn(1, 60, 64), 1_000);
        List<Long> dueNanos = new ArrayList<>();
        ledger.release(ANSWERS, 400, (message, due) -> dueNanos.add(due));
        assertThat(dueNanos).containsExactly(1_000L);
    }

    @Test
    void shouldTryAgainWhatThePortDidNotTake() {
        NoteLedger ledger = new NoteLedger(1, HeldNotes.NOWHERE, 0);
        ledger.sent(ANSWERS, Message.noteOn(1, 60, 64), 0);
        ledger.sent(ANSWERS, Message.noteOn(1, 62, 64), 0);
        ledger.sent(ANSWERS, Message.control(1, Message.SUSTAIN_PEDAL, 64), 0);
        assertThat(ledger.release(ANSWERS, 1, (message, due) -> Message.data1(message) == 62))
                .isFalse();
        assertThat(ledger.held(ANSWERS)).isEqualTo(1);
        List<Integer> rest = new ArrayList<>();
        assertThat(ledger.release(ANSWERS, 2, (message, due) -> rest.add(message)))
                .isTrue();
        assertThat(rest).containsExactly(Message.control(1, Message.SUSTAIN_PEDAL, 0), Message.noteOff(1, 60));
    }

    /** Two times twelve drum pads that send no note-offs, then one that does. */
    @Test
    void shouldEndEachKeyOnceHoweverOftenASourceBeganItWithoutEnd() throws IOException {
        try (HeldNotesFile file = HeldNotesFile.inMemory()) {
            NoteLedger ledger = new NoteLedger(1, file.of(0), 10);
            for (int hit = 0; hit < 100_000; hit++) {
                ledger.sent(THRU, Message.noteOn(9, 36 + hit % 12, 100), hit);
                ledger.sent(ANSWERS, Message.noteOn(9, 36 + hit % 12, 100), hit);
            }
            ledger.sent(THRU, Message.noteOn(0, 60, 100), 5);
            List<Integer> released = new ArrayList<>();
            assertThat(ledger.release(THRU, 7, (message, due) -> released.add(message)))
                    .isTrue();
            assertThat(released).hasSize(13).doesNotHaveDuplicates().contains(Message.noteOff(0, 60));
            ledger.settle(200_000);
            assertThat(file.held(0)).as("the answers' sound on").hasSize(12);
            assertThat(ledger.release(ANSWERS, 8, (message, due) -> released.add(message)))
                    .isTrue();
            assertThat(released).hasSize(25);
        }
    }

    @Property(tries = 300)
    void shouldWriteDownExactlyWhatSoundsAndIsAwayOfAllSections(@ForAll("messages") List<Integer> sent)
            throws IOException {
        try (HeldNotesFile file = HeldNotesFile.inMemory()) {
            NoteLedger ledger = new NoteLedger(1, file.of(0), 10);
            Set<Integer> expected = new HashSet<>();
            int[][] sounding = new int[2][16 * 128];
            int[][] last = new int[2][Lasting.COUNT * 16];
            for (int i = 0; i < sent.size(); i++) {
                int message = sent.get(i);
                ledger.sent(i % 2, message, i);
                ledger.settle(i);
                count(message, sounding[i % 2]);
                if (Lasting.of(message) >= 0) {
                    last[i % 2][Lasting.of(message) * 16 + Message.channel(message)] = message;
                }
            }
            for (int section = 0; section < 2; section++) {
                for (int key = 0; key < 16 * 128; key++) {
                    if (sounding[section][key] > 0) {
                        expected.add(Message.noteOff(key / 128, key % 128));
                    }
                }
                for (int message : last[section]) {
                    if (message != 0 && Lasting.isAway(message)) {
                        expected.add(Lasting.atRest(Lasting.of(message), Message.channel(message)));
                    }
                }
            }
            ledger.settle(Long.MAX_VALUE);
            assertThat(file.held(0)).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    @Test
    void shouldLiftThePedalItPressed() {
        NoteLedger ledger = new NoteLedger(1, HeldNotes.NOWHERE, 0);
        ledger.sent(ANSWERS, Message.control(3, Message.SUSTAIN_PEDAL, 100), 0);
        List<Integer> released = new ArrayList<>();
        ledger.release(ANSWERS, 1, (message, due) -> released.add(message));
        assertThat(released).containsExactly(Message.control(3, Message.SUSTAIN_PEDAL, 0));
    }

    @Test
    void shouldTellTheNextStartWhatACrashLeftSounding() throws IOException {
        Path path = folder.resolve("held.notes");
        HeldNotesFile before = openFile(path);
        NoteLedger ledger = new NoteLedger(1, before.of(0), 0);
        ledger.sent(ANSWERS, Message.noteOn(1, 60, 64), 0);
        ledger.sent(ANSWERS, Message.noteOn(1, 64, 64), 0);
        ledger.sent(ANSWERS, Message.noteOn(1, 64, 64), 0);
        ledger.sent(ANSWERS, Message.noteOn(1, 67, 64), 0);
        ledger.sent(ANSWERS, Message.noteOff(1, 67), 0);
        ledger.sent(THRU, Message.noteOn(0, 72, 64), 0);
        ledger.sent(THRU, Message.control(0, Message.SUSTAIN_PEDAL, 127), 0);
        assertThat(HeldNotesFile.open(path))
                .as("owned by the program that runs")
                .isNull();
        before.close();

        HeldNotesFile after = openFile(path);
        assertThat(after.leftOver().messages())
                .containsExactly(
                        Message.control(0, Message.SUSTAIN_PEDAL, 0),
                        Message.noteOff(0, 72),
                        Message.noteOff(1, 60),
                        Message.noteOff(1, 64));
        after.close();
    }

    @Test
    void shouldRememberANoteUntilItsNoteOffHasLeft() throws IOException {
        try (HeldNotesFile file = openFile(folder.resolve("held.notes"))) {
            NoteLedger ledger = new NoteLedger(1, file.of(0), 10);
            ledger.sent(ANSWERS, Message.noteOn(1, 60, 64), 100);
            ledger.sent(ANSWERS, Message.noteOff(1, 60), 200);
            ledger.settle(209);
            assertThat(file.held(0)).as("handed over, but not gone yet").containsExactly(Message.noteOff(1, 60));
            ledger.sent(ANSWERS, Message.noteOn(1, 62, 64), 100);
            ledger.sent(ANSWERS, Message.noteOff(1, 62), 200);
            ledger.settle(210);
            assertThat(file.held(0)).isEmpty();
        }
    }

    @Test
    void shouldKeepTheSectionsApart() {
        NoteLedger ledger = new NoteLedger(2, HeldNotes.NOWHERE, 0);
        assertThat(ledger.sections()).isEqualTo(3);
        int noteOn = Message.noteOn(1, 60, 64);
        for (int section = 0; section < ledger.sections(); section++) {
            ledger.sent(section, noteOn, 0);
            ledger.sent(section, Message.control(1, Message.SUSTAIN_PEDAL, 127), 0);
        }
        List<Integer> released = new ArrayList<>();
        ledger.release(THRU, 1, (message, due) -> released.add(message));
        assertThat(released).containsExactly(Message.control(1, Message.SUSTAIN_PEDAL, 0), Message.noteOff(1, 60));
        assertThat(ledger.held(THRU)).isZero();
        assertThat(ledger.held(ANSWERS)).isEqualTo(1);
        assertThat(ledger.held(NoteLedger.ofInput(1))).isEqualTo(1);
    }

    @Test
    void shouldKnowWhichMessageEndsWhatIsHeld() {
        NoteLedger ledger = new NoteLedger(1, HeldNotes.NOWHERE, 0);
        int pedalUp = Message.control(1, Message.SUSTAIN_PEDAL, 0);
        assertThat(ledger.isEndOfHeld(THRU, Message.noteOff(1, 60))).isFalse();
        assertThat(ledger.isEndOfHeld(THRU, pedalUp)).isFalse();
        ledger.sent(THRU, Message.noteOn(1, 60, 64), 0);
        ledger.sent(THRU, Message.control(1, Message.SUSTAIN_PEDAL, 127), 0);
        assertThat(ledger.isEndOfHeld(THRU, Message.noteOff(1, 60))).isTrue();
        assertThat(ledger.isEndOfHeld(THRU, Message.noteOn(1, 60, 0))).isTrue();
        assertThat(ledger.isEndOfHeld(THRU, pedalUp)).isTrue();
        assertThat(ledger.isEndOfHeld(THRU, Message.noteOn(1, 60, 1))).isFalse();
        assertThat(ledger.isEndOfHeld(THRU, Message.noteOff(2, 60))).isFalse();
        assertThat(ledger.isEndOfHeld(THRU, Message.control(2, Message.SUSTAIN_PEDAL, 0)))
                .isFalse();
        assertThat(ledger.isEndOfHeld(ANSWERS, Message.noteOff(1, 60))).isFalse();
    }

    @Test
    void shouldWriteThePedalDownAsLongAsAnySectionHoldsIt() throws IOException {
        try (HeldNotesFile file = HeldNotesFile.inMemory()) {
            NoteLedger ledger = new NoteLedger(2, file.of(0), 0);
            int down = Message.control(3, Message.SUSTAIN_PEDAL, 127);
            int up = Message.control(3, Message.SUSTAIN_PEDAL, 0);
            ledger.sent(THRU, down, 0);
            ledger.sent(NoteLedger.ofInput(1), down, 0);
            ledger.sent(THRU, up, 0);
            assertThat(file.held(0)).containsExactly(up);
            ledger.sent(THRU, down, 0);
            ledger.sent(THRU, up, 0);
            ledger.sent(NoteLedger.ofInput(1), up, 0);
            assertThat(file.held(0)).isEmpty();
        }
    }

    /** However many notes end at once, what is written down is right as soon as all have left. */
    @Test
    void shouldForgetEveryNoteOnceItsNoteOffHasLeft() throws IOException {
        try (HeldNotesFile file = HeldNotesFile.inMemory()) {
            NoteLedger ledger = new NoteLedger(1, file.of(0), 10);
            for (int key = 0; key < 16 * 128; key++) {
                for (int time = 0; time < 3; time++) {
                    ledger.sent(ANSWERS, Message.noteOn(key / 128, key % 128, 64), 0);
                }
            }
            assertThat(ledger.release(ANSWERS, 100, (message, due) -> true)).isTrue();
            ledger.settle(110);
            assertThat(file.held(0)).isEmpty();
        }
    }

    @Test
    void shouldAllocateNothing() {
        NoteLedger ledger = new NoteLedger(1, HeldNotes.NOWHERE, 10);
        NoteLedger.Release release = (message, due) -> true;
        assertThat(Allocation.bytesOfWarmRun(() -> {
                    for (int i = 0; i < 10_000; i++) {
                        ledger.sent(i % 2, Message.noteOn(1, i % 128, 64), i);
                        ledger.sent(i % 2, Message.control(1, Message.SUSTAIN_PEDAL, i % 3 * 50), i);
                        if (i % 3 > 0) {
                            ledger.sent(i % 2, Message.noteOff(1, i % 128), i);
                        } else if (i % 300 == 0) {
                            ledger.release(i % 2, i, release);
                        }
                        ledger.settle(i);
                    }
                }))
                .isZero();
    }

    private static HeldNotesFile openFile(Path path) throws IOException {
        HeldNotesFile file = HeldNotesFile.open(path);
        assertThat(file).isNotNull();
        return Objects.requireNonNull(file);
    }

    private static void count(int message, int[] sounding) {
        int key = Message.channel(message) * 128 + Message.data1(message);
        if (Message.isNoteOn(message)) {
            sounding[key]++;
        } else if (Message.isNoteOff(message)) {
            sounding[key] = Math.max(0, sounding[key] - 1);
        }
    }

    @Provide
    Arbitrary<List<Integer>> messages() {
        Arbitrary<Integer> notes = Combinators.combine(
                        Arbitraries.of(0x90, 0x91, 0x80, 0x81),
                        Arbitraries.integers().between(59, 62),
                        Arbitraries.of(0, 1, 127))
                .as(Message::of);
        Arbitrary<Integer> controls = Combinators.combine(
                        Arbitraries.of(0xB0, 0xB1), Arbitraries.of(1, 7, 64, 66, 69), Arbitraries.of(0, 30, 127))
                .as(Message::of);
        Arbitrary<Integer> bends = Combinators.combine(Arbitraries.of(0xE0, 0xE1), Arbitraries.of(0, 1, 64))
                .as((status, value) -> Message.of(status, 0, value));
        Arbitrary<Integer> pressures = Arbitraries.of(0, 99).map(value -> Message.of(0xD1, value, 0));
        return Arbitraries.oneOf(notes, notes, controls, bends, pressures)
                .list()
                .ofMaxSize(100);
    }
}
