package antiphon.live;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.live.HeldNotesFile.LeftOver;
import antiphon.live.LeftNotes.Outcome;
import antiphon.midi.MidiException;
import antiphon.midi.PortInfo;
import antiphon.midi.memory.MemoryBackend;
import antiphon.midi.memory.MemoryBackend.SentOnly;
import antiphon.music.Lasting;
import antiphon.music.Message;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftNotesTest {
    private static final PortInfo PIANO = new PortInfo("piano:in", false, true);
    private static final PortInfo ORGAN = new PortInfo("organ:in", false, true);
    private static final PortInfo KEYB = new PortInfo("keyb:out", true, false);
    private static final int NOTE_OFF = Message.noteOff(1, 60);
    private static final int PEDAL_UP = Lasting.atRest(0, 1);

    @TempDir
    Path folder;

    private final MemoryBackend backend = new MemoryBackend();
    private final List<String> opened = new ArrayList<>();

    private Path file() {
        return folder.resolve("held-antiphon.notes");
    }

    private HeldNotesFile open() {
        return Objects.requireNonNull(HeldNotesFile.openOrWarn(file(), "memory"), "in use");
    }

    /** A key and the pedal are down, and then the program is gone. */
    private void leave(PortInfo... receivers) throws IOException {
        HeldNotesFile killed = open();
        killed.connected(
                List.of(KEYB.name()),
                List.of(List.of(receivers).stream().map(PortInfo::name).toList()),
                false);
        killed.of(0).began(1, 60);
        killed.of(0).moved(0, 1, true);
        killed.close();
    }

    private List<Outcome> release() throws IOException {
        try (LeftNotes left = new LeftNotes(name -> {
            opened.add(name);
            return backend;
        })) {
            return left.release(file());
        }
    }

    @Test
    void shouldEndNotesAndPedalsAtEveryReceiverByTheBackendThatKnowsThem() throws IOException {
        backend.plug(KEYB);
        backend.plug(PIANO);
        backend.plug(ORGAN);
        leave(PIANO, ORGAN);
        assertThat(release()).containsExactly(new Outcome("piano:in", 2, ""), new Outcome("organ:in", 2, ""));
        assertThat(opened).containsExactly("memory");
        assertThat(backend.sentOnly())
                .containsExactlyInAnyOrder(
                        new SentOnly("piano:in", PEDAL_UP),
                        new SentOnly("piano:in", NOTE_OFF),
                        new SentOnly("organ:in", PEDAL_UP),
                        new SentOnly("organ:in", NOTE_OFF));
        // The next session is connected to the same ones, and has nothing more to tell them.
        try (HeldNotesFile next = open()) {
            assertThat(next.leftOver())
                    .isEqualTo(new LeftOver(
                            "memory",
                            List.of(),
                            List.of("keyb:out"),
                            List.of(List.of("piano:in", "organ:in"), List.of(), List.of(), List.of())));
        }
        assertThat(release()).isEmpty();
    }

    @Test
    void shouldLeaveToTheNextSessionWhatCannotBeTold() throws IOException {
        backend.plug(PIANO);
        leave(PIANO, ORGAN);
        List<Outcome> outcomes = release();
        assertThat(outcomes).extracting(Outcome::receiver).containsExactly("piano:in", "organ:in");
        assertThat(outcomes.getFirst().failure()).isEmpty();
        assertThat(outcomes.getLast().failure()).startsWith("midi.out \"organ:in\": not there;");
        try (HeldNotesFile next = open()) {
            assertThat(next.leftOver().messages()).containsExactly(PEDAL_UP, NOTE_OFF);
        }
    }

    @Test
    void shouldLeaveAllToTheNextSessionWhereTheSystemIsGone() throws IOException {
        leave(PIANO);
        try (LeftNotes left = new LeftNotes(name -> {
            throw new MidiException("no server answers");
        })) {
            assertThat(left.release(file())).containsExactly(new Outcome("piano:in", 2, "no server answers"));
        }
        try (HeldNotesFile next = open()) {
            assertThat(next.leftOver().messages()).containsExactly(PEDAL_UP, NOTE_OFF);
        }
    }

    @Test
    void shouldNotTouchTheNotesOfAProgramThatRuns() throws IOException {
        backend.plug(PIANO);
        try (HeldNotesFile running = open()) {
            running.connected(List.of(), List.of(List.of(PIANO.name())), false);
            running.of(0).began(1, 60);
            assertThat(release()).isEmpty();
            assertThat(running.held(0)).containsExactly(NOTE_OFF);
        }
        assertThat(opened).isEmpty();
        assertThat(backend.sentOnly()).isEmpty();
    }
}
