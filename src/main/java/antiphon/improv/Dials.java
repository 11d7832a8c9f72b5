package antiphon.improv;

import antiphon.HotPath;

/**
 * The settings as they are now: at first those of {@link Settings}, then changed by {@link Control}s while playing.
 * Values are not checked here; whoever sends a control has checked its range. The improviser's thread; allocates
 * nothing.
 */
@HotPath
public final class Dials {
    private static final int MAX_VELOCITY = 127;

    private long shortestCommitNanos;
    private long commitNanos;
    private long leadNanos;
    private long immediateNanos;
    private long thruNanos;
    private long offsetNanos;
    private boolean thru;
    private Mode mode;
    private double temperature;
    private double topP;
    private double minP;
    private double density;
    private int registerSemitones;
    private int levelPercent;
    private int gridPercent;
    private Enter enter;
    private int beatsPerBar;
    private int tradeBars;
    private int swingPercent;
    private Division division;
    private int tapNote;
    private int tapController;
    private SendClock sendClock;
    private double timeTemperature;
    private int candidates;
    private int maxPolyphony;
    private int channel;
    private boolean memory;
    private boolean mute;
    private final boolean callEarly;
    private long callRestNanos;
    private double callLength;
    private long callMaxNanos;
    private long continueRestNanos;
    private long continueMaxNanos;
    private final EarDials ear;
    private final SteerDials steer;
    private final TogetherDials together;

    /** Begins with these settings. */
    public Dials(Settings settings) {
        shortestCommitNanos = settings.commitNanos();
        commitNanos = shortestCommitNanos;
        leadNanos = settings.leadNanos();
        immediateNanos = settings.immediateNanos();
        thruNanos = settings.thruNanos();
        offsetNanos = settings.offsetNanos();
        mode = settings.mode();
        temperature = settings.temperature();
        topP = settings.topP();
        minP = settings.minP();
        density = settings.density();
        registerSemitones = settings.registerSemitones();
        gridPercent = settings.beat().gridPercent();
        enter = settings.beat().enter();
        beatsPerBar = settings.beat().beatsPerBar();
        tradeBars = settings.beat().tradeBars();
        swingPercent = settings.beat().swingPercent();
        division = settings.beat().division();
        tapNote = settings.beat().tap().note();
        tapController = settings.beat().tap().controller();
        sendClock = settings.beat().sendClock();
        timeTemperature = settings.beat().timeTemperature();
        candidates = settings.candidates();
        maxPolyphony = settings.maxPolyphony();
        channel = settings.channel();
        memory = settings.memory();
        mute = settings.mute();
        callEarly = settings.call().early();
        callRestNanos = settings.call().restNanos();
        callLength = settings.call().length();
        callMaxNanos = settings.call().maxNanos();
        continueRestNanos = settings.continuing().restNanos();
        continueMaxNanos = settings.continuing().maxNanos();
        levelPercent = settings.band().levelPercent();
        ear = new EarDials(settings);
        steer = new SteerDials(settings.steer());
        together = new TogetherDials(settings.together());
    }

    /** Becomes like those of the first part in all that is the same for every part. */
    void follow(Dials first) {
        shortestCommitNanos = first.shortestCommitNanos;
        commitNanos = first.commitNanos;
        offsetNanos = first.offsetNanos;
        leadNanos = first.leadNanos;
        immediateNanos = first.immediateNanos;
        thruNanos = first.thruNanos;
        thru = first.thru;
        temperature = first.temperature;
        topP = first.topP;
        minP = first.minP;
        density = first.density;
        gridPercent = first.gridPercent;
        enter = first.enter;
        beatsPerBar = first.beatsPerBar;
        tradeBars = first.tradeBars;
        swingPercent = first.swingPercent;
        division = first.division;
        tapNote = first.tapNote;
        tapController = first.tapController;
        timeTemperature = first.timeTemperature;
        candidates = first.candidates;
        maxPolyphony = first.maxPolyphony;
        memory = first.memory;
        mute = first.mute;
        callRestNanos = first.callRestNanos;
        callLength = first.callLength;
        callMaxNanos = first.callMaxNanos;
        continueRestNanos = first.continueRestNanos;
        continueMaxNanos = first.continueMaxNanos;
        ear.follow(first.ear);
        steer.follow(first.steer);
        together.follow(first.together);
    }

    /** Takes over the value of a control. A control without a value changes nothing here. */
    void set(Control control, long value) {
        switch (control) {
            case MODE -> mode = Mode.of((int) value);
            case TEMPERATURE -> temperature = Control.unpack(value);
            case TOP_P -> topP = Control.unpack(value);
            case MIN_P -> minP = Control.unpack(value);
            case DENSITY -> density = Control.unpack(value);
            case REGISTER -> registerSemitones = (int) value;
            case LEVEL -> levelPercent = (int) value;
            case GRID -> gridPercent = (int) value;
            case ENTER -> enter = Enter.of((int) value);
            case BEATS_PER_BAR -> beatsPerBar = (int) value;
            case TRADE_BARS -> tradeBars = (int) value;
            case SWING -> swingPercent = (int) value;
            case DIVISION -> division = Division.of((int) value);
            case TAP_NOTE -> tapNote = (int) value;
            case TAP_CONTROLLER -> tapController = (int) value;
            case SEND_CLOCK -> sendClock = SendClock.of((int) value);
            case TIME_TEMPERATURE -> timeTemperature = Control.unpack(value);
            case CANDIDATES -> candidates = (int) value;
            case MAX_POLYPHONY -> maxPolyphony = (int) value;
            case CHANNEL -> channel = (int) value;
            case MEMORY -> memory = value != 0;
            case MUTE -> mute = value != 0;
            case CALL_REST -> callRestNanos = value;
            case CALL_LENGTH -> callLength = Control.unpack(value);
            case CALL_MAX -> callMaxNanos = value;
            case CONTINUE_REST -> continueRestNanos = value;
            case CONTINUE_MAX -> continueMaxNanos = value;
            case THRU -> thru = value != 0;
            case PERIOD -> setPeriod(value);
            case OFFSET -> setOffset(value);
            case IN_CHANNEL, HEAR_DRUMS, CALIBRATE -> ear.set(control, value);
            case SCALE, KEY_LOCK, KEY_BIAS, LOWEST, HIGHEST, MAX_NOTE, BOLDNESS -> steer.set(control, value);
            case HARMONY_PLACE, HARMONY_LEVEL, HARMONY_VOICES, SPLIT -> together.set(control, value);
            default -> {
                // Its value is kept elsewhere, it has none, or it is of another part.
            }
        }
    }

    /** A message must be handed over a period ahead, and what answers at once leaves after two. */
    private void setPeriod(long nanos) {
        long longerNanos = nanos - thruNanos;
        thruNanos = nanos;
        leadNanos += longerNanos;
        immediateNanos += 2 * longerNanos;
        commitNanos = Math.max(shortestCommitNanos, leadNanos + Settings.DECISION_NANOS);
    }

    /** A slower synthesiser must be told earlier: see {@link Settings#withOffset}. */
    private void setOffset(long nanos) {
        long slowerNanos = nanos - offsetNanos;
        offsetNanos = nanos;
        shortestCommitNanos += slowerNanos;
        commitNanos += slowerNanos;
        leadNanos += slowerNanos;
        immediateNanos += slowerNanos;
    }

    /** How far ahead an answer can no longer be changed. */
    public long commitNanos() {
        return commitNanos;
    }

    /** When what is due then can no longer be changed; {@link Long#MAX_VALUE} for what is never due. */
    long commitsAt(long dueNanos) {
        return dueNanos == Long.MAX_VALUE ? dueNanos : dueNanos - commitNanos;
    }

    /** How far ahead the way out must be told of a message. */
    public long leadNanos() {
        return leadNanos;
    }

    /** How long after a message of the human's an answer to it is due, if the answer need not wait. */
    public long immediateNanos() {
        return immediateNanos;
    }

    /** How long after a message of the human's its copy leaves. */
    public long thruNanos() {
        return thruNanos;
    }

    /**
     * How long after it was played the human's own note is heard: with thru as late as the synthesiser makes it. Without
     * thru the instrument is taken to sound at once.
     */
    public long ownSoundNanos() {
        return thruNanos + (thru ? offsetNanos : 0);
    }

    /**
     * How much later than it came in the beat is heard. The human's notes and the clock's ticks sound when thru lets them
     * leave. What else follows a clock sounds on its ticks; but where the notes are the pulse, the beat is where the human
     * hears them.
     *
     * @param ofClock whether the beat is that of a clock
     */
    public long beatLaterNanos(boolean ofClock) {
        return ofClock ? thruNanos : ownSoundNanos();
    }

    /** How long before it is due, which is when it is heard, a message leaves. */
    public long offsetNanos() {
        return offsetNanos;
    }

    public Mode mode() {
        return mode;
    }

    /** The one that is set, higher or lower by boldness. */
    public double temperature() {
        return temperature * steer.warmth();
    }

    public double topP() {
        return topP;
    }

    public double minP() {
        return minP;
    }

    /** Of an answer, relative to what the human plays. */
    public double density() {
        return density;
    }

    /** How far above the human's register the answer lies. */
    public int registerSemitones() {
        return registerSemitones;
    }

    /** How strictly the answer keeps the human's pulse, 0 to 100. */
    public int gridPercent() {
        return gridPercent;
    }

    /** Where an answer begins, if there is a pulse. */
    public Enter enter() {
        return enter;
    }

    /** Of music whose bars are known. */
    public int beatsPerBar() {
        return beatsPerBar;
    }

    /** Of a turn, where turns are counted in bars. */
    public int tradeBars() {
        return tradeBars;
    }

    /** How much of a beat is over when its second half begins; {@link Settings.Beat#AUTO_SWING} as the human has it. */
    public int swingPercent() {
        return swingPercent;
    }

    /** What a beat is divided into. */
    public Division division() {
        return division;
    }

    /** The pitch that taps the beat; {@link Settings.Tap#OFF} for none. */
    public int tapNote() {
        return tapNote;
    }

    /** The number of the controller that taps the beat; {@link Settings.Tap#OFF} for none. */
    public int tapController() {
        return tapController;
    }

    /** Which MIDI clock is sent. */
    public SendClock sendClock() {
        return sendClock;
    }

    /** The temperature that time is drawn with. */
    public double timeTemperature() {
        return (timeTemperature == 0 ? temperature : timeTemperature) * steer.warmth();
    }

    /** Notes the answer may hold at once. */
    public int maxPolyphony() {
        return maxPolyphony;
    }

    /** Of the answer, 0–15. */
    public int channel() {
        return channel;
    }

    /** True to take up what was played before. */
    public boolean memory() {
        return memory;
    }

    /** True to listen and play nothing, whatever the mode. */
    public boolean mute() {
        return mute || ear.isCalibrating();
    }

    /** What of the human's playing is heard. */
    EarDials ear() {
        return ear;
    }

    /** True if a line that sounds finished is answered sooner than after that rest. */
    public boolean callEarly() {
        return callEarly;
    }

    public long callRestNanos() {
        return callRestNanos;
    }

    public double callLength() {
        return callLength;
    }

    public long callMaxNanos() {
        return callMaxNanos;
    }

    public long continueRestNanos() {
        return continueRestNanos;
    }

    /** {@link Long#MAX_VALUE} for no limit. */
    public long continueMaxNanos() {
        return continueMaxNanos;
    }

    /** How loud a note is sent that is to have this velocity, 1 to 127. */
    int atLevel(int velocity) {
        int scaled = Math.round(velocity * levelPercent / (float) Band.FULL_LEVEL);
        return Math.clamp(scaled, 1, MAX_VELOCITY);
    }

    /** By what somebody steers what is played. */
    public SteerDials steer() {
        return steer;
    }

    /** How somebody plays who plays at the same time as the human. */
    public TogetherDials together() {
        return together;
    }

    /** How many answers are tried for each call before one is played; 0: it is decided note by note. */
    public int candidates() {
        return candidates;
    }
}
