package antiphon.train;

import antiphon.music.Note;
import antiphon.music.Performance;
import antiphon.music.Voice;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Makes conversations of two voices out of solo pieces, so that one network learns to listen and to answer.
 *
 * <p>A piece becomes, at random, all human, all answer, or (mostly) turns of {@value #SHORTEST_TURN} to
 * {@value #LONGEST_TURN} notes taken by either voice in alternation, cut where the music breathes, each followed by a
 * phrase end. Notes still held when the turn passes end where they end. Every dialogue is also transposed, played
 * faster or slower, and sometimes louder or softer, for the corpus is small and keyboards differ. Pure: the same
 * random numbers give the same dialogue.
 */
final class Dialogues {
    static final int SHORTEST_TURN = 8;
    static final int LONGEST_TURN = 60;

    private static final double ALTERNATING = 0.6;
    private static final double WITHIN_A_PIECE = 0.5;
    private static final double OTHER_TOUCH = 0.5;
    private static final double TEMPO_SPAN = 0.1;
    private static final int LOWEST_TRANSPOSITION = -5;
    private static final int HIGHEST_TRANSPOSITION = 6;
    private static final int SOFTEST_SHIFT = -8;
    private static final int LOUDEST_SHIFT = 28;
    private static final long LONGEST_LEAD_IN_NANOS = 1_000_000_000L;
    private static final long LONGEST_PAUSE_NANOS = 400_000_000L;

    private Dialogues() {}

    /** One dialogue from a piece. */
    static Performance make(Performance piece, SplittableRandom random) {
        List<Note> notes = varied(begun(piece.notes(), random), random);
        if (random.nextDouble() < ALTERNATING && notes.size() >= 2 * SHORTEST_TURN) {
            return alternating(notes, random);
        }
        int voice = random.nextInt(Voice.COUNT);
        return Performance.of(notes.stream().map(note -> inVoice(note, voice)).toList());
    }

    /** Half of the time starts somewhere in the first half: a player does not always begin at the beginning. */
    private static List<Note> begun(List<Note> notes, SplittableRandom random) {
        if (notes.size() < 2 * SHORTEST_TURN || random.nextDouble() >= WITHIN_A_PIECE) {
            return notes;
        }
        List<Note> rest = notes.subList(random.nextInt(notes.size() / 2), notes.size());
        long shiftNanos = rest.getFirst().onsetNanos() - random.nextLong(LONGEST_LEAD_IN_NANOS);
        return rest.stream()
                .map(note -> new Note(
                        note.voice(),
                        Math.max(0, note.onsetNanos() - shiftNanos),
                        note.durationNanos(),
                        note.pitch(),
                        note.velocity()))
                .toList();
    }

    private static List<Note> varied(List<Note> notes, SplittableRandom random) {
        int lowest = notes.stream().mapToInt(Note::pitch).min().orElse(0);
        int highest = notes.stream().mapToInt(Note::pitch).max().orElse(127);
        int down = Math.max(LOWEST_TRANSPOSITION, -lowest);
        int up = Math.min(HIGHEST_TRANSPOSITION, 127 - highest);
        int transposition = random.nextInt(down, up + 1);
        double stretch = Math.exp(random.nextDouble(-1, 1) * Math.log1p(TEMPO_SPAN));
        int louder = random.nextDouble() < OTHER_TOUCH ? random.nextInt(SOFTEST_SHIFT, LOUDEST_SHIFT + 1) : 0;
        return notes.stream()
                .map(note -> new Note(
                        note.voice(),
                        Math.round(note.onsetNanos() * stretch),
                        Math.round(note.durationNanos() * stretch),
                        note.pitch() + transposition,
                        Math.clamp(note.velocity() + louder, 1, 127)))
                .toList();
    }

    private static Performance alternating(List<Note> notes, SplittableRandom random) {
        List<Note> labelled = new ArrayList<>(notes.size());
        List<Long> phraseEnds = new ArrayList<>();
        int voice = random.nextInt(Voice.COUNT);
        int begin = 0;
        while (begin < notes.size()) {
            int end = turnEnd(notes, begin, random);
            for (Note note : notes.subList(begin, end)) {
                labelled.add(inVoice(note, voice));
            }
            phraseEnds.add(phraseEndNanos(notes, begin, end, random));
            voice = 1 - voice;
            begin = end;
        }
        return new Performance(labelled, phraseEnds);
    }

    /** One past the turn's last note: near a length drawn at random, where the pause before the next onset is longest. */
    private static int turnEnd(List<Note> notes, int begin, SplittableRandom random) {
        double wanted = SHORTEST_TURN * Math.pow((double) LONGEST_TURN / SHORTEST_TURN, random.nextDouble());
        int earliest = begin + Math.max(SHORTEST_TURN, (int) (wanted * 0.6));
        int latest = begin + Math.min(LONGEST_TURN, (int) (wanted * 1.4));
        if (latest + SHORTEST_TURN > notes.size()) {
            return notes.size();
        }
        int best = earliest;
        long longestNanos = -1;
        for (int end = earliest; end <= latest; end++) {
            long breathNanos = notes.get(end).onsetNanos() - notes.get(end - 1).onsetNanos();
            if (breathNanos > longestNanos) {
                longestNanos = breathNanos;
                best = end;
            }
        }
        // A chord is never cut, however many notes it has.
        while (best < notes.size()
                && notes.get(best).onsetNanos() == notes.get(best - 1).onsetNanos()) {
            best++;
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
        long nextNanos = notes.get(end).onsetNanos();
        return Math.clamp(silentNanos + pauseNanos, notes.get(end - 1).onsetNanos() + 1, nextNanos);
    }

    private static Note inVoice(Note note, int voice) {
        return new Note(voice, note.onsetNanos(), note.durationNanos(), note.pitch(), note.velocity());
    }
}
