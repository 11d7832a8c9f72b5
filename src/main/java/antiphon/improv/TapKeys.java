package antiphon.improv;

import antiphon.HotPath;
import antiphon.improv.listen.Pulse;
import antiphon.music.Message;

/**
 * The key and the pedal with which the human taps the beat, if any is set. What taps is not music: neither the listener
 * nor the mind hears it. One thread; allocates nothing.
 */
@HotPath
final class TapKeys {
    private final Dials dials;
    private final Pulse pulse;

    /** The pedal is down: it taps again only when it was up. */
    private boolean isDown;

    TapKeys(Dials dials, Pulse pulse) {
        this.dials = dials;
        this.pulse = pulse;
    }

    /**
     * Taps, if this message does.
     *
     * @return true if it is not music. The end of a note and the release of a pedal are never kept from the music: they
     *     may belong to what began before the key was set
     */
    boolean take(int message, long nanos) {
        if (Message.isNoteOn(message) && Message.data1(message) == dials.tapNote()) {
            pulse.tap(nanos);
            return true;
        }
        if (dials.tapController() == Settings.Tap.OFF || !Message.isControl(message, dials.tapController())) {
            return false;
        }
        boolean wasDown = isDown;
        isDown = Message.isPedalDown(message);
        if (isDown && !wasDown) {
            pulse.tap(nanos);
        }
        return isDown;
    }

    /** Another pedal is set: nobody knows whether it is down. */
    void changed() {
        isDown = false;
    }
}
