package antiphon.live;

import antiphon.improv.Choice;
import antiphon.improv.Mode;
import antiphon.improv.Origin;
import antiphon.music.Message;

/** Tells a reader of the tap what would have happened, for tests of readers in other packages. */
public final class Happenings {
    private static final long MILLI = 1_000_000L;

    private final Tap tap = new Tap();
    private final Tap.Reader reader = tap.newReader();
    private final Tap.Handler handler;

    /** @param handler is told at once */
    public Happenings(Tap.Handler handler) {
        this.handler = handler;
    }

    /** The human begins and ends a note. */
    public void heard(int pitch, long millis) {
        tell(Tap.HEARD, Message.noteOn(0, pitch, 80), 0, millis, 0);
        tell(Tap.HEARD, Message.noteOff(0, pitch), 0, millis, 0);
    }

    /** The partner begins and ends a note. */
    public void sent(int pitch, long millis) {
        sentOn(1, pitch, millis);
    }

    /** A part does, on its channel. */
    public void sentOn(int channel, int pitch, long millis) {
        tell(Tap.SENT, Message.noteOn(channel, pitch, 80), 0, millis, millis * MILLI);
        tell(Tap.SENT, Message.noteOff(channel, pitch), 0, millis, millis * MILLI);
    }

    /** So many events are planned. */
    public void planned(int events) {
        tell(Tap.PLAN, events, 0, 0, 0);
    }

    /** An answer was chosen. */
    public void chosen(int tried, int rank, Origin origin, double motifShare, long millis) {
        Choice choice = new Choice();
        choice.begin(tried, rank);
        choice.add(origin, motifShare, 1);
        tell(Tap.CHOSEN, choice.about(0), rank, millis, tried);
    }

    /** @param key as {@link antiphon.improv.listen.Tonality#key} has it */
    public void state(Tap.Turn turn, Mode mode, int key, long millis) {
        tell(Tap.STATE, turn.number(), mode.number(), millis, key);
    }

    private void tell(int what, int message, int input, long millis, long value) {
        tap.write(what, message, input, millis * MILLI, value);
        while (reader.read(handler)) {
            // It has been told.
        }
    }
}
