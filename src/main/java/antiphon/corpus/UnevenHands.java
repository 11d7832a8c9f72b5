package antiphon.corpus;

import antiphon.music.Note;
import antiphon.music.Performance;
import antiphon.music.Voice;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Plays written calls as hands do: a little early or late, the bar and the beat a little louder. One thread. */
final class UnevenHands {
    /** Before position 0, so that an early first note is not before the start. */
    private static final double LEAD_NANOS = 500e6;

    /** A hand is never further off than this many standard deviations. */
    private static final double MAX_DEVIATIONS = 2.5;

    private static final double SPREAD_NANOS = 6e6;
    private static final double SOUNDING = 0.9;
    private static final int TRIPLETS = 3;
    private static final int VELOCITY = 62;
    private static final int BAR_LOUDER = 14;
    private static final int BEAT_LOUDER = 7;
    private static final int VELOCITY_SPREAD = 9;
    private static final double SAME = 1e-6;

    private final Metre metre;
    private final double barSteps;
    private final SplittableRandom random;
    private final List<Note> notes = new ArrayList<>();

    private UnevenHands(Metre metre, double barSteps) {
        this.metre = metre;
        this.barSteps = barSteps;
        random = new SplittableRandom(metre.name().hashCode());
    }

    static SteadyCall play(Metre metre, List<WrittenHand> hands) {
        UnevenHands playing = new UnevenHands(metre, hands.getFirst().barSteps());
        hands.forEach(hand -> hand.chords().forEach(playing::play));
        return new SteadyCall(
                metre.name(),
                Performance.of(playing.notes).notes(),
                metre.beatNanos(),
                playing.nanos(playing.barSteps),
                metre.stepsPerBeat(),
                metre.swing());
    }

    private void play(WrittenHand.Chord chord) {
        double onset = nanos(chord.onsetSteps()) + deviation() * metre.unevenNanos();
        double end = nanos(chord.onsetSteps() + SOUNDING * chord.lengthSteps());
        for (int pitch : chord.pitches()) {
            double spread = chord.pitches().size() > 1 ? random.nextDouble() * SPREAD_NANOS : 0;
            long begins = Math.round(onset + spread);
            int velocity = VELOCITY + louder(chord.onsetSteps()) + random.nextInt(VELOCITY_SPREAD);
            notes.add(new Note(Voice.HUMAN, begins, Math.max(1, Math.round(end) - begins), pitch, velocity));
        }
    }

    /** When a place is, in even time but for the swing. */
    private double nanos(double steps) {
        double beats = (steps - barSteps) / metre.stepsPerBeat();
        double whole = Math.floor(beats + SAME);
        double part = beats - whole;
        if (metre.swing() > 1 && metre.stepsPerBeat() == TRIPLETS) {
            double written = 2.0 / TRIPLETS;
            double played = metre.swing() / (metre.swing() + 1);
            part = part < written ? part * played / written : played + (part - written) * (1 - played) / (1 - written);
        }
        return LEAD_NANOS + (whole + part + barSteps / metre.stepsPerBeat()) * metre.beatNanos();
    }

    private int louder(double steps) {
        if (Math.abs(Math.IEEEremainder(steps - barSteps, (double) metre.stepsPerBar())) < SAME) {
            return BAR_LOUDER;
        }
        boolean beat = Math.abs(Math.IEEEremainder(steps - barSteps, (double) metre.stepsPerBeat())) < SAME;
        return beat ? BEAT_LOUDER : 0;
    }

    /** Normally distributed with a standard deviation of 1, by Box and Muller; the same on every JDK. */
    private double deviation() {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
        double deviation = radius * StrictMath.cos(2 * Math.PI * random.nextDouble());
        return Math.clamp(deviation, -MAX_DEVIATIONS, MAX_DEVIATIONS);
    }
}
