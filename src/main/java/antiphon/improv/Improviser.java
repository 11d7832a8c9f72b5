package antiphon.improv;

import antiphon.HotPath;
import antiphon.model.LstmState;
import antiphon.model.ModelException;
import antiphon.model.NeuralCache;
import antiphon.model.Sampler;
import antiphon.model.StackedLstm;
import antiphon.music.Encoder;
import antiphon.music.Event;
import antiphon.music.EventSink;
import antiphon.music.Message;
import antiphon.music.MessageSink;
import antiphon.music.Vocabulary;
import antiphon.music.Voice;
import org.jspecify.annotations.Nullable;

/**
 * Hears the player, keeps the network's memory of the conversation, and plays the answer.
 *
 * <p>A pure state machine. Whoever drives it (the live engine, the virtual clock) tells it what was played with
 * {@link #hear} and lets time pass with {@link #advance}; the same calls, seed and model give the same answer, bit
 * for bit. One thread; after construction it allocates nothing.
 *
 * <p>The answer is decided one event at a time. An event is drawn, stays open to revision, and is sent only when its
 * time is less than the commit window away; only then the network is told of it. So whatever the player does is
 * heard before the next decision, and only what was really sent or heard is ever fed back.
 */
public final class Improviser {
    /** Silence is counted for the network this far: three ticks, twelve seconds. */
    private static final int MOST_TICKS = 3;

    /** Shorter notes sound like slips of the finger. */
    private static final long SHORTEST_NOTE_NANOS = 60_000_000L;

    /** Bounds one call of {@link #advance}: far more than can be due at once. */
    private static final int MOST_EVENTS_AT_ONCE = 256;

    private final StackedLstm model;
    private final Settings settings;
    private final int voiceOfPlayer;
    private final LstmState state;
    private final Encoder encoder = new Encoder(MOST_TICKS);
    private final EventSink feed = this::feed;
    private final EventSink feedHeard = this::feedHeard;
    private final PlayerHands hands = new PlayerHands();
    private final PlayerHands.Ear ear;
    private final SoundingKeys sounding = new SoundingKeys();
    private final Call call = new Call();
    private final AnswerPlan plan = new AnswerPlan();
    private final PitchMemory memory = new PitchMemory();
    private final NeuralCache cache;
    private final Echo echo;
    private final Prediction prediction;

    /** Null in all modes but its own. */
    private final @Nullable Harmony harmony;

    /** Where the voices go that answer what is being heard. */
    private MessageSink heardOut = (message, dueNanos) -> {};

    private boolean answering;
    private boolean decided;

    /** The pitch that must end before what was drawn can happen, or -1. */
    private int overdue = -1;

    private long dueNanos;
    private long answers;
    private long notesAnswered;

    /**
     * Makes an improviser that has heard nothing.
     *
     * @throws ModelException if the model was made for another vocabulary
     */
    public Improviser(StackedLstm model, Settings settings, long seed) {
        for (int field = 0; field < Vocabulary.FIELDS; field++) {
            if (model.fieldSize(field) != Vocabulary.fieldSize(field)) {
                throw new ModelException("the model knows " + model.fieldSize(field) + " values of "
                        + Vocabulary.fieldName(field) + "; " + Vocabulary.fieldSize(field)
                        + " needed. It was trained by another version: retrain it.");
            }
        }
        this.model = model;
        this.settings = settings;
        voiceOfPlayer = settings.mode().voiceOfPlayer();
        state = model.newState();
        echo = new Echo(settings.channel());
        Sampler sampler = new Sampler(settings.temperature(), settings.topP(), settings.minP(), seed);
        harmony = settings.mode() == Mode.HARMONY ? new Harmony(model, sampler, memory) : null;
        ear = harmony == null ? new EarOfPlayer() : new EarOfAccompanist(harmony);
        cache = NeuralCache.of(model, settings.memory() && harmony == null);
        prediction = new Prediction(model, sampler, memory, cache, settings.temperature());
    }

    /** Begins a new piece at this time: everything heard before is forgotten. Silence the answer first. */
    @HotPath
    public void begin(long nanos) {
        state.reset();
        encoder.restart(nanos);
        call.reset();
        memory.forget();
        cache.forget();
        sounding.clear();
        if (harmony != null) {
            harmony.forget();
        }
        answering = false;
        decided = false;
        feed(Event.PIECE_START);
    }

    /**
     * Takes in what the player did. A note interrupts an answer: its notes end at once. In {@link Mode#HARMONY} the
     * voice of a note is chosen here, and ended here.
     *
     * @param message packed, see {@link Message}; what is neither note nor pedal is ignored
     * @param nanos when it was played, not before the last call's
     * @param out gets the note-offs of an interrupted answer, and the harmony's notes: each due
     *     {@link Settings#leadNanos} after what it goes with
     */
    @HotPath
    public void hear(int message, long nanos, MessageSink out) {
        if (echo.isOurs(message, nanos)) {
            return;
        }
        if (answering && Message.isNoteOn(message)) {
            stop(nanos, out);
        }
        heardOut = out;
        hands.follow(message, nanos, ear);
    }

    /**
     * Sends all that is due until now and the commit window.
     *
     * @param out gets the answer's messages, each with its due time
     * @return when to call again at the latest, {@link Long#MAX_VALUE} if only for the next message
     */
    @HotPath
    public long advance(long nowNanos, MessageSink out) {
        if (harmony != null) {
            encoder.silence(nowNanos, feed);
            return encoder.nextTickNanos();
        }
        for (int i = 0; i < MOST_EVENTS_AT_ONCE; i++) {
            if (answering) {
                if (!decided) {
                    decide(nowNanos);
                }
                if (dueNanos - settings.commitNanos() > nowNanos) {
                    return dueNanos - settings.commitNanos();
                }
                commit(out);
            } else {
                long endNanos = call.endNanos(hands.heldKeys() > 0, settings.restNanos());
                if (endNanos > nowNanos) {
                    encoder.silence(nowNanos, feed);
                    return Math.min(endNanos, encoder.nextTickNanos());
                }
                answer(endNanos);
            }
        }
        return nowNanos;
    }

    /** Ends the answer now, if there is one, and listens. */
    @HotPath
    public void stop(long nanos, MessageSink out) {
        for (int pitch = 0; pitch < Vocabulary.PITCHES && sounding.count() > 0; pitch++) {
            if (sounding.isSounding(pitch)) {
                // A note committed a moment ahead must not end before it begins.
                endNote(pitch, Math.max(nanos, sounding.onsetNanos(pitch)), nanos, out);
            }
        }
        if (harmony != null) {
            harmony.forget();
        }
        if (answering) {
            endPhrase(nanos);
        }
    }

    /** Begins to play without waiting for a phrase to end; in {@link Mode#HARMONY}, which has no turns, does nothing. */
    @HotPath
    public void answer(long nanos) {
        if (harmony != null) {
            return;
        }
        if (settings.mode() == Mode.CALL && call.notes() > 0) {
            // The rest by which we knew that the phrase was over is not part of the music: the answer's time
            // begins now, as if the turn had passed with the last note.
            encoder.phraseEnd(call.lastActivityNanos(), feed);
        }
        encoder.restart(nanos);
        for (int pitch = 0; pitch < Vocabulary.PITCHES; pitch++) {
            if (hands.isSounding(pitch)) {
                call.stillSounds(pitch, nanos);
            }
        }
        plan.begin(call, settings, nanos);
        memory.update();
        call.reset();
        answering = true;
        decided = false;
        answers++;
    }

    /** True while it is the answer's turn. */
    public boolean isAnswering() {
        return answering;
    }

    /** True while nothing is played and no phrase waits for its answer. */
    public boolean isIdle() {
        return !answering && call.notes() == 0;
    }

    /** Answers begun since the start. */
    public long answers() {
        return answers;
    }

    /** Notes sent since the start. */
    public long notesAnswered() {
        return notesAnswered;
    }

    private void decide(long nowNanos) {
        long clockNanos = encoder.clockNanos();
        long soonestNanos = nowNanos + settings.leadNanos();
        boolean over = plan.isOver(Math.max(soonestNanos, clockNanos));
        boolean on = !over && sounding.count() < plan.mostPolyphony();
        boolean off = sounding.count() > 0;
        boolean end = over ? !off : plan.mayEnd(clockNanos);
        prediction.allow(on, off, end);
        prediction.setPatience(plan.patience(clockNanos));
        prediction.draw(
                state,
                sounding,
                soonestNanos - clockNanos,
                Math.max(plan.mostGapNanos(sounding.count(), clockNanos), soonestNanos - clockNanos),
                plan.endBias(clockNanos));
        dueNanos = clockNanos + Vocabulary.timeNanos(prediction.timeBin());
        if (prediction.kind() == Event.ANSWER_OFF) {
            dueNanos = Math.max(dueNanos, sounding.onsetNanos(prediction.pitch()) + SHORTEST_NOTE_NANOS);
        }
        decided = true;
        overdue = sounding.oldest();
        long endNanos = overdue < 0 ? Long.MAX_VALUE : sounding.onsetNanos(overdue) + plan.mostNoteNanos();
        if (endNanos < dueNanos) {
            dueNanos = Math.max(endNanos, Math.max(soonestNanos, clockNanos));
        } else {
            overdue = -1;
        }
    }

    private void commit(MessageSink out) {
        decided = false;
        if (overdue >= 0) {
            endNote(overdue, dueNanos, dueNanos, out);
        } else if (prediction.kind() == Event.ANSWER_ON) {
            beginNote(prediction.pitch(), Vocabulary.velocity(prediction.velocityBin()), dueNanos, dueNanos, out);
            plan.noteSent();
        } else if (prediction.kind() == Event.ANSWER_OFF) {
            endNote(prediction.pitch(), dueNanos, dueNanos, out);
        } else {
            stop(dueNanos, out);
        }
    }

    /** @param nanos its time in the music: that of the note it goes with, where it is sent a fixed span after that */
    private void beginNote(int pitch, int velocity, long dueNanos, long nanos, MessageSink out) {
        out.send(Message.noteOn(settings.channel(), pitch, velocity), dueNanos);
        encoder.noteOn(Voice.ANSWER, pitch, velocity, nanos, feed);
        sounding.begin(pitch, dueNanos);
        echo.sent(pitch, dueNanos);
        notesAnswered++;
    }

    private void endNote(int pitch, long dueNanos, long nanos, MessageSink out) {
        out.send(Message.noteOff(settings.channel(), pitch), dueNanos);
        encoder.noteOff(Voice.ANSWER, pitch, nanos, feed);
        sounding.end(pitch);
    }

    private void endPhrase(long nanos) {
        answering = false;
        decided = false;
        call.reset();
        if (settings.mode() == Mode.CALL) {
            encoder.phraseEnd(nanos, feed);
        }
    }

    private void feed(int event) {
        feed(event, false);
    }

    /** What the player did is also remembered, so that the answer can take it up. */
    private void feedHeard(int event) {
        feed(event, true);
    }

    private void feed(int event, boolean heard) {
        if (Event.isNoteOn(Event.kind(event))) {
            cache.hear(state, Event.timeBin(event), Event.pitch(event), Event.velocityBin(event), heard);
        }
        model.step(state, Event.kind(event), Event.timeBin(event), Event.pitch(event), Event.velocityBin(event));
    }

    /** Writes down what the player's hands make sound. */
    private final class EarOfPlayer implements PlayerHands.Ear {
        @Override
        public void began(int pitch, int velocity, long nanos) {
            encoder.noteOn(voiceOfPlayer, pitch, velocity, nanos, feedHeard);
            call.noteBegan(pitch, nanos, settings.restNanos());
            call.keysHeld(hands.heldKeys());
            memory.hear(pitch);
            decided = false;
        }

        @Override
        public void ended(int pitch, long nanos) {
            encoder.noteOff(voiceOfPlayer, pitch, nanos, feed);
            call.noteEnded(pitch, nanos);
            decided = false;
        }

        @Override
        public void lifted(long nanos) {
            call.keyLifted(nanos);
        }
    }

    /** Gives each note its voice, at once: the network is told of it only when it is on its way. */
    private final class EarOfAccompanist implements PlayerHands.Ear {
        private final Harmony voices;

        EarOfAccompanist(Harmony voices) {
            this.voices = voices;
        }

        @Override
        public void began(int pitch, int velocity, long nanos) {
            encoder.noteOn(voiceOfPlayer, pitch, velocity, nanos, feedHeard);
            memory.hear(pitch);
            int voice = voices.choose(state, pitch, nanos, hands, sounding);
            if (voice < 0) {
                return;
            }
            if (sounding.count() == settings.mostPolyphony()) {
                // The pedal has gathered them: the oldest makes room, for the newest note must not go without.
                int oldest = sounding.oldest();
                voices.drop(oldest);
                end(oldest, nanos);
            }
            voices.keep(pitch, voice, nanos);
            int loudness = voices.chooseVelocity(state, voice, velocity);
            beginNote(voice, loudness, nanos + settings.leadNanos(), nanos, heardOut);
        }

        @Override
        public void ended(int pitch, long nanos) {
            int voice = voices.release(pitch);
            if (voice >= 0) {
                end(voice, nanos);
            }
            encoder.noteOff(voiceOfPlayer, pitch, nanos, feed);
        }

        private void end(int voice, long nanos) {
            endNote(voice, nanos + settings.leadNanos(), nanos, heardOut);
        }

        @Override
        public void lifted(long nanos) {}
    }
}
