package antiphon.judge;

import antiphon.music.Note;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds calls of other pieces that are as similar to a call as possible: transposed to the same tonic, of the same mode
 * if possible, and nearest in register, density, number of notes and notes in a chord. If a network can still tell them
 * apart, it does so by the music itself. Pure.
 */
final class Matching {
    /** These differences weigh the same. */
    private static final double SEMITONES = 4;

    private static final double DENSITY_OCTAVES = 0.5;
    private static final double COUNT_OCTAVES = 1;
    private static final double TEXTURE_OCTAVES = 0.5;
    private static final double OTHER_MODE = 4;

    /** No piece gives more calls than this, so that the ten differ. */
    private static final int MAX_PER_PIECE = 3;

    private static final int OCTAVE = 12;

    private final List<Exchange> pool;
    private final List<Traits> traits;

    Matching(List<Exchange> pool) {
        this.pool = pool;
        traits = pool.stream().map(each -> Traits.of(each.call().notes())).toList();
    }

    /** A call of another piece, by how much it is to be transposed, and how unlike it then is. */
    private record Match(Exchange exchange, int shift, double distance) {}

    /**
     * The nearest calls, nearest first.
     *
     * @throws JudgeException if the other pieces hold fewer
     */
    List<Phrase> nearest(Exchange exchange, int count) {
        Traits wanted = Traits.of(exchange.call().notes());
        List<Match> matches = new ArrayList<>();
        for (int i = 0; i < pool.size(); i++) {
            if (!pool.get(i).piece().equals(exchange.piece())) {
                matches.add(match(wanted, pool.get(i), traits.get(i)));
            }
        }
        matches.sort(Comparator.comparingDouble(Match::distance));
        Map<String, Integer> taken = new HashMap<>();
        List<Phrase> nearest = matches.stream()
                .filter(match -> taken.merge(match.exchange().piece(), 1, Integer::sum) <= MAX_PER_PIECE)
                .limit(count)
                .map(match -> transposed(match.exchange().call(), match.shift()))
                .toList();
        if (nearest.size() < count) {
            throw new JudgeException("report: " + nearest.size() + " calls of pieces other than " + exchange.piece()
                    + "; " + count + " needed to swap it with. Name more pieces.");
        }
        return nearest;
    }

    private static Match match(Traits wanted, Exchange other, Traits found) {
        int shift = shift(wanted, found, other.call().notes());
        double register = (found.register() + shift - wanted.register()) / SEMITONES;
        double density = (found.logDensity() - wanted.logDensity()) / DENSITY_OCTAVES;
        double count = Math.log((double) found.notes().size() / wanted.notes().size()) / Math.log(2) / COUNT_OCTAVES;
        double mode = found.key().minor() == wanted.key().minor() ? 0 : OTHER_MODE;
        double texture = (found.logTexture() - wanted.logTexture()) / TEXTURE_OCTAVES;
        double distance =
                Math.sqrt(register * register + density * density + count * count + texture * texture + mode * mode);
        return new Match(other, shift, Double.isFinite(distance) ? distance : Double.MAX_VALUE);
    }

    /** To the same tonic, in the octave that comes nearest and keeps all notes on the keyboard. */
    private static int shift(Traits wanted, Traits found, List<Note> notes) {
        int best = 0;
        double nearest = Double.POSITIVE_INFINITY;
        int lowest = notes.stream().mapToInt(Note::pitch).min().orElse(0);
        int highest = notes.stream().mapToInt(Note::pitch).max().orElse(127);
        int toTonic = Math.floorMod(wanted.key().tonic() - found.key().tonic(), OCTAVE);
        for (int shift = toTonic - 4 * OCTAVE; shift <= 4 * OCTAVE; shift += OCTAVE) {
            double distance = Math.abs(found.register() + shift - wanted.register());
            if (lowest + shift >= 0 && highest + shift <= 127 && distance < nearest) {
                nearest = distance;
                best = shift;
            }
        }
        return best;
    }

    static Phrase transposed(Phrase phrase, int semitones) {
        List<Note> notes = phrase.notes().stream()
                .map(note -> new Note(
                        note.voice(),
                        note.onsetNanos(),
                        note.durationNanos(),
                        note.pitch() + semitones,
                        note.velocity()))
                .toList();
        return new Phrase(phrase.startNanos(), phrase.turnNanos(), phrase.nextNanos(), notes);
    }
}
