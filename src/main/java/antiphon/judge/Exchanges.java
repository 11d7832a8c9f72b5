package antiphon.judge;

import antiphon.corpus.Piece;
import antiphon.music.Note;
import antiphon.music.Voice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * All calls with their true answers in some pieces, and the ones chosen to judge by: chosen by hash, and none of a
 * piece is chosen twice before every piece has given one. Pure.
 *
 * @param all every one, no phrase in two of them
 * @param chosen those to judge by
 */
record Exchanges(List<Exchange> all, List<Exchange> chosen) {
    /** Fewer would make the figures too random. */
    static final int FEWEST = 20;

    /** After a longer silence, what follows is not an answer. */
    private static final long LONGEST_WAIT_NANOS = 3_000_000_000L;

    private static final Comparator<Exchange> BY_HASH = (one, other) -> Long.compareUnsigned(
            hash(one.piece(), one.call().startNanos()),
            hash(other.piece(), other.call().startNanos()));

    /**
     * Cuts pieces and chooses.
     *
     * @param wanted how many at most
     * @param restNanos the silence that ends a call
     * @throws JudgeException if there are fewer than {@value #FEWEST}
     */
    static Exchanges of(List<Piece> pieces, int wanted, long restNanos) {
        List<List<Exchange>> byPiece = new ArrayList<>();
        for (Piece piece : pieces) {
            List<Exchange> exchanges = new ArrayList<>(of(piece, restNanos));
            if (!exchanges.isEmpty()) {
                exchanges.sort(BY_HASH);
                byPiece.add(exchanges);
            }
        }
        List<Exchange> all = byPiece.stream().flatMap(List::stream).toList();
        if (all.size() < FEWEST) {
            throw new JudgeException("report: " + all.size() + " calls with an answer in " + pieces.size()
                    + " pieces; at least " + FEWEST + " needed. Name more or longer pieces.");
        }
        byPiece.sort(Comparator.comparing(List::getFirst, BY_HASH));
        return new Exchanges(all, spread(byPiece, Math.min(wanted, all.size())));
    }

    private static List<Exchange> spread(List<List<Exchange>> byPiece, int wanted) {
        List<Exchange> chosen = new ArrayList<>();
        for (int round = 0; chosen.size() < wanted; round++) {
            for (List<Exchange> exchanges : byPiece) {
                if (round < exchanges.size() && chosen.size() < wanted) {
                    chosen.add(exchanges.get(round));
                }
            }
        }
        return List.copyOf(chosen);
    }

    private static List<Exchange> of(Piece piece, long restNanos) {
        List<Phrase> phrases = Phrases.of(piece);
        List<Note> line = Phrases.line(piece.performance());
        List<Exchange> found = new ArrayList<>();
        int next = 0;
        int heard = 0;
        while (next + 1 < phrases.size()) {
            Phrase call = phrases.get(next);
            Phrase answer = phrases.get(next + 1);
            heard += call.notes().size();
            if (Phrases.isCall(call, restNanos) && Phrases.isWhole(answer) && call.nextNanos() <= LONGEST_WAIT_NANOS) {
                List<Note> whole = line.subList(heard, heard + answer.notes().size());
                List<Note> ringing = ringing(whole, call.startNanos() + call.turnNanos());
                found.add(new Exchange(piece.name(), call, answer.asAnswer(call.nextNanos()), ringing));
                heard += whole.size();
                next++;
            }
            next++;
        }
        return found;
    }

    /** @param turnNanos in the piece */
    private static List<Note> ringing(List<Note> notes, long turnNanos) {
        return notes.stream()
                .map(note -> new Note(
                        Voice.ANSWER,
                        note.onsetNanos() - turnNanos,
                        note.durationNanos(),
                        note.pitch(),
                        note.velocity()))
                .toList();
    }

    /** SplitMix64's mixing of a name and a number. */
    static long hash(String name, long number) {
        long mixed = name.hashCode() * 0x9E3779B97F4A7C15L + number;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    /** Which chosen exchanges are of one piece: its number, for each. */
    int[] clusters() {
        List<String> names = chosen.stream().map(Exchange::piece).distinct().toList();
        return chosen.stream()
                .mapToInt(exchange -> names.indexOf(exchange.piece()))
                .toArray();
    }
}
