package antiphon.judge;

import java.util.List;
import java.util.Map;

/**
 * What the measures say of one contender. Immutable.
 *
 * @param bars those it is held to, filled in
 */
record Judgement(
        Contender contender, Map<Trait, Follow> follows, Distribution distribution, Copying copying, List<Bar> bars) {

    static Judgement of(Exchanges exchanges, Contender contender, Copying human, TrainingRuns training) {
        Judgement bare = new Judgement(
                contender,
                Follow.of(exchanges, contender),
                Distribution.of(exchanges, contender),
                Copying.of(exchanges, contender.answers(), training),
                List.of());
        return new Judgement(contender, bare.follows(), bare.distribution(), bare.copying(), Bars.of(bare, human));
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
