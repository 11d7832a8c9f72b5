package antiphon.corpus;

import antiphon.music.Note;
import antiphon.music.Performance;
import antiphon.music.Voice;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The solos of the Weimar Jazz Database, alone, with the beats of those who accompanied them. */
final class JazzBeats {
    private static final int UNSET_VELOCITY = 64;

    private JazzBeats() {}

    static List<BeatPiece> read(Path folder, int size) {
        Map<String, List<String[]>> notes =
                CsvTable.byFirst(CsvTable.rows(folder.resolve("notes.csv"), "melid", "onset", "duration", "pitch"));
        Map<String, List<String[]>> beats =
                CsvTable.byFirst(CsvTable.rows(folder.resolve("beats.csv"), "melid", "onset"));
        List<String> both = notes.keySet().stream().filter(beats::containsKey).toList();
        List<BeatPiece> pieces = new ArrayList<>();
        for (String id : EvenSample.of(both, size)) {
            try {
                pieces.add(piece(id, notes.getOrDefault(id, List.of()), beats.getOrDefault(id, List.of())));
            } catch (IllegalArgumentException wrong) {
                throw new CorpusException(
                        folder + ": solo " + id + " has a value that is none (" + wrong.getMessage()
                                + "). Unpack the archive again.",
                        wrong);
            }
        }
        return pieces;
    }

    private static BeatPiece piece(String id, List<String[]> solo, List<String[]> beats) {
        List<Note> notes = new ArrayList<>();
        for (String[] row : solo) {
            notes.add(new Note(
                    Voice.HUMAN,
                    nanos(row[1]),
                    nanos(row[2]),
                    (int) Math.rint(Double.parseDouble(row[3])),
                    UNSET_VELOCITY));
        }
        return new BeatPiece(
                id,
                Touch.given(Performance.of(notes)).notes(),
                beats.stream().map(row -> nanos(row[1])).sorted().toList());
    }

    private static long nanos(String seconds) {
        return Math.round(Double.parseDouble(seconds) * 1e9);
    }
}
