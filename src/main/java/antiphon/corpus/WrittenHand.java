package antiphon.corpus;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one hand plays in a written call. Immutable.
 *
 * @param chords in order
 * @param barSteps where the first bar begins that is whole, in steps of the grid; 0 if the first one is
 */
record WrittenHand(List<Chord> chords, double barSteps) {
    private static final Pattern TOKEN = Pattern.compile("(?<keys>-|[A-G][^/]*)(?:/(?<length>\\d+(?:\\.\\d+)?))?");
    private static final Pattern KEY = Pattern.compile("(?<letter>[A-G])(?<sign>[#b]?)(?<octave>[0-8])");
    private static final String LETTERS = "C D EF G A B";
    private static final int OCTAVE = 12;
    private static final double SAME = 1e-6;

    /** Notes that begin together; all in steps of the grid. */
    record Chord(double onsetSteps, double lengthSteps, List<Integer> pitches) {}

    /**
     * Reads the notes of a line.
     *
     * @throws CorpusException one line, that begins with where
     */
    static WrittenHand of(String text, int stepsPerBar, String where) {
        List<Chord> chords = new ArrayList<>();
        double at = 0;
        double length = Double.NaN;
        double bar = Double.NaN;
        for (String token : text.strip().split("\\s+", -1)) {
            if (token.equals("|")) {
                bar = Double.isNaN(bar) ? at % stepsPerBar : bar;
                requireBar(at, bar, stepsPerBar, where);
                continue;
            }
            Matcher note = TOKEN.matcher(token);
            if (!note.matches() || (note.group("length") == null && Double.isNaN(length))) {
                throw wrong(token, where);
            }
            length = note.group("length") == null ? length : Double.parseDouble(note.group("length"));
            if (!note.group("keys").equals("-")) {
                chords.add(new Chord(at, length, pitches(note.group("keys"), where)));
            }
            at += length;
        }
        return new WrittenHand(List.copyOf(chords), Double.isNaN(bar) ? 0 : bar);
    }

    private static void requireBar(double at, double bar, int stepsPerBar, String where) {
        double over = Math.IEEEremainder(at - bar, stepsPerBar);
        if (Math.abs(over) > SAME) {
            throw new CorpusException(where + ": a bar line after step " + at + "; allowed: every " + stepsPerBar
                    + " from the first on. Correct the lengths before it.");
        }
    }

    private static List<Integer> pitches(String keys, String where) {
        List<Integer> pitches = new ArrayList<>();
        for (String key : keys.split("\\+", -1)) {
            Matcher parts = KEY.matcher(key);
            if (!parts.matches()) {
                throw wrong(keys, where);
            }
            int sign = "b#".indexOf(parts.group("sign").isEmpty() ? " " : parts.group("sign"));
            int shift = sign < 0 ? 0 : 2 * sign - 1;
            pitches.add(OCTAVE * (Integer.parseInt(parts.group("octave")) + 1)
                    + LETTERS.indexOf(parts.group("letter"))
                    + shift);
        }
        return pitches;
    }

    private static CorpusException wrong(String token, String where) {
        return new CorpusException(where + ": \"" + token + "\"; allowed: notes such as F#4/2 or C4+E4/1, -/2, and |."
                + " Correct the line.");
    }
}
