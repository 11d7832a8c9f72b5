package antiphon.improv.listen;

/** Which pitches suit the partner's next note, for a reason that the network does not know. One thread; allocates nothing. */
@FunctionalInterface
public interface PitchBias {
    /** What to add to a pitch's logit; 0 changes nothing, {@link antiphon.model.Sampler#NEVER} excludes it. */
    float bias(int pitch);
}
