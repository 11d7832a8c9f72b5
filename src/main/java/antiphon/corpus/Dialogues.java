package antiphon.corpus;

import antiphon.music.Note;
import antiphon.music.Performance;
import antiphon.music.Voice;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * Makes conversations of two voices out of pieces, so that one network learns to listen, to answer and to accompany.
 *
 * <p>A piece in two parts (melody and piano, solo and bass) becomes, at random, a duet of them, one of them alone, or
 * both as one. Where its parts take turns, as in what {@code antiphon run --record} keeps, it is a conversation already, and
 * the human stays the human. A piece in one part becomes all human or all answer; the two hands as two voices; one voice that hands
 * over to the other once; or, mostly, turns taken in alternation, see {@link Turns}. Which voice is the human's is
 * drawn each time. Every dialogue is also varied, see {@link Variation}. Pure: the same random numbers give the same
 * dialogue.
 */
final class Dialogues {
    private static final double DUET = 0.55;
    private static final double ONE_PART = 0.25;
    private static final double TURNS = 0.5;
    private static final double HANDS = 0.15;
    private static final double HANDOVER = 0.1;

    /** Of the notes of those who take turns, so many begin while the other plays: they interrupt, or let a chord ring. */
    private static final double MAX_TOGETHER = 0.1;

    private static final double WITHIN_A_PIECE = 0.5;
    private static final long LONGEST_LEAD_IN_NANOS = 1_000_000_000L;

    private Dialogues() {}

    /** One dialogue from a piece. */
    static Performance make(Piece piece, SplittableRandom random) {
        List<Note> notes = begun(piece.performance().notes(), random);
        Variation variation = Variation.of(notes, random);
        NavigableSet<Long> phraseOnsets = new TreeSet<>();
        long shiftNanos = shiftNanos(notes.getFirst().onsetNanos(), random);
        piece.phraseOnsetsNanos().forEach(nanos -> phraseOnsets.add(variation.nanos(nanos - shiftNanos)));
        List<Note> varied = variation.apply(shifted(notes, shiftNanos), random);
        if (!isDuet(varied)) {
            return fromOnePart(varied, phraseOnsets, random);
        }
        return takesTurns(varied) ? Performance.of(varied) : fromTwoParts(varied, phraseOnsets, random);
    }

    /** True if hardly any note of one part begins while the other part sounds. */
    private static boolean takesTurns(List<Note> notes) {
        long[] endsNanos = {Long.MIN_VALUE, Long.MIN_VALUE};
        int together = 0;
        for (Note note : notes) {
            int voice = note.voice();
            together += note.onsetNanos() < endsNanos[1 - voice] ? 1 : 0;
            endsNanos[voice] = Math.max(endsNanos[voice], note.offsetNanos());
        }
        return together < MAX_TOGETHER * notes.size();
    }

    private static Performance fromTwoParts(
            List<Note> notes, NavigableSet<Long> phraseOnsets, SplittableRandom random) {
        double choice = random.nextDouble();
        if (choice < DUET) {
            int swap = random.nextInt(Voice.COUNT);
            return Performance.of(notes.stream()
                    .map(note -> note.inVoice(note.voice() ^ swap))
                    .toList());
        }
        if (choice < DUET + ONE_PART) {
            return fromOnePart(
                    notes.stream().filter(note -> note.voice() == Voice.HUMAN).toList(), phraseOnsets, random);
        }
        return fromOnePart(notes, phraseOnsets, random);
    }

    private static Performance fromOnePart(List<Note> notes, NavigableSet<Long> phraseOnsets, SplittableRandom random) {
        double choice = random.nextDouble();
        if (choice < TURNS && notes.size() >= 2 * Turns.SHORTEST) {
            return Turns.alternating(notes, phraseOnsets, random);
        }
        if (choice < TURNS + HANDS) {
            boolean[] lower = Hands.lower(notes);
            int voiceOfLower = random.nextInt(Voice.COUNT);
            List<Note> parted = new ArrayList<>(notes.size());
            for (int i = 0; i < lower.length; i++) {
                parted.add(notes.get(i).inVoice(lower[i] ? voiceOfLower : 1 - voiceOfLower));
            }
            return Performance.of(parted);
        }
        if (choice < TURNS + HANDS + HANDOVER && notes.size() >= 2 * Turns.SHORTEST) {
            return Turns.handover(notes, phraseOnsets, random);
        }
        int voice = random.nextInt(Voice.COUNT);
        return Performance.of(notes.stream().map(note -> note.inVoice(voice)).toList());
    }

    private static boolean isDuet(List<Note> notes) {
        return notes.stream().anyMatch(note -> note.voice() == Voice.HUMAN)
                && notes.stream().anyMatch(note -> note.voice() == Voice.ANSWER);
    }

    /** Half of the time starts somewhere in the first half: people do not always begin at the beginning. */
    private static List<Note> begun(List<Note> notes, SplittableRandom random) {
        return notes.size() < 2 * Turns.SHORTEST || random.nextDouble() >= WITHIN_A_PIECE
                ? notes
                : notes.subList(random.nextInt(notes.size() / 2), notes.size());
    }

    /** What to subtract from all times so that the first note comes soon. */
    private static long shiftNanos(long firstNanos, SplittableRandom random) {
        return firstNanos < LONGEST_LEAD_IN_NANOS ? 0 : firstNanos - random.nextLong(LONGEST_LEAD_IN_NANOS);
    }

    private static List<Note> shifted(List<Note> notes, long shiftNanos) {
        return notes.stream()
                .map(note -> new Note(
                        note.voice(),
                        Math.max(0, note.onsetNanos() - shiftNanos),
                        note.durationNanos(),
                        note.pitch(),
                        note.velocity()))
                .toList();
    }
}
