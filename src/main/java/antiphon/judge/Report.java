package antiphon.judge;

import java.util.List;
import java.util.stream.Stream;

/**
 * All that was measured. Immutable.
 *
 * @param human the copying measures on the true answers
 * @param variants the same network with other settings
 * @param strawmen parrot and stationary player
 * @param inTime whether answers to steady calls keep their time
 * @param wholes what whole answers are as music
 * @param training what the training data was, empty if none was given
 */
record Report(
        Exchanges exchanges,
        ResponseGain gain,
        KeyChange keyChange,
        Judgement improviser,
        List<Judgement> variants,
        List<Judgement> strawmen,
        Copying human,
        InTimeReport inTime,
        WholeReport wholes,
        String training) {

    /** The bars that network and improviser are held to. */
    List<Bar> bars() {
        return Stream.concat(Bars.ofNetwork(gain).stream(), improviser.bars().stream())
                .toList();
    }

    /** True if all bars are cleared and the strawmen fail. */
    boolean isPassed() {
        return bars().stream().allMatch(Bar::isPassed) && strawmen.stream().noneMatch(Judgement::isPassed);
    }

    /** Improviser and strawmen. */
    List<Judgement> judgements() {
        return Stream.concat(Stream.of(improviser), strawmen.stream()).toList();
    }
}
