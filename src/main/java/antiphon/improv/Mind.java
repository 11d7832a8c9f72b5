package antiphon.improv;

import antiphon.HotPath;
import antiphon.improv.listen.Tonality;
import antiphon.model.LstmState;
import antiphon.model.ModelException;
import antiphon.model.NeuralCache;
import antiphon.model.Sampler;
import antiphon.model.StackedLstm;
import antiphon.music.Encoder;
import antiphon.music.Event;
import antiphon.music.EventSink;
import antiphon.music.Vocabulary;

/**
 * What could come next: the network with its state, the encoder that tells it of time, the memory of motifs and the
 * sampler. Fed with every event that was heard or really sent, asked for one event at a time.
 *
 * <p>All that changes can be kept in a {@link Snapshot} and brought back, so that futures can be tried and thrown away.
 * A snapshot holds until the human plays: then all futures that were tried are of no use anyway. One thread; after
 * construction it allocates nothing.
 */
public final class Mind {
    /** Silence is counted for the network this far: three ticks, twelve seconds. */
    private static final int MAX_TICKS = 3;

    private final StackedLstm network;
    private final LstmState state;
    private final Encoder encoder = new Encoder(MAX_TICKS);
    private final NeuralCache cache;
    private final Sampler sampler;
    private final Draw draw;
    private final History history;
    private final EventSink feed = this::feed;
    private final EventSink feedHeard = this::feedHeard;
    private final Snapshot kept;
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
        for (int field = 0; field < Vocabulary.FIELDS; field++) {
            if (network.fieldSize(field) != Vocabulary.fieldSize(field)) {
                throw new ModelException("the model knows " + network.fieldSize(field) + " values of "
                        + Vocabulary.fieldName(field) + "; " + Vocabulary.fieldSize(field)
                        + " needed. It was trained by another version: retrain it.");
            }
        }
        this.network = network;
        this.history = history;
        state = network.newState();
        sampler = new Sampler(settings.temperature(), settings.topP(), settings.minP(), seed);
        cache = NeuralCache.of(network, true);
        draw = new Draw(network, sampler, cache);
        draw.useCache(settings.memory());
        kept = new Snapshot(this);
    }

    /**
     * A mind for another network that knows nothing yet of what this one was fed: see {@link #catchUp}. Any thread.
     *
     * @param firstEvent the number of the event in the {@link #history} that it is to begin with; older ones are
     *     passed over if it holds them no more
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
        feed(Event.PIECE_START);
    }

    /**
     * Hears the beginning of a note.
     *
     * @param voice the part in the dialogue that the network is to take it for
     * @param heard the human plays it: then the memory of motifs keeps it
     */
    @HotPath
    void noteOn(int voice, int pitch, int velocity, long nanos, boolean heard) {
        encoder.noteOn(voice, pitch, velocity, nanos, heard ? feedHeard : feed);
    }

    @HotPath
    void noteOff(int voice, int pitch, long nanos) {
        encoder.noteOff(voice, pitch, nanos, feed);
    }

    /** Hears that the party that was playing has finished. */
    @HotPath
    public void phraseEnd(long nanos) {
        encoder.phraseEnd(nanos, feed);
    }

    /** Lets the time jump: what comes is counted from here. */
    @HotPath
    public void restartClock(long nanos) {
        encoder.restart(nanos);
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

    /** Does ahead what the next event needs of the network; for when there is time. The music is the same without. */
    @HotPath
    void prepare() {
        network.prepare(state);
    }

    /**
     * Draws the answer's next event.
     *
     * @param kinds which may come, a bit {@code 1 << kind} each: note-on, note-off, phrase end; one at least
     * @param sounding only these pitches can end, and only others can begin
     * @param tonality what pulls on the pitch of a note-on
     * @param soonestNanos it happens then at the soonest
     * @param latestNanos and then at the latest; if that is sooner, at the soonest
     * @param patience favours long gaps over short ones: each doubling of a gap multiplies its odds by 2 to this power.
     *     0 leaves the network alone, below 0 favours short ones
     * @param grid where the pulse of the human's playing makes a note-on likelier
     * @param endBias added to the logit of the phrase's end; 0 leaves the network alone
     * @return the event, packed: see {@link Event}; its time counts from {@link #clockNanos}
     */
    @HotPath
    public int draw(
            int kinds,
            SoundingKeys sounding,
            Tonality tonality,
            long soonestNanos,
            long latestNanos,
            double patience,
            double endBias,
            Grid grid) {
        long clockNanos = encoder.clockNanos();
        long elapsedNanos = soonestNanos - clockNanos;
        long maxNanos = Math.max(latestNanos - clockNanos, elapsedNanos);
        return draw.event(
                state, kinds, sounding, tonality, elapsedNanos, maxNanos, patience, endBias, clockNanos, grid);
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

    /** Takes over how surely it draws, and whether from the memory of motifs. */
    @HotPath
    void follow(Dials dials) {
        sampler.set(dials.temperature(), dials.topP(), dials.minP());
        draw.useCache(dials.memory());
    }

    /** Begins another sequence of random numbers. */
    @HotPath
    public void seed(long seed) {
        sampler.seed(seed);
    }

    /** A seed that follows from all that was drawn, and is none of it. */
    @HotPath
    public long nextSeed() {
        return sampler.nextLong();
    }

    /** What it was fed of late. Any thread may read. */
    public History history() {
        return history;
    }

    /**
     * Feeds a successor the next event of the history that it does not know yet. First a cold thread calls this, for
     * most of it, then the improviser's.
     *
     * @return false if there is none
     */
    @HotPath
    public boolean catchUp() {
        if (rewinds != history.rewinds()) {
            // Some of what it was fed has been taken back: from the beginning, then.
            rewinds = history.rewinds();
            relived = firstRelived;
            state.reset();
            cache.forget();
        }
        if (relived >= history.count()) {
            return false;
        }
        relived = Math.max(relived, History.oldest(history.count()));
        int entry = history.entry(relived);
        step(History.event(entry), History.isHeard(entry));
        relived++;
        return true;
    }

    /** The number of the event in the history that a successor began with. */
    @HotPath
    long firstRelived() {
        return firstRelived;
    }

    /** Goes on where another mind is: its clock and its random numbers, not its network. */
    @HotPath
    void takeOverFrom(Mind predecessor) {
        encoder.copyFrom(predecessor.encoder);
        sampler.copyFrom(predecessor.sampler);
        draw.useCache(predecessor.draw.usesCache());
    }

    private void feed(int event) {
        history.add(event, false);
        step(event, false);
    }

    /** What the human did is also remembered, so that the answer can take it up. */
    private void feedHeard(int event) {
        history.add(event, true);
        step(event, true);
    }

    @HotPath
    private void step(int event, boolean heard) {
        int kind = Event.kind(event);
        if (kind == Event.START) {
            state.reset();
            cache.forget();
        } else if (Event.isNoteOn(kind)) {
            cache.hear(state, Event.timeBin(event), Event.pitch(event), Event.velocityBin(event), heard);
        }
        network.step(state, kind, Event.timeBin(event), Event.pitch(event), Event.velocityBin(event));
    }

    /** Keeps how it is now, in place of what was kept before. */
    @HotPath
    public void keep() {
        kept.take(this);
    }

    /**
     * Becomes as it was when it was last kept.
     *
     * @return false, having done nothing, if the human has played since
     */
    @HotPath
    public boolean bringBack() {
        return kept.restore(this);
    }

    /** Room for a {@link Snapshot}. */
    public Snapshot newSnapshot() {
        return new Snapshot(this);
    }

    /** All of a mind that changes, at one moment; made once and filled again and again. */
    public static final class Snapshot {
        private final LstmState state;
        private final Encoder encoder = new Encoder(MAX_TICKS);
        private final NeuralCache.Mark cache;
        private final Sampler sampler;
        private long events;

        private Snapshot(Mind mind) {
            state = mind.network.newState();
            cache = mind.cache.newMark();
            sampler = new Sampler(1, 1, 0, 0);
        }

        /** Keeps how it is with the mind now. */
        @HotPath
        public void take(Mind mind) {
            state.copyFrom(mind.state);
            encoder.copyFrom(mind.encoder);
            mind.cache.mark(cache);
            sampler.copyFrom(mind.sampler);
            events = mind.history.count();
        }

        /**
         * Makes the mind as it was.
         *
         * @return false, having done nothing, if the human has played since
         */
        @HotPath
        public boolean restore(Mind mind) {
            if (!mind.cache.backTo(cache)) {
                return false;
            }
            mind.state.copyFrom(state);
            mind.encoder.copyFrom(encoder);
            mind.sampler.copyFrom(sampler);
            mind.history.rewind(events);
            return true;
        }
    }
}
