package antiphon.judge;

import antiphon.corpus.Piece;
import antiphon.music.Note;
import antiphon.music.Performance;
import antiphon.music.Voice;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * Cuts a piece into phrases of {@value #FEWEST_NOTES} to {@value #MAX_NOTES} notes and 3 to 10 seconds: where phrases
 * are marked, and otherwise before the longest gap between onsets, where silence within the gap counts twice. In a
 * piece with two voices only the human's is used. A note that is held over a cut ends there. Pure.
 */
final class Phrases {
    static final int FEWEST_NOTES = 8;
    static final int MAX_NOTES = 60;

    private static final long MILLI = 1_000_000L;
    private static final long SHORTEST_NANOS = 3_000 * MILLI;
    private static final long LONGEST_NANOS = 10_000 * MILLI;

    /** A marked end counts more than any gap. */
    private static final long MARKED_NANOS = 100 * LONGEST_NANOS;

    /** A chord held longer than this, with no new note, could end a call: see {@link antiphon.improv.listen.Phrase}. */
    private static final long LONGEST_HELD_NANOS = 2_900 * MILLI;

    /** How long the last note may ring before the turn passes. */
    private static final long LONGEST_RING_NANOS = 1_500 * MILLI;

    private Phrases() {}

    /** All phrases from the beginning to the end of a piece, also those that cannot be a call. */
    static List<Phrase> of(Piece piece) {
        List<Note> notes = line(piece.performance());
        NavigableSet<Long> marks = new TreeSet<>(piece.performance().phraseEndsNanos());
        marks.addAll(piece.phraseOnsetsNanos());
        List<Phrase> phrases = new ArrayList<>();
        int begin = 0;
        while (begin < notes.size()) {
            int end = end(notes, begin, marks);
            phrases.add(phrase(notes, begin, end));
            begin = end;
        }
        return phrases;
    }

    /** The notes that the phrases of a piece are made of, one phrase after the other. */
    static List<Note> line(Performance performance) {
        List<Note> human = performance.notes().stream()
                .filter(note -> note.voice() == Voice.HUMAN)
                .toList();
        return human.isEmpty() ? performance.notes() : human;
    }

    /** One past the last note of the phrase. */
    private static int end(List<Note> notes, int begin, NavigableSet<Long> marks) {
        long startNanos = notes.get(begin).onsetNanos();
        long soundsUntilNanos = 0;
        long bestNanos = -1;
        int best = notes.size();
        for (int end = begin + 1; end < notes.size(); end++) {
            Note last = notes.get(end - 1);
            long onsetNanos = notes.get(end).onsetNanos();
            soundsUntilNanos = Math.max(soundsUntilNanos, last.offsetNanos());
            boolean longEnough = end - begin >= FEWEST_NOTES && onsetNanos - startNanos >= SHORTEST_NANOS;
            boolean tooLong = end - begin > MAX_NOTES || last.onsetNanos() - startNanos > LONGEST_NANOS;
            if (tooLong && bestNanos >= 0) {
                return best;
            }
            if (longEnough) {
                long breathNanos = onsetNanos - last.onsetNanos() + Math.max(0, onsetNanos - soundsUntilNanos);
                boolean marked =
                        !marks.subSet(last.onsetNanos() + 1, onsetNanos + 1).isEmpty();
                long worthNanos = breathNanos + (marked ? MARKED_NANOS : 0);
                if (worthNanos > bestNanos) {
                    bestNanos = worthNanos;
                    best = end;
                }
            }
        }
        // If a cut would leave too few notes for a phrase before the end of the piece, the rest stays one phrase.
        boolean oneIsLeft =
                notes.size() - begin <= MAX_NOTES && notes.getLast().onsetNanos() - startNanos <= LONGEST_NANOS;
        boolean crumb = notes.size() - best < FEWEST_NOTES
                || notes.getLast().onsetNanos() - notes.get(best).onsetNanos() < SHORTEST_NANOS;
        return oneIsLeft && crumb ? notes.size() : best;
    }

    private static Phrase phrase(List<Note> notes, int begin, int end) {
        List<Note> inside = notes.subList(begin, end);
        long startNanos = inside.getFirst().onsetNanos();
        long lastNanos = inside.getLast().onsetNanos();
        long silentNanos = inside.stream().mapToLong(Note::offsetNanos).max().orElse(lastNanos);
        long nextNanos = end < notes.size() ? notes.get(end).onsetNanos() : silentNanos + 1;
        long turnNanos = Math.min(nextNanos, Math.min(silentNanos, lastNanos + LONGEST_RING_NANOS) + 1);
        List<Note> cut = inside.stream()
                .map(note -> new Note(
                        Voice.HUMAN,
                        note.onsetNanos() - startNanos,
                        Math.min(note.offsetNanos(), turnNanos) - note.onsetNanos(),
                        note.pitch(),
                        note.velocity()))
                .toList();
        return new Phrase(startNanos, turnNanos - startNanos, nextNanos - turnNanos, cut);
    }

    /** True if the phrase has the length asked for. */
    static boolean isWhole(Phrase phrase) {
        int count = phrase.notes().size();
        return count >= FEWEST_NOTES
                && count <= MAX_NOTES
                && phrase.turnNanos() >= SHORTEST_NANOS
                && phrase.turnNanos() <= LONGEST_NANOS + LONGEST_RING_NANOS;
    }

    /**
     * True if the improviser will hear the phrase as one phrase.
     *
     * @param restNanos the silence that ends a call
     */
    static boolean isCall(Phrase phrase, long restNanos) {
        if (!isWhole(phrase)) {
            return false;
        }
        long[] changes = phrase.notes().stream()
                .flatMapToLong(note -> java.util.stream.LongStream.of(note.onsetNanos(), note.offsetNanos()))
                .sorted()
                .toArray();
        for (int i = 1; i < changes.length; i++) {
            long middleNanos = (changes[i] + changes[i - 1]) / 2;
            boolean held = phrase.notes().stream()
                    .anyMatch(note -> note.onsetNanos() <= middleNanos && note.offsetNanos() > middleNanos);
            if (changes[i] - changes[i - 1] >= (held ? LONGEST_HELD_NANOS : restNanos)) {
                return false;
            }
        }
        return true;
    }
}
