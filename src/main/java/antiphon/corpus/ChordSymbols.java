package antiphon.corpus;

import antiphon.music.Scale;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** The chords and keys of POP909's annotations: {@code start end A:min7/b3} and {@code start end Bb:maj} a line, seconds. */
final class ChordSymbols {
    private static final int OCTAVE = 12;
    private static final String NONE = "N";
    private static final double NANOS_PER_SECOND = 1e9;
    private static final String NOTES = "C.D.EF.G.A.B";

    /** The pitch classes of each kind of chord on C. */
    private static final Map<String, Integer> KINDS = Map.ofEntries(
            Map.entry("maj", classes(0, 4, 7)),
            Map.entry("min", classes(0, 3, 7)),
            Map.entry("sus2", classes(0, 2, 7)),
            Map.entry("sus4", classes(0, 5, 7)),
            Map.entry("min7", classes(0, 3, 7, 10)),
            Map.entry("maj7", classes(0, 4, 7, 11)),
            Map.entry("7", classes(0, 4, 7, 10)),
            Map.entry("sus4(b7)", classes(0, 5, 7, 10)),
            Map.entry("maj6", classes(0, 4, 7, 9)),
            Map.entry("min6", classes(0, 3, 7, 9)),
            Map.entry("dim", classes(0, 3, 6)),
            Map.entry("dim7", classes(0, 3, 6, 9)),
            Map.entry("hdim7", classes(0, 3, 6, 10)),
            Map.entry("aug", classes(0, 4, 8)),
            Map.entry("minmaj7", classes(0, 3, 7, 11)));

    /** A line of a file; times in nanoseconds, a chord's classes or a key as {@link Scale#classesOf} takes it. */
    private record Line(long startNanos, long endNanos, int value) {
        long middle() {
            return (startNanos + endNanos) / 2;
        }

        double seconds() {
            return (endNanos - startNanos) / NANOS_PER_SECOND;
        }
    }

    private ChordSymbols() {}

    private static int classes(int... degrees) {
        int bits = 0;
        for (int degree : degrees) {
            bits |= 1 << degree;
        }
        return bits;
    }

    /**
     * The chords of a song, each with its key. The keys come from the recordings, some of which sound a semitone off: of
     * the keys given and those a semitone away the ones are taken that hold most of the chords' notes.
     */
    static List<ChordSong.Span> spans(Path chordFile, Path keyFile) throws IOException {
        List<Line> chords = lines(chordFile, true);
        List<Line> keys = lines(keyFile, false);
        if (keys.isEmpty()) {
            throw new CorpusException(keyFile + ": no key; one a line needed. Unpack the archive again.");
        }
        int shift = 0;
        double best = -1;
        for (int moved : new int[] {0, -1, 1}) {
            double held = 0;
            for (Line chord : chords) {
                int inside = Integer.bitCount(chord.value() & scale(keys, chord, moved));
                held += chord.seconds() * inside / Integer.bitCount(chord.value());
            }
            if (held > best + 1e-9) {
                best = held;
                shift = moved;
            }
        }
        int by = shift;
        return chords.stream()
                .map(chord ->
                        new ChordSong.Span(chord.startNanos(), chord.endNanos(), chord.value(), scale(keys, chord, by)))
                .toList();
    }

    private static int scale(List<Line> keys, Line chord, int shift) {
        Line key = keys.stream()
                .min(Comparator.comparingLong(each -> away(each, chord.middle())))
                .orElseThrow();
        int tonic = Math.floorMod(key.value() + shift, OCTAVE);
        return Scale.classesOf(key.value() < OCTAVE ? tonic : tonic + OCTAVE);
    }

    private static long away(Line line, long nanos) {
        return line.startNanos() <= nanos && nanos < line.endNanos()
                ? 0
                : Math.min(Math.abs(nanos - line.startNanos()), Math.abs(nanos - line.endNanos()));
    }

    private static List<Line> lines(Path file, boolean ofChords) throws IOException {
        List<Line> lines = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            String[] words = line.strip().split("\\s+", -1);
            if (line.isBlank() || words[words.length - 1].equals(NONE)) {
                continue;
            }
            try {
                String[] symbol = words[2].split("[:/]", -1);
                int root = pitchClass(symbol[0]);
                int value = ofChords
                        ? turned(KINDS.getOrDefault(symbol[1], 0), root)
                        : symbol[1].startsWith("min") ? root + OCTAVE : root;
                if (ofChords && value == 0) {
                    throw new IllegalArgumentException(symbol[1]);
                }
                lines.add(new Line(nanos(words[0]), nanos(words[1]), value));
            } catch (IllegalArgumentException | IndexOutOfBoundsException wrong) {
                throw new CorpusException(
                        file + ": \"" + line + "\" cannot be read; start, end and a symbol such as Bb:min7 needed."
                                + " Unpack the archive again.",
                        wrong);
            }
        }
        return lines;
    }

    private static int turned(int classes, int root) {
        return (classes << root | classes >> (OCTAVE - root)) & Scale.ALL_CLASSES;
    }

    private static long nanos(String seconds) {
        return Math.round(Double.parseDouble(seconds) * NANOS_PER_SECOND);
    }

    private static int pitchClass(String name) {
        int pitchClass = NOTES.indexOf(name.charAt(0));
        if (pitchClass < 0 || name.charAt(0) == '.') {
            throw new IllegalArgumentException(name);
        }
        for (char sign : name.substring(1).toCharArray()) {
            pitchClass += sign == '#' ? 1 : -1;
        }
        return Math.floorMod(pitchClass, OCTAVE);
    }
}
