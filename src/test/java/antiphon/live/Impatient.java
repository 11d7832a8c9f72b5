package antiphon.live;

import antiphon.improv.Mode;
import antiphon.improv.Settings;

/** Settings for a partner that answers after 20 ms of rest, so that a test need not wait. */
final class Impatient {
    private static final long REST_NANOS = 20_000_000L;

    private Impatient() {}

    static Settings settings(Mode mode) {
        Settings standard = Settings.standard(mode);
        return new Settings(
                mode,
                standard.temperature(),
                standard.topP(),
                standard.minP(),
                impatient(standard.call()),
                impatient(standard.continuing()),
                standard.density(),
                standard.registerSemitones(),
                standard.beat(),
                standard.maxPolyphony(),
                standard.commitNanos(),
                standard.leadNanos(),
                standard.immediateNanos(),
                standard.thruNanos(),
                standard.offsetNanos(),
                standard.channel(),
                standard.memory(),
                standard.mute(),
                standard.ignoresDrums(),
                standard.inChannel(),
                standard.candidates(),
                standard.steer(),
                standard.together(),
                standard.band());
    }

    private static Settings.Turn impatient(Settings.Turn turn) {
        return new Settings.Turn(REST_NANOS, turn.length(), turn.maxNanos(), turn.early());
    }
}
