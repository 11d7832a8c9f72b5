package antiphon.midi.rtp;

import antiphon.HotPath;
import antiphon.music.Message;

/** What "reset all controllers" sets, by MIDI's RP-015, and which messages let all keys up. Both ends must agree on it. */
@HotPath
final class Resets {
    static final int BEND_CENTRE = 64 << 7;

    /** From here on controllers are commands: what counts is how often they came. */
    static final int MODES_FROM = Message.ALL_SOUND_OFF;

    /** Not touched by the reset. */
    static final int UNTOUCHED = -1;

    private static final int MODULATION = 1;
    private static final int EXPRESSION = 11;
    private static final int LAST_PEDAL = 69;

    private Resets() {}

    /** What a controller is set to, or {@link #UNTOUCHED}. */
    static int value(int controller) {
        if (controller == MODULATION || (controller >= Message.SUSTAIN_PEDAL && controller <= LAST_PEDAL)) {
            return 0;
        }
        return controller == EXPRESSION ? 127 : UNTOUCHED;
    }

    /** True for a mode message after which no key of its channel is down. */
    static boolean endsNotes(int controller) {
        return controller == Message.ALL_SOUND_OFF || controller >= Message.ALL_NOTES_OFF;
    }

    /** A pedal that holds notes: sustain and sostenuto. */
    static boolean isHolding(int controller) {
        return controller == Message.SUSTAIN_PEDAL || controller == Message.SUSTAIN_PEDAL + 2;
    }
}
