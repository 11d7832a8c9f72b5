package antiphon.corpus;

import antiphon.music.Note;
import antiphon.music.Performance;
import antiphon.music.Voice;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Transcribed jazz solos as tables (Weimar Jazz Database): {@code notes.csv} with the solo and its phrases,
 * {@code beats.csv} with the walking bass, {@code solos.csv} with the performers. The solo becomes the human's voice,
 * the bass the answer's; velocities, which the tables lack, are made up by {@link Touch}.
 */
final class JazzSolos {
    private static final String[] NOTES = {"melid", "onset", "duration", "pitch", "phrase"};
    private static final String[] BEATS = {"melid", "onset", "bass"};
    private static final String[] SOLOS = {"id", "performer"};
    private static final double LONGEST_BASS_SECONDS = 1.5;
    private static final double BASS_LEGATO = 0.92;
    private static final int UNSET_VELOCITY = 64;
    private static final long LEAD_NANOS = 500_000_000L;

    private JazzSolos() {}

    static List<Source> sources(Path folder) {
        List<String[]> performers = CsvTable.rows(folder.resolve("solos.csv"), SOLOS);
        Map<String, List<String[]>> notes = CsvTable.byFirst(CsvTable.rows(folder.resolve("notes.csv"), NOTES));
        Map<String, List<String[]>> beats = CsvTable.byFirst(CsvTable.rows(folder.resolve("beats.csv"), BEATS));
        List<Source> sources = new ArrayList<>();
        notes.forEach((id, rows) -> sources.add(told -> {
            try {
                String[] performer = performers.get(Integer.parseInt(id) - 1);
                return List.of(piece(performer, rows, beats.getOrDefault(id, List.of())));
            } catch (IllegalArgumentException | IndexOutOfBoundsException wrong) {
                throw new CorpusException(
                        folder + ": solo " + id + " has a value that is none (" + wrong.getMessage() + ").", wrong);
            }
        }));
        return sources;
    }

    /** All solos that have beats. */
    static List<PhrasedPiece> withBeats(Path folder) {
        List<String[]> performers = CsvTable.rows(folder.resolve("solos.csv"), SOLOS);
        Map<String, List<String[]>> notes = CsvTable.byFirst(CsvTable.rows(folder.resolve("notes.csv"), NOTES));
        Map<String, List<String[]>> beats = CsvTable.byFirst(CsvTable.rows(folder.resolve("beats.csv"), BEATS));
        List<PhrasedPiece> pieces = new ArrayList<>();
        notes.forEach((id, solo) -> {
            List<String[]> rows = beats.getOrDefault(id, List.of());
            if (!rows.isEmpty()) {
                double startSeconds = startSeconds(solo, rows);
                List<Long> nanos = rows.stream()
                        .map(row -> nanos(seconds(row) - startSeconds) + LEAD_NANOS)
                        .sorted()
                        .toList();
                pieces.add(PhrasedPiece.of(piece(performers.get(Integer.parseInt(id) - 1), solo, rows), nanos));
            }
        });
        return pieces;
    }

    private static double startSeconds(List<String[]> solo, List<String[]> beats) {
        return Math.min(seconds(solo.getFirst()), beats.isEmpty() ? 1e9 : seconds(beats.getFirst()));
    }

    private static Piece piece(String[] performer, List<String[]> solo, List<String[]> beats) {
        double startSeconds = startSeconds(solo, beats);
        List<Note> notes = new ArrayList<>();
        Map<String, Long> phrases = new LinkedHashMap<>();
        for (String[] row : solo) {
            long onsetNanos = nanos(seconds(row) - startSeconds) + LEAD_NANOS;
            phrases.putIfAbsent(row[4], onsetNanos);
            notes.add(new Note(
                    Voice.HUMAN,
                    onsetNanos,
                    nanos(Double.parseDouble(row[2])),
                    (int) Math.rint(Double.parseDouble(row[3])),
                    UNSET_VELOCITY));
        }
        addBass(notes, beats, startSeconds);
        String name = performer[1].strip();
        return new Piece(
                performer[0].replace("_FINAL.sv", ""),
                Touch.given(Performance.of(notes)),
                List.copyOf(phrases.values()),
                NamedByComposer.group(name.substring(name.lastIndexOf(' ') + 1)));
    }

    /** A bass note lasts until nearly the next beat; a pitch of 0, or none, is a beat on which the bass is silent. */
    private static void addBass(List<Note> notes, List<String[]> beats, double startSeconds) {
        for (int i = 0; i < beats.size(); i++) {
            int pitch = beats.get(i)[2].isEmpty() ? 0 : (int) Math.rint(Double.parseDouble(beats.get(i)[2]));
            if (pitch > 0) {
                double onset = seconds(beats.get(i));
                double next = i + 1 < beats.size() ? seconds(beats.get(i + 1)) : onset + 0.5;
                double length = Math.min(LONGEST_BASS_SECONDS, (next - onset) * BASS_LEGATO);
                notes.add(new Note(
                        Voice.ANSWER,
                        nanos(onset - startSeconds) + LEAD_NANOS,
                        nanos(Math.max(0, length)),
                        pitch,
                        UNSET_VELOCITY));
            }
        }
    }

    private static double seconds(String[] row) {
        return Double.parseDouble(row[1]);
    }

    private static long nanos(double seconds) {
        return Math.round(seconds * 1e9);
    }
}
