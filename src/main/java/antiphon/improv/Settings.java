package antiphon.improv;

import antiphon.improv.listen.Tonality;
import antiphon.music.Scale;
import java.util.List;

/**
 * What the improviser begins with. Immutable; what can be changed while playing is copied into {@link Dials}.
 *
 * @param temperature of every field drawn; above 0
 * @param topP above 0, at most 1
 * @param minP 0 or more, below 1
 * @param call how {@link Mode#CALL} takes its turns
 * @param continuing how {@link Mode#CONTINUE} does; its length is not used
 * @param density of an answer relative to what the human plays; 1 is as dense
 * @param registerSemitones how far above the human's register the answer lies; below 0 under it
 * @param beat how the answer keeps the pulse
 * @param maxPolyphony notes the answer may hold at once
 * @param commitNanos the commit window: how far ahead an answer can no longer be changed
 * @param leadNanos how far ahead the way out must be told of a message so that it leaves in time; less than the commit
 *     window
 * @param immediateNanos how long after a message of the human's an answer to it is due, if the answer need not wait
 * @param thruNanos how long after a message of the human's its copy leaves: what is to sound together with it is due so
 *     much later
 * @param offsetNanos how slow the synthesiser is: a message leaves so much before it is due, which is when it is heard
 * @param channel the answer's MIDI channel, 0–15
 * @param memory take up what was played before: see {@link antiphon.model.NeuralCache} and {@link Steer#keepsMemory}
 * @param mute listen and play nothing
 * @param ignoresDrums what {@link antiphon.music.Message#isDrums} is no key of the human's; false in a journal written
 *     before there was this choice
 * @param inChannel what comes on another channel is not heard, 1–16, or {@value #ANY_CHANNEL}, also in a journal written
 *     before there was this choice
 * @param candidates answers tried for each call, at most {@value #MAX_CANDIDATES}; 0 in a journal written before they were
 * @param steer by what somebody steers what is played
 * @param together how somebody plays who plays at the same time as the human
 * @param band how loud the first part is, and the parts that play beside it
 */
public record Settings(
        Mode mode,
        double temperature,
        double topP,
        double minP,
        Turn call,
        Turn continuing,
        double density,
        int registerSemitones,
        Beat beat,
        int maxPolyphony,
        long commitNanos,
        long leadNanos,
        long immediateNanos,
        long thruNanos,
        long offsetNanos,
        int channel,
        boolean memory,
        boolean mute,
        boolean ignoresDrums,
        int inChannel,
        int candidates,
        Steer steer,
        Together together,
        Band band) {

    /**
     * Checks nothing: whoever reads settings has. A journal written before there was a pulse has no beat, an older one no
     * offset: 0; one written before somebody could steer, or say how to play together, has nothing of that.
     */
    public Settings {
        beat = beat == null ? Beat.STANDARD : beat;
        steer = steer == null ? Steer.STANDARD : steer;
        together = together == null ? Together.STANDARD : together;
        band = band == null ? Band.ALONE : band;
    }

    /** More would not be done before the answer is due. */
    public static final int MAX_CANDIDATES = 256;

    /** All channels are heard. */
    public static final int ANY_CHANNEL = 0;

    private static final int CANDIDATES = 48;
    private static final long MILLI = 1_000_000L;

    /** Time to decide an event and hand it over. */
    static final long DECISION_NANOS = 3 * MILLI;

    /**
     * How turns are taken.
     *
     * @param restNanos silence that ends the human's phrase, at least; slow playing makes it longer
     * @param length of an answer relative to its call
     * @param maxNanos longest answer; {@link Long#MAX_VALUE} for no limit
     * @param early a phrase that sounds finished ends sooner, see {@link antiphon.improv.listen.PhraseEnd}; false in a
     *     journal written before that was heard
     */
    public record Turn(long restNanos, double length, long maxNanos, boolean early) {
        /** What {@code config/antiphon.toml} ships for call. */
        public static final Turn CALL = new Turn(700 * MILLI, 1, 20_000 * MILLI, true);

        /** What {@code config/antiphon.toml} ships for continue. */
        public static final Turn CONTINUE = new Turn(350 * MILLI, 1, Long.MAX_VALUE, false);
    }

    /**
     * How the answer keeps the pulse, where there is one.
     *
     * @param gridPercent how strictly: 0 not at all, 100 on the grid
     * @param enter where it begins
     * @param beatsPerBar of music whose bars are known, at most {@value #MAX_BEATS_PER_BAR}
     * @param tradeBars of a turn of {@link Mode#TRADE}, at most {@value #MAX_TRADE_BARS}
     * @param swingPercent how much of a beat is over when its second half begins, where it has two: {@value #STRAIGHT} to
     *     {@value #MAX_SWING}, or {@value #AUTO_SWING} for what the human plays
     * @param division what a beat is divided into
     * @param tap with what the human taps the beat
     * @param sendClock which MIDI clock is sent
     * @param timeTemperature the temperature of time; 0 for that of all other fields
     */
    public record Beat(
            int gridPercent,
            Enter enter,
            int beatsPerBar,
            int tradeBars,
            int swingPercent,
            Division division,
            Tap tap,
            SendClock sendClock,
            double timeTemperature) {
        public static final int MAX_BEATS_PER_BAR = 16;
        public static final int MAX_TRADE_BARS = 16;
        public static final int AUTO_SWING = 0;
        public static final int STRAIGHT = 50;
        public static final int MAX_SWING = 75;

        private static final int TRADE_BARS = 4;

        /** What {@code config/antiphon.toml} ships. */
        public static final Beat STANDARD =
                new Beat(80, Enter.BEAT, 4, TRADE_BARS, AUTO_SWING, Division.AUTO, Tap.NONE, SendClock.OFF, 0);

        /** The same, but for how strictly. */
        public Beat withGrid(int percent) {
            return new Beat(
                    percent, enter, beatsPerBar, tradeBars, swingPercent, division, tap, sendClock, timeTemperature);
        }

        /** The same, but that no clock is sent. */
        Beat withoutClock() {
            return new Beat(
                    gridPercent,
                    enter,
                    beatsPerBar,
                    tradeBars,
                    swingPercent,
                    division,
                    tap,
                    SendClock.OFF,
                    timeTemperature);
        }

        /** A journal written before something was there says nothing of it. */
        public Beat {
            tradeBars = tradeBars == 0 ? TRADE_BARS : tradeBars;
            division = division == null ? Division.AUTO : division;
            tap = tap == null ? Tap.NONE : tap;
            sendClock = sendClock == null ? SendClock.OFF : sendClock;
        }
    }

    /**
     * With what the human taps the beat; {@value #OFF} for neither.
     *
     * @param note a pitch
     * @param controller the number of a pedal's controller
     */
    public record Tap(int note, int controller) {
        public static final int OFF = -1;

        /** Controllers above are for whole channels. */
        public static final int MAX_CONTROLLER = 119;

        /** What {@code config/antiphon.toml} ships. */
        public static final Tap NONE = new Tap(OFF, OFF);
    }

    /**
     * By what somebody steers what is played.
     *
     * @param scale what the answer's pitches are pulled to
     * @param keyLock no note of the answer lies outside of that
     * @param keyBias how strongly they are pulled: 0 not at all
     * @param lowest the lowest pitch of the answer
     * @param highest the highest pitch of the answer; if that is lower, nothing is played
     * @param maxNoteNanos how long a note of the answer may last; {@value #AUTO_NOTE} for as long as its call says
     * @param boldness how far the answer may go from what was played, in percent
     * @param keepsMemory {@code memory} is to last longer than the session
     */
    public record Steer(
            Scale scale,
            boolean keyLock,
            double keyBias,
            int lowest,
            int highest,
            long maxNoteNanos,
            int boldness,
            boolean keepsMemory) {
        public static final long AUTO_NOTE = 0;
        public static final int MIDDLE = 50;
        public static final int MAX_PITCH = 127;

        /** What {@code config/antiphon.toml} ships. */
        public static final Steer STANDARD =
                new Steer(Scale.AUTO, false, Tonality.KEY_PULL, 0, MAX_PITCH, AUTO_NOTE, MIDDLE, false);
    }

    /**
     * How somebody plays who plays at the same time as the human.
     *
     * @param place on which side of the tune the voices of {@link Mode#HARMONY} lie
     * @param levelPercent how loud these are, in percent of the human's note
     * @param voices how many, with each note of the tune; at most {@value #MAX_VOICES}
     * @param split the lowest pitch of the human's right hand, or {@value #AUTO_SPLIT} for what is heard
     */
    public record Together(HarmonyPlace place, int levelPercent, int voices, int split) {
        public static final int MAX_VOICES = 3;
        public static final int AUTO_SPLIT = 0;

        /** What {@code config/antiphon.toml} ships. */
        public static final Together STANDARD = new Together(HarmonyPlace.BELOW, 75, 1, AUTO_SPLIT);
    }

    /** What {@code config/antiphon.toml} ships, in another mode if one is given. */
    public static Settings standard(Mode mode) {
        return new Settings(
                mode,
                0.95,
                0.95,
                0.02,
                Turn.CALL,
                Turn.CONTINUE,
                1,
                0,
                Beat.STANDARD,
                8,
                10 * MILLI,
                0,
                0,
                0,
                0,
                1,
                true,
                false,
                true,
                ANY_CHANNEL,
                CANDIDATES,
                Steer.STANDARD,
                Together.STANDARD,
                Band.ALONE);
    }

    /** The same with these parts. */
    public Settings withBand(Band other) {
        return with(mode, channel, registerSemitones, beat, steer, together, other, new Timing(this));
    }

    /** What the part of this number, from 0, begins with; those beside the first follow clocks, and send none. */
    public Settings ofPart(int number) {
        if (number == 0) {
            return this;
        }
        Band.Beside its = number <= band.beside().size() ? band.beside().get(number - 1) : Band.Beside.off(number);
        return with(
                its.mode() == Band.Beside.OFF ? Mode.LISTEN : Mode.of(its.mode()),
                its.channel(),
                its.registerSemitones(),
                beat.withoutClock(),
                steer,
                together,
                new Band(its.levelPercent(), List.of()),
                new Timing(this));
    }

    /** True if the part of this number, from 1, plays from the beginning. */
    boolean hasBeside(int number) {
        return number <= band.beside().size() && band.beside().get(number - 1).mode() != Band.Beside.OFF;
    }

    /** The same, but for how the answer keeps the pulse. */
    public Settings withBeat(Beat other) {
        return with(mode, channel, registerSemitones, other, steer, together, band, new Timing(this));
    }

    /** The same, but for how it is steered. */
    public Settings withSteer(Steer other) {
        return with(mode, channel, registerSemitones, beat, other, together, band, new Timing(this));
    }

    /** The same, but for how somebody plays at the same time. */
    public Settings withTogether(Together other) {
        return with(mode, channel, registerSemitones, beat, steer, other, band, new Timing(this));
    }

    /** The silence that ends a phrase in the mode that is set. */
    public long restNanos() {
        return mode == Mode.CONTINUE || mode == Mode.HARMONY ? continuing.restNanos() : call.restNanos();
    }

    /**
     * The same for a way out that must be told this early: the commit window becomes longer if it is too short for
     * that.
     *
     * @param lead see {@link #leadNanos}
     * @param immediate see {@link #immediateNanos}
     * @param thru see {@link #thruNanos}
     */
    public Settings withTiming(long lead, long immediate, long thru) {
        return with(new Timing(Math.max(commitNanos, lead + DECISION_NANOS), lead, immediate, thru, offsetNanos));
    }

    /**
     * The same for a synthesiser that sounds so long after it gets a message. All due times are those at which a message
     * is heard; so it must be decided and handed over that much earlier, and what answers a message at once is heard
     * that much later. Call after {@link #withTiming}, once.
     *
     * @param offset 0 or more
     */
    public Settings withOffset(long offset) {
        return with(new Timing(commitNanos + offset, leadNanos + offset, immediateNanos + offset, thruNanos, offset));
    }

    /** The times of the way out. */
    private record Timing(long commitNanos, long leadNanos, long immediateNanos, long thruNanos, long offsetNanos) {
        Timing(Settings of) {
            this(of.commitNanos, of.leadNanos, of.immediateNanos, of.thruNanos, of.offsetNanos);
        }
    }

    private Settings with(Timing timing) {
        return with(mode, channel, registerSemitones, beat, steer, together, band, timing);
    }

    private Settings with(
            Mode otherMode,
            int otherChannel,
            int otherRegister,
            Beat otherBeat,
            Steer otherSteer,
            Together otherTogether,
            Band otherBand,
            Timing timing) {
        return new Settings(
                otherMode,
                temperature,
                topP,
                minP,
                call,
                continuing,
                density,
                otherRegister,
                otherBeat,
                maxPolyphony,
                timing.commitNanos,
                timing.leadNanos,
                timing.immediateNanos,
                timing.thruNanos,
                timing.offsetNanos,
                otherChannel,
                memory,
                mute,
                ignoresDrums,
                inChannel,
                candidates,
                otherSteer,
                otherTogether,
                otherBand);
    }
}
