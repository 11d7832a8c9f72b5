package antiphon.corpus;

import antiphon.Fuzzing;
import antiphon.music.Performance;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Any bytes as a CSV of notes: refused with a reason, or pieces that can be written and read again as they were. */
public final class NotesCsvFuzz {
    private static final Path FOLDER = Fuzzing.folder("csv");

    private NotesCsvFuzz() {}

    /** One file. */
    public static void fuzzerTestOneInput(byte[] bytes) throws IOException {
        try {
            List<Piece> pieces = NotesCsv.read(Fuzzing.write(FOLDER.resolve("any.csv"), bytes));
            StringWriter text = new StringWriter();
            NotesCsv.writeHeader(text);
            for (Piece piece : pieces) {
                NotesCsv.writePiece(text, piece);
            }
            Path written = FOLDER.resolve("written.csv");
            Fuzzing.write(written, text.toString().getBytes(StandardCharsets.UTF_8));
            Fuzzing.require(
                    pieces.isEmpty() || music(NotesCsv.read(written)).equals(music(pieces)),
                    "another music after writing: " + text);
        } catch (CorpusException refused) {
            Fuzzing.requireSaid(refused, ".csv");
        }
    }

    /** Without names: in those, control characters become blanks. */
    private static List<Performance> music(List<Piece> pieces) {
        return pieces.stream().map(Piece::performance).toList();
    }
}
