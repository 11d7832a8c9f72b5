package antiphon.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antiphon.StandardError;
import antiphon.improv.Control;
import antiphon.model.RandomModel;
import antiphon.model.StackedLstm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class JournalTest {
    private static final StackedLstm MODEL = new StackedLstm(RandomModel.of(4, 6, 1, 1));
    private static final JournalHeader.Network NAME = new JournalHeader.Network("first", "1", "f16");
    private static final long MINUTE_NANOS = 60_000 * HandDriven.MILLI;

    @TempDir
    private Path folder = Path.of("");

    private final HandDriven session = HandDriven.of(MODEL);

    private Path file(String name) {
        return folder.resolve(name + Take.SUFFIX);
    }

    private void play() {
        session.note(60, 200);
        session.path.controls().submit(Control.REGISTER, 3);
        session.pass(2_000 * HandDriven.MILLI);
    }

    @Test
    void shouldHoldTheSameInTheFileAsInMemory() throws IOException {
        Path target = folder.resolve("new folder").resolve("a" + Take.SUFFIX);
        Journal journal = new Journal(session.tap, () -> session.header(NAME), target);
        journal.start();
        session.begin();
        play();
        journal.successor(new JournalHeader.Network("second", "2", "f16"), 1, session.nanos());
        play();
        journal.stop();
        journal.keep(file("kept"));
        assertThat(file("kept")).hasSameBinaryContentAs(target);
        JournalFormat.Contents contents = JournalFormat.read(target);
        assertThat(contents.header()).isEqualTo(session.header(NAME));
        assertThat(contents.entries()).extracting(JournalFormat.Entry::what).startsWith(Tap.BEGUN);
        assertThat(contents.entries())
                .extracting(JournalFormat.Entry::what)
                .contains(Tap.HEARD, Tap.ADVANCE, Tap.CONTROL, Tap.SENT, JournalFormat.TEXT)
                .doesNotContain(Tap.PLAN, Tap.PLANNED, Tap.STATE, JournalFormat.GAP)
                .contains(Tap.CHOSEN)
                .doesNotContain(Tap.CANDIDATE, Tap.MOTIF);
        assertThat(contents.entries())
                .extracting(JournalFormat.Entry::text)
                .contains("{\"file\":\"second\",\"sha256\":" + "\"2\",\"precision\":\"f16\"}");
    }

    @Test
    void shouldKeepWhatItWasToldAndNothingWhenItWasToldNothing() throws IOException {
        Journal journal = new Journal(session.tap, () -> session.header(NAME), null);
        journal.keep(file("empty"));
        assertThat(JournalFormat.read(file("empty")).entries())
                .containsExactly(new JournalFormat.Entry(JournalFormat.END, 0, 0, 0, 0, ""));
        assertThat(JournalFormat.read(file("empty")).header().complete()).isTrue();
        session.tap.write(Tap.HEARD, 60, 2, 100, Slot.COPIED);
        session.tap.write(Tap.PLAN, 1, 0, 100, 0);
        session.tap.write(Tap.ADVANCE, 0, 0, 200, 0);
        journal.keep(file("full"));
        assertThat(JournalFormat.read(file("full")).entries())
                .containsExactly(
                        new JournalFormat.Entry(Tap.HEARD, 2, 60, 100, Slot.COPIED, ""),
                        new JournalFormat.Entry(Tap.ADVANCE, 0, 0, 200, 0, ""),
                        new JournalFormat.Entry(JournalFormat.END, 0, 0, 200, 0, ""));
        assertThatThrownBy(() -> journal.keep(file("full"))).isInstanceOf(IOException.class);
    }

    @Test
    void shouldPutANetworkBehindWhatHappenedBefore() throws IOException {
        Journal journal = new Journal(session.tap, () -> session.header(NAME), null);
        session.tap.write(Tap.SUCCEEDED, 0, 0, 100, 0);
        journal.successor(NAME, 1, 200);
        session.tap.write(Tap.SUCCEEDED, 0, 0, 300, 0);
        journal.keep(file("a"));
        assertThat(JournalFormat.read(file("a")).entries())
                .extracting(JournalFormat.Entry::what)
                .containsExactly(Tap.SUCCEEDED, JournalFormat.TEXT, Tap.SUCCEEDED, JournalFormat.END);
    }

    @Test
    void shouldKeepTheLastTenMinutesOfALongSessionAndSaySo() throws IOException {
        Journal journal = new Journal(session.tap, () -> session.header(NAME), null);
        tellMinutes(journal, 9);
        journal.keep(file("young"));
        assertThat(JournalFormat.read(file("young")).header().complete()).isTrue();
        assertThat(JournalFormat.read(file("young")).entries().getFirst().nanos())
                .isZero();
        tellMinutes(journal, 30);
        journal.keep(file("old"));
        JournalFormat.Contents old = JournalFormat.read(file("old"));
        assertThat(old.header()).isEqualTo(session.header(NAME).incomplete());
        long kept = old.entries().getLast().nanos() - old.entries().getFirst().nanos();
        assertThat(kept).isBetween(10 * MINUTE_NANOS, 13 * MINUTE_NANOS);
    }

    /** A thousand records a minute, the last at the end of the last minute. */
    private void tellMinutes(Journal journal, int minutes) {
        long perMinute = 1_000;
        for (long record = 0; record <= minutes * perMinute; record++) {
            session.tap.write(Tap.ADVANCE, 0, 0, record * MINUTE_NANOS / perMinute, 0);
            if (record % perMinute == 0) {
                // Within the buffer of the tap.
                journal.successor(NAME, 1, record * MINUTE_NANOS / perMinute);
            }
        }
    }

    @Test
    void shouldSayThatSomethingIsMissingWhenItFellBehind() throws IOException {
        Tap small = new Tap(1 << 12);
        Journal journal = new Journal(small, () -> session.header(NAME), null);
        for (int record = 0; record < 1_000; record++) {
            small.write(Tap.ADVANCE, 0, 0, 77, 0);
        }
        journal.keep(file("a"));
        JournalFormat.Contents contents = JournalFormat.read(file("a"));
        assertThat(contents.header().complete()).isFalse();
        assertThat(contents.entries()).extracting(JournalFormat.Entry::what).contains(JournalFormat.GAP);
        assertThat(contents.entries()).extracting(JournalFormat.Entry::nanos).containsOnly(77L);
    }

    @Test
    void shouldSayInOneLineThatItsFileCannotBeMadeAndGoOnInMemory() throws IOException {
        Path missing = Path.of("/proc/antiphon/a" + Take.SUFFIX);
        try (StandardError errors = new StandardError()) {
            Journal journal = new Journal(session.tap, () -> session.header(NAME), missing);
            assertThat(errors.lines()).singleElement().asString().contains(missing + ": cannot be written (");
            assertGoesOnInMemory(journal);
            assertThat(errors.lines()).hasSize(1);
        }
    }

    @Test
    void shouldReplaceNoFile() throws IOException {
        Files.writeString(file("mine"), "mine");
        try (StandardError errors = new StandardError()) {
            assertGoesOnInMemory(new Journal(session.tap, () -> session.header(NAME), file("mine")));
            assertThat(errors.lines()).singleElement().asString().contains(file("mine") + ": cannot be written (");
        }
        assertThat(file("mine")).hasContent("mine");
    }

    @Test
    void shouldSayInOneLineThatItsBeginningCannotBeHadAndLeaveNoFile() throws IOException {
        int[] asked = new int[1];
        Supplier<JournalHeader> atFirstNot = () -> {
            if (asked[0]++ == 0) {
                throw new IllegalStateException("the network's file is gone");
            }
            return session.header(NAME);
        };
        try (StandardError errors = new StandardError()) {
            assertGoesOnInMemory(new Journal(session.tap, atFirstNot, file("a")));
            assertThat(errors.lines())
                    .singleElement()
                    .asString()
                    .contains(file("a") + ": not written, ", "the network's file is gone");
        }
        assertThat(file("a")).doesNotExist();
    }

    @Test
    void shouldLeaveNoFileWhenWhatIsToBeKeptHasNoBeginning() {
        Journal journal = new Journal(
                session.tap,
                () -> {
                    throw new IllegalStateException("the network's file is gone");
                },
                null);
        assertThatThrownBy(() -> journal.keep(file("a"))).isInstanceOf(IllegalStateException.class);
        assertThat(file("a")).doesNotExist();
    }

    private void assertGoesOnInMemory(Journal journal) throws IOException {
        journal.start();
        session.begin();
        session.note(60, 100);
        journal.stop();
        assertThat(journal.file()).isNull();
        journal.keep(file("kept"));
        assertThat(JournalFormat.read(file("kept")).entries())
                .extracting(JournalFormat.Entry::what)
                .contains(Tap.BEGUN, Tap.HEARD);
    }

    @Test
    void shouldNameItsFile() {
        Journal journal = new Journal(session.tap, () -> session.header(NAME), file("a"));
        assertThat(List.of(file("a"))).contains(journal.file());
        journal.start();
        journal.stop();
    }
}
