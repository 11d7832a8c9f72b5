package antiphon.live;

import java.util.function.LongSupplier;
import java.util.stream.LongStream;

/** Meters that have measured something, for tests of what is told about them. */
public final class FilledMeters {
    private FilledMeters() {}

    /** Meters of which only {@link Meters#inToThruNanos} has measured: these spans. */
    public static Meters ofThru(LongStream spans) {
        LongSupplier stopped = () -> 0;
        Meters meters = new Meters(stopped);
        spans.forEach(meters.inToThruNanos::record);
        return meters;
    }
}
