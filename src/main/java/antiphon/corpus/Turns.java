package antiphon.corpus;

import antiphon.music.Note;
import antiphon.music.Performance;
import antiphon.music.Voice;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.SplittableRandom;

/**
 * Cuts one part into turns of two voices: {@value #SHORTEST} to {@value #LONGEST} notes each, cut at a marked phrase
 * where there is one and otherwise at the longest pause, each followed by a phrase end. Notes still held when the turn
 * passes end where they end. Pure.
 */
public final class Turns {
    static final int SHORTEST = 8;
    static final int LONGEST = 60;

    private static final long CHORD_NANOS = 5_000_000L;
    private static final long LONGEST_PAUSE_NANOS = 400_000_000L;

    private Turns() {}

    /**
     * The voices in alternation.
     *
     * @param notes of one part, by onset
     * @param phraseOnsets where a phrase is marked, in nanoseconds; may be empty
     */
    public static Performance alternating(List<Note> notes, NavigableSet<Long> phraseOnsets, SplittableRandom random) {
        List<Note> labelled = new ArrayList<>(notes.size());
        List<Long> phraseEnds = new ArrayList<>();
        int voice = random.nextInt(Voice.COUNT);
        int begin = 0;
        while (begin < notes.size()) {
            int end = turnEnd(notes, begin, phraseOnsets, random);
            for (Note note : notes.subList(begin, end)) {
                labelled.add(note.inVoice(voice));
            }
            phraseEnds.add(phraseEndNanos(notes, begin, end, random));
            voice = 1 - voice;
            begin = end;
        }
        return new Performance(labelled, phraseEnds);
    }

    /** One voice up to somewhere in the middle half, the other from there on. */
    static Performance handover(List<Note> notes, NavigableSet<Long> phraseOnsets, SplittableRandom random) {
        int earliest = Math.max(1, notes.size() / 4 + random.nextInt(notes.size() / 2));
        int end = afterChord(
                notes, breath(notes, earliest, Math.min(earliest + LONGEST, notes.size() - 1), phraseOnsets));
        int voice = random.nextInt(Voice.COUNT);
        List<Note> labelled = new ArrayList<>(notes.size());
        for (int i = 0; i < notes.size(); i++) {
            labelled.add(notes.get(i).inVoice(i < end ? voice : 1 - voice));
        }
        return new Performance(labelled, List.of(phraseEndNanos(notes, 0, end, random)));
    }

    /** One past the turn's last note: near a length drawn at random. */
    private static int turnEnd(List<Note> notes, int begin, NavigableSet<Long> phraseOnsets, SplittableRandom random) {
        double wanted = SHORTEST * Math.pow((double) LONGEST / SHORTEST, random.nextDouble());
        int earliest = begin + Math.max(SHORTEST, (int) (wanted * 0.6));
        int latest = begin + Math.min(LONGEST, (int) (wanted * 1.4));
        if (latest + SHORTEST > notes.size()) {
            return notes.size();
        }
        return afterChord(notes, breath(notes, earliest, latest, phraseOnsets));
    }

    /** A chord is never cut, however many notes it has. */
    private static int afterChord(List<Note> notes, int end) {
        int after = end;
        while (after < notes.size()
                && notes.get(after).onsetNanos() - notes.get(after - 1).onsetNanos() < CHORD_NANOS) {
            after++;
        }
        return after;
    }

    /** The first marked phrase between these notes; if there is none, the longest pause before an onset. */
    private static int breath(List<Note> notes, int earliest, int latest, NavigableSet<Long> phraseOnsets) {
        int best = earliest;
        long longestNanos = -1;
        for (int end = earliest; end <= latest; end++) {
            long lastNanos = notes.get(end - 1).onsetNanos();
            long nextNanos = notes.get(end).onsetNanos();
            Long phraseNanos = phraseOnsets.floor(nextNanos + CHORD_NANOS / 2);
            if (phraseNanos != null && phraseNanos > lastNanos + CHORD_NANOS / 2) {
                return end;
            }
            if (nextNanos - lastNanos > longestNanos) {
                longestNanos = nextNanos - lastNanos;
                best = end;
            }
        }
        return best;
    }

    /** After the turn's last note has ended, if there is time before the next turn; otherwise as the next one begins. */
    private static long phraseEndNanos(List<Note> notes, int begin, int end, SplittableRandom random) {
        long silentNanos = notes.subList(begin, end).stream()
                .mapToLong(Note::offsetNanos)
                .max()
                .orElse(0);
        long pauseNanos = random.nextLong(LONGEST_PAUSE_NANOS);
        if (end == notes.size()) {
            return silentNanos + pauseNanos + 1;
        }
        // Onsets are varied a little; the next turn must not begin before this one has ended.
        long nextNanos = notes.get(end).onsetNanos() - 2_000_000L;
        return Math.max(0, Math.min(silentNanos + pauseNanos, nextNanos));
    }
}
