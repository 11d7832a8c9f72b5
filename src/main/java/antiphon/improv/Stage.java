package antiphon.improv;

import antiphon.HotPath;
import antiphon.improv.listen.Listener;
import antiphon.improv.listen.Pulse;
import antiphon.improv.listen.Tonality;

/**
 * What every {@link Part} works with: the listener, the mind, the partner's voice, the plan and the dials. The mind
 * can be replaced while playing; all else stays. The improviser's thread.
 */
@HotPath
public final class Stage {
    private final Dials dials;
    private final Listener listener = new Listener();
    private final Plan plan = new Plan();
    private final Choice choice = new Choice();
    private final AnswerVoice voice;
    private Mind mind;

    Stage(Mind mind, Settings settings) {
        this.mind = mind;
        dials = new Dials(settings);
        voice = new AnswerVoice(dials, mind, listener.tonality().bounds());
        steer();
    }

    /** The answer's pitches are pulled and bounded as the dials say now. */
    void steer() {
        Tonality tonality = listener.tonality();
        SteerDials steer = dials.steer();
        tonality.setRegister(dials.registerSemitones());
        tonality.setScale(steer.scale(), steer.keyLock(), steer.keyBias());
        tonality.setRange(steer.lowest(), steer.highest());
        tonality.update();
        listener.chords().split().set(dials.together().split());
    }

    public Dials dials() {
        return dials;
    }

    public Listener listener() {
        return listener;
    }

    public Plan plan() {
        return plan;
    }

    /** Why the plan is what it is, if it was chosen from several. */
    public Choice choice() {
        return choice;
    }

    public AnswerVoice voice() {
        return voice;
    }

    public Mind mind() {
        return mind;
    }

    /**
     * Plans that the turn ends with the next beat, without a pulse as soon as that can be sent.
     *
     * @param end the event that ends it
     * @return when that is
     */
    public long endTurn(int end, long nanos) {
        Pulse pulse = listener.pulse();
        long soonestNanos = nanos + dials.leadNanos();
        long endNanos = pulse.confidence() > 0
                ? Math.round(pulse.beatNanos() + pulse.wholeBeatsNanos(soonestNanos - pulse.beatNanos()))
                : soonestNanos;
        plan.cut(endNanos);
        plan.add(end, endNanos, pulse);
        plan.setWhole();
        return endNanos;
    }

    void replaceMind(Mind successor) {
        mind = successor;
        voice.replaceMind(successor);
    }
}
