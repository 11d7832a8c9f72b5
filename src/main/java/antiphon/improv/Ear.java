package antiphon.improv;

import antiphon.HotPath;
import antiphon.improv.listen.Hands;
import antiphon.improv.listen.Listener;
import antiphon.music.Message;
import antiphon.music.MessageSink;
import antiphon.music.Vocabulary;

/** Tells mind, listener and part which notes of the human's begin and end. The improviser's thread; allocates nothing. */
@HotPath
final class Ear implements Hands.Ear {
    private final Stage stage;
    private final Listener listener;
    private final ClockOut clockOut;

    /** Where notes are sent that answer the message which is being heard. */
    MessageSink out = (message, dueNanos) -> {};

    /** A note ends for the mind in the voice in which it began, though another part be at work by then. */
    private final int[] voices = new int[Vocabulary.PITCHES];

    /** The part at work. */
    Part part;

    Ear(Part part, Stage stage, ClockOut clockOut) {
        this.part = part;
        this.stage = stage;
        this.clockOut = clockOut;
        listener = stage.listener();
    }

    /**
     * True for what begins something and is not to be heard. What ends something is heard: it may have begun before that was
     * set.
     */
    boolean ignores(int message, long nanos) {
        boolean begins = Message.isNoteOn(message)
                || (Message.isControl(message, Message.SUSTAIN_PEDAL) && Message.isPedalDown(message));
        if (!begins || !stage.dials().ear().ignores(message)) {
            return false;
        }
        if (Message.isNoteOn(message)) {
            listener.ignored(message, nanos);
        }
        return true;
    }

    @Override
    public void began(int pitch, int velocity, long nanos) {
        voices[pitch] = part.humanVoice();
        stage.mind().noteOn(voices[pitch], pitch, velocity, nanos, true);
        listener.began(pitch, velocity, nanos, part.restNanos());
        clockOut.played(nanos);
        stage.plan().cut(part.committedNanos(nanos));
        part.began(pitch, velocity, nanos, out);
    }

    @Override
    public void ended(int pitch, long nanos) {
        part.ending(pitch, nanos, out);
        stage.mind().noteOff(voices[pitch], pitch, nanos);
        listener.ended(pitch, nanos);
        if (!stage.plan().isWhole()) {
            stage.plan().clear();
        }
    }

    @Override
    public void lifted(long nanos) {
        listener.lifted(nanos);
    }
}
