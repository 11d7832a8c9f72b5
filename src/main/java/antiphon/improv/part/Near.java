package antiphon.improv.part;

import antiphon.HotPath;
import antiphon.improv.listen.PitchBias;

/** Prefers pitches near one, besides what another prefers: so the hands of a call stay apart. One thread; allocates nothing. */
@HotPath
final class Near implements PitchBias {
    /** Semitones that cost nothing. */
    private static final int FREE_SEMITONES = 7;

    /** What each further one costs, in nats. */
    private static final float COST = 0.6f;

    private final PitchBias other;
    private int pitch;

    Near(PitchBias other) {
        this.other = other;
    }

    /** From now on this pitch. */
    void setPitch(int near) {
        pitch = near;
    }

    @Override
    public float bias(int of) {
        return other.bias(of) - COST * Math.max(0, Math.abs(of - pitch) - FREE_SEMITONES);
    }
}
