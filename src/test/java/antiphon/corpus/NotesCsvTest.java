package antiphon.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antiphon.music.Note;
import antiphon.music.Performance;
import antiphon.music.Voice;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NotesCsvTest {
    private static final long LONGEST_NANOS = 48 * 3600 * 1_000_000_000L;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Property(tries = 150)
    void shouldReadWhatItWrote(@ForAll("pieces") List<Piece> pieces) throws IOException {
        Path file = Files.createTempFile("notes", ".csv");
        try {
            List<Piece> named = new ArrayList<>();
            for (int i = 0; i < pieces.size(); i++) {
                Performance performance = pieces.get(i).performance();
                // Phrases begin with the first note, if they are marked at all.
                List<Long> phrases = performance.notes().stream()
                        .map(Note::onsetNanos)
                        .distinct()
                        .limit(i % 4)
                        .toList();
                named.add(new Piece(i + pieces.get(i).name(), performance, phrases, i % 2 == 0 ? "" : "chopin"));
            }
            TestPieces.writeCsv(file, named);
            assertThat(NotesCsv.read(file)).isEqualTo(named);
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void shouldWriteDecimalPointsWhateverTheLocale() throws IOException {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            Note note = new Note(Voice.ANSWER, 1_500_000_000L, 250_000_001L, 60, 64);
            Path file = folder.resolve("notes.csv");
            TestPieces.writeCsv(file, List.of(new Piece("blues/03", Performance.of(List.of(note)))));

            assertThat(Files.readString(file))
                    .isEqualTo(NotesCsv.HEADER + ",phrase,group\nblues/03,answer,1.5,0.250000001,60,64,,\n");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void shouldReadWhatSpreadsheetsWrite() throws IOException {
        Path file = folder.resolve("notes.csv");
        Files.writeString(
                file,
                "\uFEFF" + NotesCsv.HEADER + ",beat\r\n\"Suite, \"\"in\"\" A\",human,1E-1,2,60,64,1.5\r\n\r\n"
                        + "b, human , 0 ,.5,0,1\r\n");

        List<Piece> pieces = NotesCsv.read(file);

        assertThat(pieces).extracting(Piece::name).containsExactly("Suite, \"in\" A", "b");
        assertThat(pieces.getFirst().performance().notes())
                .containsExactly(new Note(Voice.HUMAN, 100_000_000L, 2_000_000_000L, 60, 64));
        assertThat(pieces.getLast().performance().notes())
                .containsExactly(new Note(Voice.HUMAN, 0, 500_000_000L, 0, 1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a,human,0,1,60,200|velocity = 200; allowed: 1 to 127. Correct the line.",
                "a,human,0,1,60,0|velocity = 0; allowed: 1 to 127. Correct the line.",
                "a,human,0,1,-1,64|pitch = -1; allowed: 0 to 127. Correct the line.",
                "a,human,0,1,60.5,64|pitch = 60.5; allowed: 0 to 127. Correct the line.",
                "a,robot,0,1,60,64|voice = robot; allowed: human or answer. Correct the line.",
                "a,human,-1,1,60,64|onset_seconds = -1; allowed: 0 to 604800. Correct the line.",
                "a,human,0,NaN,60,64|duration_seconds = NaN; allowed: 0 to 604800. Correct the line.",
                "a,human,0,1e99,60,64|duration_seconds = 1e99; allowed: 0 to 604800. Correct the line.",
                "a,human,0,,60,64|duration_seconds = ; allowed: 0 to 604800. Correct the line.",
                "a,human,0|3 columns; 6 needed (piece,voice,onset_seconds,duration_seconds,pitch,velocity)."
                        + " Complete the line.",
                "\"a,human,0,1,60,64|a quoted piece without its closing quote; \"name\", needed. Add it.",
            },
            quoteCharacter = '\'')
    void shouldNameTheLineAtFault(String line, String message) throws IOException {
        Path file = folder.resolve("notes.csv");
        Files.writeString(file, NotesCsv.HEADER + "\na,human,0,1,60,64\n" + line + "\n");

        assertThatThrownBy(() -> NotesCsv.read(file))
                .isInstanceOf(CorpusException.class)
                .hasMessage(file + ":3: " + message);
    }

    @Test
    void shouldRequireTheHeader() throws IOException {
        Path file = folder.resolve("notes.csv");
        Files.writeString(file, "melid,onset\n1,2\n");

        assertThatThrownBy(() -> NotesCsv.read(file))
                .isInstanceOf(CorpusException.class)
                .hasMessageStartingWith(file + ":1: found \"melid,onset\"; the header must begin with piece,voice");
    }

    @Test
    void shouldSayThatAFileIsNotText() throws IOException {
        Path file = folder.resolve("notes.csv");
        Files.write(file, (NotesCsv.HEADER + "\n\u00e9").getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> NotesCsv.read(file))
                .isInstanceOf(CorpusException.class)
                .hasMessageContaining("not UTF-8 text");
    }

    @Provide
    Arbitrary<List<Piece>> pieces() {
        Arbitrary<Note> notes = Combinators.combine(
                        Arbitraries.integers().between(0, 1),
                        Arbitraries.longs().between(0, LONGEST_NANOS),
                        Arbitraries.longs().between(0, LONGEST_NANOS),
                        Arbitraries.integers().between(0, 127),
                        Arbitraries.integers().between(1, 127))
                .as(Note::new);
        Arbitrary<String> names =
                Arbitraries.strings().withChars("ab,\" é/;'").ofMaxLength(8).map(name -> name + "x");
        return Combinators.combine(
                        names, notes.list().ofMinSize(1).ofMaxSize(20).map(Performance::of))
                .as(Piece::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(4);
    }

    @Test
    void shouldRefuseALineThatIsTooLongForANote() throws IOException {
        Path csv = Files.createTempFile("long", ".csv");
        try {
            Files.writeString(csv, NotesCsv.HEADER + "\na,human,0,1,60,64\n" + "x".repeat(ByteLines.MAX_BYTES + 1));
            assertThatThrownBy(() -> NotesCsv.read(csv))
                    .isInstanceOf(CorpusException.class)
                    .hasMessage(csv + ":3: cannot be read (a line of more than 1 MiB); a CSV of notes needed. Check the"
                            + " file.");
        } finally {
            Files.delete(csv);
        }
    }
}
