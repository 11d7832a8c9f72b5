package antiphon.judge;

import antiphon.judge.whole.Copies;
import antiphon.judge.whole.Ending;
import antiphon.judge.whole.Line;
import antiphon.judge.whole.Motifs;
import antiphon.judge.whole.Pace;
import antiphon.judge.whole.Variation;
import antiphon.judge.whole.Variety;
import antiphon.music.Note;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * One answer as a whole. Immutable.
 *
 * @param motifs shares that the answer has of its own call
 * @param chance the same of the calls of others, the mean over them
 * @param lastOnBeat 1 or 0; NaN without a steady pulse
 * @param callPace how much there is in the call
 * @param first the answer's first onset, from the turn in nanoseconds; NaN without notes
 */
record WholeScore(
        Shares motifs,
        Shares chance,
        Copies copies,
        Variation variation,
        Ending ending,
        double lastOnBeat,
        Variety variety,
        Pace pace,
        Pace callPace,
        double first) {
    /** Edit distances cost more than sets, so no more calls of others are asked for those. */
    private static final int MAX_COMPARED = 12;

    /** Shares of an answer's motifs; NaN if the call has none. */
    record Shares(double anyKey, double atPitch, double rhythm, double takenUp) {}

    /**
     * Measures one answer.
     *
     * @param others calls with which it has nothing to do
     */
    static WholeScore of(WholeCall call, List<WholeCall> others, List<Note> answer) {
        Line line = Line.of(answer);
        Motifs motifs = Motifs.of(line);
        Variation variation = Variation.of(call.line(), line);
        List<WholeCall> few = spread(others);
        return new WholeScore(
                new Shares(
                        Motifs.anyKey(call.motifs(), motifs),
                        Motifs.atPitch(call.motifs(), motifs),
                        Motifs.rhythm(call.motifs(), motifs),
                        variation.takenUp()),
                new Shares(
                        mean(others, other -> Motifs.anyKey(other.motifs(), motifs)),
                        mean(others, other -> Motifs.atPitch(other.motifs(), motifs)),
                        mean(others, other -> Motifs.rhythm(other.motifs(), motifs)),
                        mean(few, other -> Variation.of(other.line(), line).takenUp())),
                Copies.of(call.line(), line),
                variation,
                Ending.of(answer, call.key()::isInTonicTriad),
                call.lastOnBeat(answer),
                Variety.of(call.phrase().notes(), answer),
                Pace.of(answer),
                Pace.of(call.phrase().notes()),
                answer.stream().mapToDouble(Note::onsetNanos).min().orElse(Double.NaN));
    }

    private static double mean(List<WholeCall> others, ToDoubleFunction<WholeCall> share) {
        return Statistics.meanOfKnown(others.stream().mapToDouble(share).toArray());
    }

    private static List<WholeCall> spread(List<WholeCall> others) {
        int every = Math.max(1, others.size() / MAX_COMPARED);
        return java.util.stream.IntStream.range(0, Math.min(MAX_COMPARED, others.size()))
                .mapToObj(i -> others.get(i * every))
                .toList();
    }
}
