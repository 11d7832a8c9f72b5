package antiphon.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antiphon.dashboard.TakeException;
import antiphon.dashboard.Takes;
import antiphon.improv.Control;
import antiphon.improv.Mode;
import antiphon.improv.Settings;
import antiphon.live.JournalHeader;
import antiphon.live.LiveSession;
import antiphon.live.Ports;
import antiphon.live.Take;
import antiphon.midi.file.MidiFile;
import antiphon.midi.file.MidiFileReader;
import antiphon.midi.file.MidiTrack;
import antiphon.midi.memory.MemoryBackend;
import antiphon.model.RandomModel;
import antiphon.model.StackedLstm;
import antiphon.music.Message;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The takes of a session on ports in memory: in harmony, which answers at once. */
@Timeout(120)
class TakeShelfTest {
    private static final StackedLstm MODEL = new StackedLstm(RandomModel.of(8, 12, 1, 1));

    @TempDir
    private Path folder = Path.of("");

    private final MemoryBackend backend = new MemoryBackend(System::nanoTime, true);
    private final LiveSession session =
            new LiveSession(backend, MODEL, Settings.standard(Mode.HARMONY), 7, Ports.unconnected(false));

    @AfterEach
    void close() {
        session.close();
    }

    /** @param recorded the file that the session is recorded to, or null for memory alone */
    private TakeShelf shelf(@Nullable Path recorded) {
        session.record("0", "today", () -> new JournalHeader.Network("first", "1", "f16"), recorded);
        session.start();
        return new TakeShelf(folder, session::journal);
    }

    private void play() {
        for (int pitch = 60; pitch < 64; pitch++) {
            backend.input("in").inject(Message.noteOn(0, pitch, 80), System.nanoTime());
            backend.input("in").inject(Message.noteOff(0, pitch), System.nanoTime());
        }
        // It is taken after what was played before it.
        session.controls().apply(Control.PANIC, 0);
    }

    private static byte[] bytes(Takes.Download file) throws IOException {
        try (InputStream in = file.content()) {
            return in.readAllBytes();
        }
    }

    @Test
    void shouldKeepListReadAndDelete() throws IOException {
        TakeShelf shelf = shelf(null);
        play();
        Takes.Entry kept = shelf.keep();
        assertThat(kept.notesHuman()).isEqualTo(4);
        assertThat(kept.notesAnswer()).isPositive();
        assertThat(shelf.list()).containsExactly(kept);
        assertThat(shelf.list().getFirst().id()).isNotEqualTo(kept.name()).hasSizeGreaterThan(20);
        MidiFile midi = MidiFileReader.read(bytes(shelf.midi(kept.id()).orElseThrow()), "take");
        assertThat(midi.tracks()).extracting(MidiTrack::name).contains("human", "answer");
        Takes.Music music = shelf.music(kept.id()).orElseThrow();
        assertThat(music.notes().stream().filter(Takes.Played::human)).hasSize(4);
        assertThat(music.notes().stream().filter(note -> !note.human())).hasSize(kept.notesAnswer());
        Takes.Download wav = shelf.wav(kept.id()).orElseThrow();
        byte[] sound = bytes(wav);
        assertThat(sound).startsWith("RIFF".getBytes(StandardCharsets.US_ASCII)).hasSize((int) wav.bytes());
        assertThat(shelf.delete(kept.id())).isTrue();
        assertThat(folder).isEmptyDirectory();
        assertThat(shelf.delete(kept.id())).isFalse();
        assertThat(shelf.midi(kept.id())).isEmpty();
    }

    @Test
    void shouldHandOutTheLastAnswerAlone() throws IOException {
        TakeShelf shelf = shelf(null);
        assertThat(shelf.lastAnswer()).isEmpty();
        play();
        MidiFile midi = MidiFileReader.read(bytes(shelf.lastAnswer().orElseThrow()), "answer");
        assertThat(midi.tracks().stream().filter(track -> !track.notes().isEmpty()))
                .extracting(MidiTrack::name)
                .containsExactly("answer");
        assertThat(folder).as("asked for and not kept").isEmptyDirectory();
    }

    @Test
    void shouldKeepNothingWhereNothingWasPlayed() {
        TakeShelf shelf = shelf(null);
        assertThatThrownBy(shelf::keep).isInstanceOf(TakeException.class).hasMessageContaining("nothing was played");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void shouldNeitherReadNorDeleteWhatIsBeingRecorded() {
        Path recorded = folder.resolve("now" + Take.SUFFIX);
        TakeShelf shelf = shelf(recorded);
        play();
        Takes.Entry entry = shelf.list().getFirst();
        assertThat(entry.recording()).isTrue();
        assertThatThrownBy(() -> shelf.midi(entry.id())).isInstanceOf(TakeException.class);
        assertThatThrownBy(() -> shelf.delete(entry.id())).isInstanceOf(TakeException.class);
        assertThat(recorded).exists();
        assertThat(Take.isBeingWritten(recorded)).as("the lock is still held").isTrue();
    }

    @Test
    void shouldNameNoFileByAnIdAndSayWhatIsDamaged() throws IOException {
        Files.writeString(folder.resolve("broken" + Take.SUFFIX), "no journal");
        Files.writeString(folder.resolve("other.txt"), "not a take");
        TakeShelf shelf = shelf(null);
        List<Takes.Entry> all = shelf.list();
        assertThat(all).hasSize(1);
        assertThat(all.getFirst().damage()).contains("broken.journal");
        assertThatThrownBy(() -> shelf.midi(all.getFirst().id())).isInstanceOf(TakeException.class);
        for (String id : List.of("broken", "broken.journal", "other.txt", "../" + folder.getFileName(), "", "..")) {
            assertThat(shelf.midi(id)).as(id).isEmpty();
            assertThat(shelf.delete(id)).as(id).isFalse();
        }
        assertThat(shelf.delete(all.getFirst().id())).isTrue();
        assertThat(folder.resolve("other.txt")).exists();
    }
}
