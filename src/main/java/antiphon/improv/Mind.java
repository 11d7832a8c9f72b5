package antiphon.improv;

import antiphon.HotPath;
import antiphon.improv.listen.PitchBias;
import antiphon.improv.listen.Places;
import antiphon.model.LstmState;
import antiphon.model.ModelException;
import antiphon.model.NeuralCache;
import antiphon.model.Sampler;
import antiphon.model.StackedLstm;
import antiphon.music.Encoder;
import antiphon.music.Event;
import antiphon.music.EventSink;
import antiphon.music.Vocabulary;
import antiphon.music.Voice;
import org.jspecify.annotations.Nullable;

/**
 * What could come next: the network with its state, the encoder that tells it of time, the memory of motifs and the
 * sampler. It is fed every event that was heard or really sent, and asked for one event at a time.
 *
 * <p>All that changes can be kept in a {@link Snapshot} and brought back, so that futures can be tried and thrown away.
 * A snapshot is valid until the human plays; then the futures that were tried are useless anyway. One thread; after
 * construction it allocates nothing.
 */
public final class Mind {
    private final StackedLstm network;
    private final MindState own;
    private final LstmState state;
    private final Encoder encoder;
    private final Places places;
    private final NeuralCache cache;
    private final Sampler sampler;
    private final History history;
    private final Draw draw;
    private final EventSink feed = event -> feed(event, false);

    /** The memory of motifs keeps the human's notes, so that the answer can take them up. */
    private final EventSink feedHeard = event -> feed(event, true);

    private final Snapshot kept;
    private final Snapshot awake;
    private @Nullable Object dreamer;
    private long changes;
    private long firstRelived;
    private long relived;
    private long rewinds;

    /**
     * Makes a mind that knows nothing.
     *
     * @throws ModelException if the network was made for another vocabulary
     */
    public Mind(StackedLstm network, Settings settings, long seed) {
        this(network, settings, seed, new History());
    }

    private Mind(StackedLstm network, Settings settings, long seed, History history) {
        this.network = network;
        this.history = history;
        own = new MindState(network, settings, seed, history);
        state = own.state;
        encoder = own.encoder;
        places = own.places;
        cache = own.cache;
        sampler = own.sampler;
        draw = new Draw(network, sampler, cache, own.variety);
        follow(new Dials(settings));
        kept = new Snapshot(own);
        awake = new Snapshot(own);
    }

    /**
     * A mind for another network that knows nothing yet of what this one was fed: see {@link #catchUp}. Any thread.
     *
     * @param firstEvent the number in the {@link #history} to begin with; if that is gone, the oldest that it holds
     */
    public Mind successor(StackedLstm other, Settings settings, long firstEvent) {
        Mind mind = new Mind(other, settings, 1, history);
        mind.firstRelived = firstEvent;
        mind.relived = firstEvent;
        mind.rewinds = history.rewinds();
        return mind;
    }

    /** Forgets everything: a new piece begins at this time. */
    @HotPath
    void begin(long nanos) {
        encoder.restart(nanos);
        own.beganNanos = nanos;
        own.variety.clear();
        feed(Event.PIECE_START, false);
    }

    /**
     * Hears the beginning of a note.
     *
     * @param voice whose voice the network is to take it for
     * @param heard true if the human plays it: then the memory of motifs keeps it
     */
    @HotPath
    public void noteOn(int voice, int pitch, int velocity, long nanos, boolean heard) {
        encoder.noteOn(voice, pitch, velocity, nanos, heard ? feedHeard : feed);
        if (voice == Voice.ANSWER) {
            own.variety.played(pitch);
        }
    }

    @HotPath
    public void noteOff(int voice, int pitch, long nanos) {
        encoder.noteOff(voice, pitch, nanos, feed);
    }

    /** Hears that the party that was playing has finished. */
    @HotPath
    public void phraseEnd(long nanos) {
        encoder.phraseEnd(nanos, feed);
    }

    /** Sets the time: the next gap is counted from here. */
    @HotPath
    public void restartClock(long nanos) {
        encoder.restart(nanos);
        // Now, not with the next event: whoever holds a beat until then counts from the new time.
        skipTo(nanos);
    }

    /** The time that the events so far add up to. */
    @HotPath
    public long clockNanos() {
        return encoder.clockNanos();
    }

    /** Lets silence pass. */
    @HotPath
    void silence(long nanos) {
        encoder.silence(nanos, feed);
    }

    /** When {@link #silence} is needed next, {@link Long#MAX_VALUE} if not before the next event. */
    @HotPath
    long nextTickNanos() {
        return encoder.nextTickNanos();
    }

    /** Computes ahead what the next event needs; the music is the same without. False if that was done already. */
    @HotPath
    boolean prepare() {
        boolean stepped = network.prepare(state);
        return places.look() || stepped;
    }

    /**
     * Draws the answer's next event.
     *
     * @param kinds which may be drawn, a bit {@code 1 << kind} each: note-on, note-off, phrase end; at least one
     * @param sounding only these pitches can end, and only others can begin
     * @param suiting its bias is added to the logits of a note-on's pitch
     * @param soonestNanos the earliest time of the event
     * @param latestNanos the latest time of the event; if that is before the earliest, the earliest counts
     * @param patience each doubling of a gap multiplies its odds by 2 to this power: above 0 favours long ones
     * @param endBias added to the logit of the phrase's end; 0 changes nothing
     * @param grid where the pulse of the human's playing makes a note-on likelier
     * @return the event, packed: see {@link Event}; its time counts from {@link #clockNanos}
     */
    @HotPath
    public int draw(
            int kinds,
            SoundingKeys sounding,
            PitchBias suiting,
            long soonestNanos,
            long latestNanos,
            double patience,
            double endBias,
            Grid grid) {
        long clockNanos = encoder.clockNanos();
        long elapsedNanos = soonestNanos - clockNanos;
        long maxNanos = Math.max(latestNanos - clockNanos, elapsedNanos);
        tellPlaces(grid);
        return draw.event(state, kinds, sounding, suiting, elapsedNanos, maxNanos, patience, endBias, clockNanos, grid);
    }

    /** Draws the pitch of a note of the answer's that begins after this gap, and how loud it is; as {@link #draw}. */
    @HotPath
    public int drawNote(int timeBin, SoundingKeys sounding, PitchBias suiting) {
        return draw.note(state, timeBin, sounding, suiting);
    }

    /**
     * Draws the pitch of a note of the answer's that begins now.
     *
     * @param bias added to each pitch's logit; {@link Sampler#NEVER} excludes it
     * @return -1 if all are excluded
     */
    @HotPath
    public int drawPitch(float[] bias) {
        return draw.pitch(state, bias);
    }

    /**
     * Draws the velocity of a note of the answer's that begins now.
     *
     * @return its bin, from {@code minBin} to {@code maxBin}; the latter if the network excludes all
     */
    @HotPath
    public int drawVelocityBin(int pitch, int minBin, int maxBin) {
        return draw.velocityBin(state, pitch, minBin, maxBin);
    }

    /** Takes over temperatures, top-p and min-p, and whether to use the memory of motifs. */
    @HotPath
    public void follow(Dials dials) {
        sampler.set(dials.temperature(), dials.topP(), dials.minP());
        draw.useCache(dials.memory(), dials.steer().memoryShare());
        draw.useTimeTemperature(dials.timeTemperature());
    }

    /** Begins another sequence of random numbers. */
    @HotPath
    public void seed(long seed) {
        sampler.seed(seed);
    }

    /** A seed computed from the state of the random numbers; drawing it changes nothing. */
    @HotPath
    public long nextSeed() {
        return sampler.nextLong();
    }

    /** The events that it was fed last. Any thread may read. */
    public History history() {
        return history;
    }

    /**
     * Feeds a successor the next event of the history that it does not know yet. A cold thread calls this for most of
     * the events, then the improviser's thread for the rest.
     *
     * @return false if there is none
     */
    @HotPath
    public boolean catchUp() {
        if (rewinds != history.rewinds()) {
            // Some events that it was fed have been taken back, so it begins again.
            rewinds = history.rewinds();
            relived = firstRelived;
            state.reset();
            cache.forget();
        }
        if (relived >= history.count()) {
            return false;
        }
        relived = Math.max(relived, history.oldest());
        int entry = history.entry(relived);
        step(History.event(entry), history.place(relived), History.isHeard(entry));
        relived++;
        return true;
    }

    /** The number of the event in the history that a successor began with. */
    @HotPath
    long firstRelived() {
        return firstRelived;
    }

    /** Takes over another mind's clock and random numbers, not its network. */
    @HotPath
    void takeOverFrom(Mind predecessor, Dials dials) {
        predecessor.wake();
        own.takeOverFrom(predecessor.own);
        follow(dials);
    }

    /** Has in mind what another of the same network has; its random numbers and its memory of motifs stay its own. */
    @HotPath
    void learnFrom(Mind other) {
        own.learnFrom(other.own);
    }

    private void feed(int event, boolean heard) {
        skipTo(encoder.clockNanos() - Vocabulary.timeNanos(Event.timeBin(event)));
        int place = places.hear(event, heard);
        if (dreamer == null) {
            history.add(event, place, heard);
            changes++;
        }
        step(event, place, heard);
    }

    /** Lets time pass that no event tells of: a silence longer than is told. */
    private void skipTo(long nanos) {
        long untoldNanos = nanos - own.beganNanos - places.clockNanos();
        if (untoldNanos != 0) {
            places.skip(untoldNanos);
        }
    }

    @HotPath
    private void step(int event, int place, boolean heard) {
        int kind = Event.kind(event);
        if (kind == Event.START) {
            state.reset();
            cache.begin();
        } else if (Event.isNoteOn(kind)) {
            cache.hear(state, Event.timeBin(event), Event.pitch(event), Event.velocityBin(event), heard);
        }
        if (network.knowsPlaces()) {
            Places.tell(state, place);
        }
        network.step(state, kind, Event.timeBin(event), Event.pitch(event), Event.velocityBin(event));
    }

    /**
     * From now on what it is told is only imagined, until {@link #wake}: nothing of it will have been. What another
     * imagines ends.
     */
    @HotPath
    public void imagine(Object who) {
        wake();
        awake.take(own);
        dreamer = who;
    }

    /** True while it is told of what this one imagines. */
    @HotPath
    public boolean isDreamOf(Object who) {
        return dreamer == who;
    }

    /** Goes back to where it was before {@link #imagine}, temperatures too; what is told from now on has really happened. */
    @HotPath
    public void wake() {
        if (dreamer != null) {
            dreamer = null;
            awake.restore(own);
            sampler.temper(1);
        }
    }

    /** Changes whenever it is told of something that has really happened. */
    @HotPath
    public long changes() {
        return changes;
    }

    /** Where the sequence of random numbers is. */
    @HotPath
    public long seed() {
        return sampler.seed();
    }

    /** Draws more boldly or more cautiously until {@link #wake}: all temperatures are multiplied by this. */
    @HotPath
    public void temper(double factor) {
        sampler.temper(factor);
    }

    /** How unlikely the network holds it that this event of an answer follows, in nats; velocity is left out. */
    @HotPath
    public double nats(int event, Grid grid) {
        tellPlaces(grid);
        return draw.nats(state, event);
    }

    private void tellPlaces(Grid grid) {
        if (network.knowsPlaces()) {
            grid.tell(places, encoder.clockNanos());
            places.tellLandings(state);
        }
    }

    /** The network whose steps it takes. */
    @HotPath
    public StackedLstm network() {
        return network;
    }

    /** The memory of motifs. */
    public NeuralCache cache() {
        return cache;
    }

    /** Keeps the present state, in place of the one that was kept before. */
    @HotPath
    public void keep() {
        kept.take(own);
    }

    /**
     * Goes back to the state that was kept last.
     *
     * @return false, having done nothing, if the human has played since
     */
    @HotPath
    public boolean bringBack() {
        return kept.restore(own);
    }
}
