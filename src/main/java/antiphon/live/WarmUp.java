package antiphon.live;

import antiphon.improv.Improviser;
import antiphon.improv.Settings;
import antiphon.model.StackedLstm;
import antiphon.music.Message;
import antiphon.music.MessageSink;

/**
 * Plays a conversation that nobody hears, so that the JVM has compiled the live path before the first real note. On
 * the thread that starts the program, with an improviser of its own.
 */
final class WarmUp {
    private static final int CALLS = 12;
    private static final int NOTES_PER_CALL = 16;
    private static final long MILLI = 1_000_000L;
    private static final long NOTE_NANOS = 100 * MILLI;

    /** Bounds an answer here: enough to run every branch, not a concert. */
    private static final int MOST_STEPS = 200;

    private WarmUp() {}

    static void run(StackedLstm model, Settings settings) {
        Improviser improviser = new Improviser(model, settings, 1);
        MessageSink nobody = (message, dueNanos) -> {};
        long nanos = 0;
        improviser.begin(nanos);
        for (int call = 0; call < CALLS; call++) {
            for (int note = 0; note < NOTES_PER_CALL; note++) {
                int pitch = 60 + (call + note) % 12;
                improviser.hear(Message.noteOn(0, pitch, 64), nanos, nobody);
                improviser.hear(Message.noteOff(0, pitch), nanos + NOTE_NANOS / 2, nobody);
                nanos += NOTE_NANOS;
            }
            improviser.answer(nanos);
            for (int step = 0; step < MOST_STEPS && improviser.isAnswering(); step++) {
                nanos = Math.max(nanos, improviser.advance(nanos, nobody));
            }
            improviser.stop(nanos, nobody);
        }
    }
}
