package antiphon.judge;

import java.util.List;
import java.util.Map;

/**
 * What the measures say of one contender. Immutable.
 *
 * @param bars with its figures
 */
record Judgement(
        Contender contender, Map<Trait, Follow> follows, Distribution distribution, Copying copying, List<Bar> bars) {

    /** What was measured, without bars. */
    static Judgement of(Exchanges exchanges, Contender contender, TrainingRuns training) {
        return new Judgement(
                contender,
                Follow.of(exchanges, contender),
                Distribution.of(exchanges, contender),
                Copying.of(exchanges, contender.answers(), training),
                List.of());
    }

    /** The same, with these bars. */
    Judgement heldTo(List<Bar> filledIn) {
        return new Judgement(contender, follows, distribution, copying, filledIn);
    }

    Follow follow(Trait trait) {
        Follow follow = follows.get(trait);
        if (follow == null) {
            throw new IllegalArgumentException(trait + " was not measured");
        }
        return follow;
    }

    /** True if it misses no bar. */
    boolean isPassed() {
        return bars.stream().allMatch(Bar::isPassed);
    }
}
