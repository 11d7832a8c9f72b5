package antiphon.judge;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.corpus.NotesCsv;
import antiphon.corpus.Piece;
import antiphon.improv.Mode;
import antiphon.improv.Settings;
import antiphon.model.RandomModel;
import antiphon.model.StackedLstm;
import antiphon.music.Note;
import antiphon.music.Voice;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChosenAnswersTest {
    private static final StackedLstm MODEL = new StackedLstm(RandomModel.of(8, 12, 1, 5));
    private static final int CALLS = 5;

    /** Training reads them as conversations: see {@code corpus.Dialogues}. */
    @Test
    void shouldWriteConversationsThatTheHumanBegins(@TempDir Path folder) throws IOException {
        String written = written(1);
        Path file = Files.writeString(folder.resolve("chosen.csv"), written);
        List<Piece> pieces = NotesCsv.read(file);
        assertThat(pieces).hasSizeBetween(1, CALLS);
        for (Piece piece : pieces) {
            List<Note> notes = piece.performance().notes();
            long lastCall = notes.stream()
                    .filter(note -> note.voice() == Voice.HUMAN)
                    .mapToLong(Note::onsetNanos)
                    .max()
                    .orElseThrow();
            assertThat(notes.getFirst().voice()).isEqualTo(Voice.HUMAN);
            assertThat(notes.stream().filter(note -> note.voice() == Voice.ANSWER))
                    .isNotEmpty()
                    .allSatisfy(note -> assertThat(note.onsetNanos()).isGreaterThan(lastCall));
        }
    }

    @Test
    void shouldAnswerAlikeOnSeveralThreads() throws IOException {
        assertThat(written(3)).isEqualTo(written(1));
    }

    private static String written(int threads) throws IOException {
        List<Integer> progress = new ArrayList<>();
        StringWriter written = new StringWriter();
        int answered = ChosenAnswers.write(
                MODEL, Settings.standard(Mode.CALL), MadeUpMusic.pieces(30, 3), CALLS, written, threads, progress::add);
        assertThat(progress).containsExactly(1, 2, 3, 4, 5);
        assertThat(answered).isBetween(1, CALLS);
        return written.toString();
    }
}
