package antiphon.judge;

import java.util.List;

/** Contenders that only seem to listen or only seem to play: the measures must reject them. Pure. */
final class Strawmen {
    static final String PARROT = "parrot";
    static final String STATIONARY = "stationary player";

    private Strawmen() {}

    /** Plays the call back, note for note. */
    static Contender parrot(List<Exchange> exchanges) {
        return new Contender(
                PARROT,
                List.of(exchanges.stream().map(each -> each.call().asAnswer(0)).toList()));
    }

    /** Plays what a human answered to somebody else, in another piece: good music that ignores the call. */
    static Contender stationary(List<Exchange> exchanges, int seeds) {
        return Contender.of(STATIONARY, exchanges.size(), seeds, (seed, call) -> {
            Exchange exchange = exchanges.get(call);
            List<Exchange> others = exchanges.stream()
                    .filter(other -> !other.piece().equals(exchange.piece()))
                    .toList();
            long hash = Exchanges.hash(exchange.piece(), exchange.call().startNanos() + seed);
            return others.get((int) Long.remainderUnsigned(hash, others.size())).answer();
        });
    }
}
