package antiphon.judge;

import antiphon.corpus.InOrder;
import antiphon.corpus.Piece;
import antiphon.music.Note;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * What happens when the human moves by 6 semitones, as far as keys go: two phrases of a piece and their answers, then
 * the piece's next three phrases in the other key. The in-key rate is the share of the answers' notes that lie in the
 * key in which the human now plays. Immutable.
 *
 * @param sessions how many conversations
 * @param before in-key rate of the answers before the move, with interval
 * @param after in-key rates of {@value #WINDOW} notes from each note after the move on
 * @param notes until the rate is back within 5 points of what it was; NaN if it was not within the notes played
 */
record KeyChange(int sessions, Interval before, List<Double> after, Interval notes) {
    static final int SEMITONES = 6;
    static final int WINDOW = 8;
    static final double TOLERANCE = 0.05;

    private static final int BEFORE = 2;
    private static final int AFTER = 3;
    private static final int MAX_SESSIONS = 40;

    /** A rate is reported only if this share of the conversations has reached that note. */
    private static final double MIN_SHARE = 0.5;

    /** One conversation: for each note of the answers whether it was in the human's key. */
    record Session(String piece, List<Boolean> before, List<Boolean> after) {}

    private record Script(String piece, List<Phrase> phrases) {}

    /** Plays up to {@value #MAX_SESSIONS} conversations, each with a seed of its own. */
    static KeyChange of(List<Piece> pieces, Stage stage, long restNanos, IntConsumer progress) {
        List<Script> scripts = scripts(pieces, restNanos);
        List<Session> sessions =
                InOrder.all(scripts.size(), number -> session(scripts.get(number), stage, number + 1), progress);
        return of(sessions);
    }

    private static List<Script> scripts(List<Piece> pieces, long restNanos) {
        List<Script> scripts = new ArrayList<>();
        for (Piece piece : pieces) {
            List<Phrase> phrases = Phrases.of(piece);
            IntStream.rangeClosed(0, phrases.size() - BEFORE - AFTER)
                    .mapToObj(from -> phrases.subList(from, from + BEFORE + AFTER))
                    .filter(some -> some.stream().allMatch(each -> Phrases.isCall(each, restNanos) && canMove(each)))
                    .min(Comparator.comparingLong(
                            some -> Exchanges.hash(piece.name(), some.getFirst().startNanos())))
                    .ifPresent(some -> scripts.add(new Script(piece.name(), some)));
        }
        scripts.sort(Comparator.comparingLong(script -> Exchanges.hash(script.piece(), 0)));
        return scripts.subList(0, Math.min(MAX_SESSIONS, scripts.size()));
    }

    private static boolean canMove(Phrase phrase) {
        return phrase.notes().stream().allMatch(note -> note.pitch() + SEMITONES < 128);
    }

    private static Session session(Script script, Stage stage, long seed) {
        List<Phrase> played = new ArrayList<>(script.phrases().subList(0, BEFORE));
        Key first = key(played);
        script.phrases()
                .subList(BEFORE, BEFORE + AFTER)
                .forEach(each -> played.add(Matching.transposed(each, SEMITONES)));
        Key second = key(played.subList(BEFORE, BEFORE + AFTER));
        List<List<Note>> answers = stage.converse(played, seed);
        return new Session(
                script.piece(),
                inKey(answers.subList(0, BEFORE), first),
                inKey(answers.subList(BEFORE, BEFORE + AFTER), second));
    }

    private static Key key(List<Phrase> phrases) {
        return Key.of(phrases.stream().flatMap(each -> each.notes().stream()).toList());
    }

    private static List<Boolean> inKey(List<List<Note>> answers, Key key) {
        return answers.stream()
                .flatMap(List::stream)
                .map(note -> key.contains(note.pitch()))
                .toList();
    }

    /** Sums up conversations. */
    static KeyChange of(List<Session> sessions) {
        if (sessions.isEmpty()) {
            return new KeyChange(0, Interval.unknown(), List.of(), Interval.unknown());
        }
        int[] clusters = IntStream.range(0, sessions.size()).toArray();
        double[] after = after(sessions, clusters);
        Interval before = Statistics.bootstrap(clusters, places -> before(sessions, places));
        // A conversation that did not come back counts with its whole length, so that an interval can be computed.
        Interval notes = Statistics.bootstrap(
                clusters,
                places -> orElse(notesUntilBack(before(sessions, places), after(sessions, places)), after.length));
        double value = notesUntilBack(before.value(), after);
        return new KeyChange(
                sessions.size(),
                before,
                Arrays.stream(after).boxed().toList(),
                new Interval(value, notes.low(), notes.high()));
    }

    private static double orElse(double value, double fallback) {
        return Double.isFinite(value) ? value : fallback;
    }

    private static double before(List<Session> sessions, int[] places) {
        long in = 0;
        long all = 0;
        for (int place : places) {
            for (boolean inKey : sessions.get(place).before()) {
                in += inKey ? 1 : 0;
                all++;
            }
        }
        return all == 0 ? Double.NaN : (double) in / all;
    }

    private static double[] after(List<Session> sessions, int[] places) {
        int[] lengths = Arrays.stream(places)
                .map(place -> sessions.get(place).after().size())
                .sorted()
                .toArray();
        int reach = lengths.length == 0 ? 0 : lengths[(int) (lengths.length * (1 - MIN_SHARE))];
        double[] rates = new double[Math.max(0, reach - WINDOW + 1)];
        for (int from = 0; from < rates.length; from++) {
            long in = 0;
            long all = 0;
            for (int place : places) {
                List<Boolean> inKey = sessions.get(place).after();
                for (int i = from; i < Math.min(from + WINDOW, inKey.size()); i++) {
                    in += inKey.get(i) ? 1 : 0;
                    all++;
                }
            }
            rates[from] = (double) in / all;
        }
        return rates;
    }

    private static double notesUntilBack(double before, double[] after) {
        for (int i = 0; i < after.length; i++) {
            if (after[i] >= before - TOLERANCE) {
                return i;
            }
        }
        return Double.NaN;
    }
}
