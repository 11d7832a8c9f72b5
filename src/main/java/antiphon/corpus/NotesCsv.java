package antiphon.corpus;

import antiphon.file.Reason;
import antiphon.music.Note;
import antiphon.music.Performance;
import antiphon.music.Voice;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The interchange format for corpora: a line for each note, {@value #HEADER}.
 *
 * <p>UTF-8, decimal points whatever the locale, seconds with up to nine decimals, voices {@code human} and
 * {@code answer}. A piece's name is quoted as RFC 4180 says where it must be. Two more columns may follow, in this
 * order, and any others after them, which are not read: {@code phrase}, the number of the phrase that the note belongs
 * to, and {@code group}, see {@link Piece}. Either may be empty. Stateless; any thread.
 */
public final class NotesCsv {
    /** The first line of every file. */
    public static final String HEADER = "piece,voice,onset_seconds,duration_seconds,pitch,velocity";

    /** The columns that follow in the files we write. */
    static final String FURTHER_COLUMNS = ",phrase,group";

    private static final int COLUMNS = 6;
    private static final int PHRASE = 6;
    private static final int GROUP = 7;
    private static final Pattern DECIMAL = Pattern.compile("\\+?[0-9]*\\.?[0-9]*([eE][-+]?[0-9]{1,3})?");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,5}");
    private static final int MAX_PHRASES = 99_999;
    private static final double LONGEST_SECONDS = 168 * 3600;
    private static final int LONGEST_NUMBER = 40;

    private NotesCsv() {}

    /** Writes the header; to be followed by {@link #writePiece}. */
    public static void writeHeader(Writer out) throws IOException {
        out.write(HEADER + FURTHER_COLUMNS + "\n");
    }

    /** Writes the notes of one piece. */
    public static void writePiece(Writer out, Piece piece) throws IOException {
        String name = quoted(piece.name());
        List<Long> phrases = piece.phraseOnsetsNanos();
        int phrase = 0;
        for (Note note : piece.performance().notes()) {
            while (phrase < phrases.size() && phrases.get(phrase) <= note.onsetNanos()) {
                phrase++;
            }
            out.write(name + "," + Voice.name(note.voice()) + "," + seconds(note.onsetNanos()) + ","
                    + seconds(note.durationNanos()) + "," + note.pitch() + "," + note.velocity() + ","
                    + (phrase == 0 ? "" : phrase) + "," + piece.group() + "\n");
        }
    }

    private static String quoted(String name) {
        String line = bare(name);
        boolean plain = !line.isEmpty() && line.indexOf(',') < 0 && line.indexOf('"') < 0 && line.equals(line.strip());
        return plain ? line : "\"" + line.replace("\"", "\"\"") + "\"";
    }

    /** Every line is one note, so no name contains a line break. */
    private static String bare(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }

    private static String seconds(long nanos) {
        return BigDecimal.valueOf(nanos, 9).stripTrailingZeros().toPlainString();
    }

    /**
     * Reads all pieces, in the order in which they first appear.
     *
     * @throws CorpusException one line with the number of the line at fault
     */
    public static List<Piece> read(Path path) {
        Map<String, Draft> pieces = new LinkedHashMap<>();
        eachNote(path, (note, fields, place) -> pieces.computeIfAbsent(fields[0], name -> new Draft())
                .add(note, fields, place));
        List<Piece> read = new ArrayList<>(pieces.size());
        pieces.forEach((name, draft) -> read.add(draft.done(name)));
        return read;
    }

    /**
     * What is wrong with a file that could not be read piece by piece: one line for people, with the number of the
     * first line at fault. Reads the file once more.
     */
    static String fault(Path path, Exception found) {
        try {
            eachNote(path, (note, fields, place) -> new Draft().add(note, fields, place));
        } catch (CorpusException fault) {
            return String.valueOf(fault.getMessage());
        }
        return found instanceof IOException failure
                ? unreadable(path.toString(), failure)
                : String.valueOf(found.getMessage());
    }

    private static void eachNote(Path path, Taker taker) {
        int line = 1;
        try (ByteLines lines = new ByteLines(path)) {
            boolean further = isFurther(lines.next() ? lines.text() : null, path);
            line++;
            for (; lines.next(); line++) {
                String text = lines.text();
                if (!text.isBlank()) {
                    Place place = new Place(path, line);
                    String[] fields = split(text, place, further);
                    taker.take(note(fields, place), fields, place);
                }
            }
        } catch (CharacterCodingException notText) {
            throw new CorpusException(
                    path + ":" + line + ": not UTF-8 text from here on; a CSV of notes needed. Save it as UTF-8.",
                    notText);
        } catch (IOException failure) {
            throw new CorpusException(unreadable(path + ":" + line, failure), failure);
        }
    }

    private static String unreadable(String where, IOException failure) {
        return where + ": cannot be read (" + Reason.of(failure) + "); a CSV of notes needed. Check the file.";
    }

    /**
     * The piece that has these lines, at least one of them with a note; {@link CorpusException} if one is at fault.
     *
     * @param lines without their ends, in the order of the file
     * @param further as {@link #isFurther} said of the file's header
     */
    static Piece piece(Path path, Stream<String> lines, boolean further) {
        Place place = new Place(path, 0);
        Draft draft = new Draft();
        String[] name = {""};
        lines.filter(line -> !line.isBlank()).forEachOrdered(line -> {
            String[] fields = split(line, place, further);
            draft.add(note(fields, place), fields, place);
            name[0] = fields[0];
        });
        return draft.done(name[0]);
    }

    /**
     * Whether this header names the columns that may follow.
     *
     * @throws CorpusException one line, if it is no header
     */
    static boolean isFurther(@org.jspecify.annotations.Nullable String header, Path path) {
        return requireHeader(header, path).startsWith(HEADER + FURTHER_COLUMNS);
    }

    private static String requireHeader(@org.jspecify.annotations.Nullable String line, Path path) {
        String header = line == null ? "" : line.strip();
        // Spreadsheets put a byte order mark before UTF-8.
        String bare = header.startsWith("\uFEFF") ? header.substring(1) : header;
        if (!bare.equals(HEADER) && !bare.startsWith(HEADER + ",")) {
            throw new CorpusException(path + ":1: found \"" + shortened(bare) + "\"; the header must begin with "
                    + HEADER + ". Write such a file with antiphon import.");
        }
        return bare;
    }

    /** The first six columns, and phrase and group, empty where there are none; only the first may be quoted. */
    private static String[] split(String line, Place where, boolean further) {
        Head head = Head.of(line, where);
        String[] fields = new String[GROUP + 1];
        Arrays.fill(fields, "");
        fields[0] = head.piece();
        int rest = head.rest();
        for (int i = 1; i < (further ? fields.length : COLUMNS); i++) {
            if (rest > line.length()) {
                if (i >= COLUMNS) {
                    return fields;
                }
                throw new CorpusException(
                        where + ": " + i + " columns; " + COLUMNS + " needed (" + HEADER + "). Complete the line.");
            }
            int comma = line.indexOf(',', rest);
            int end = comma < 0 ? line.length() : comma;
            fields[i] = line.substring(rest, end).strip();
            rest = end + 1;
        }
        return fields;
    }

    private static Note note(String[] fields, Place where) {
        int voice =
                switch (fields[1]) {
                    case "human" -> Voice.HUMAN;
                    case "answer" -> Voice.ANSWER;
                    default -> throw wrong(where, "voice", fields[1], "human or answer");
                };
        return new Note(
                voice,
                nanos(fields[2], "onset_seconds", where),
                nanos(fields[3], "duration_seconds", where),
                number(fields[4], "pitch", 0, 127, where),
                number(fields[5], "velocity", 1, 127, where));
    }

    private static long nanos(String text, String column, Place where) {
        double seconds = Double.NaN;
        // Java would also take NaN, 0x1p3 and 1d.
        if (text.length() <= LONGEST_NUMBER && DECIMAL.matcher(text).matches()) {
            try {
                seconds = Double.parseDouble(text);
            } catch (NumberFormatException notANumber) {
                seconds = Double.NaN;
            }
        }
        if (!(seconds >= 0 && seconds <= LONGEST_SECONDS)) {
            throw wrong(where, column, text, "0 to " + (long) LONGEST_SECONDS);
        }
        return Math.round(seconds * 1e9);
    }

    private static int number(String text, String column, int lowest, int highest, Place where) {
        int value = NUMBER.matcher(text).matches() ? Integer.parseInt(text) : -1;
        if (value < lowest || value > highest) {
            throw wrong(where, column, text, lowest + " to " + highest);
        }
        return value;
    }

    private static CorpusException wrong(Place where, String column, String found, String allowed) {
        return new CorpusException(
                where + ": " + column + " = " + shortened(found) + "; allowed: " + allowed + ". Correct the line.");
    }

    private static String shortened(String text) {
        String line = bare(text);
        return line.length() <= 60 ? line : line.substring(0, 60) + "…";
    }

    /** Takes the notes as they come, each with its line's columns and with where it stands. */
    @FunctionalInterface
    private interface Taker {
        void take(Note note, String[] fields, Place place);
    }

    /**
     * The first column of a line, the only one that may be quoted.
     *
     * @param piece what it says, with blanks for control characters, as it is written
     * @param rest where the second column begins; beyond the line's end, if there is none
     */
    record Head(String piece, int rest) {
        /** Of the line of a file; {@link CorpusException} if it is not quoted as it must be. */
        static Head of(Path path, String line) {
            return of(line, new Place(path, 0));
        }

        private static Head of(String line, Place where) {
            if (!line.startsWith("\"")) {
                int comma = line.indexOf(',');
                return comma < 0
                        ? new Head(line, line.length() + 1)
                        : new Head(bare(line.substring(0, comma)).strip(), comma + 1);
            }
            int end = 1;
            while (end < line.length() && (line.charAt(end) != '"' || line.startsWith("\"\"", end))) {
                end += line.charAt(end) == '"' ? 2 : 1;
            }
            if (!line.startsWith("\",", end)) {
                throw new CorpusException(
                        where + ": a quoted piece without its closing quote; \"name\", needed. Add it.");
            }
            return new Head(bare(line.substring(1, end)).replace("\"\"", "\""), end + 2);
        }
    }

    /** Where in a file something stands; line 0 if that is not known. */
    private record Place(Path path, int line) {
        @Override
        public String toString() {
            return path + ":" + line;
        }
    }

    /** A piece while its lines are being read. */
    private static final class Draft {
        private final List<Note> notes = new ArrayList<>();
        private final NavigableMap<Integer, Long> phraseOnsets = new TreeMap<>();
        private String group = "";

        void add(Note note, String[] fields, Place where) {
            notes.add(note);
            if (!fields[PHRASE].isEmpty()) {
                phraseOnsets.merge(
                        number(fields[PHRASE], "phrase", 0, MAX_PHRASES, where), note.onsetNanos(), Math::min);
            }
            group = fields[GROUP].isEmpty() ? group : fields[GROUP];
        }

        Piece done(String name) {
            return new Piece(name, Performance.of(notes), List.copyOf(phraseOnsets.values()), group);
        }
    }
}
