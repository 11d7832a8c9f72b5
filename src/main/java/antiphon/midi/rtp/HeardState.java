package antiphon.midi.rtp;

import antiphon.HotPath;
import antiphon.midi.Heard;
import antiphon.music.Message;
import java.util.Arrays;

/**
 * What a peer holds and has set, by all that we have passed on. Passes messages on and keeps the account. The receiving
 * thread's.
 */
@HotPath
final class HeardState {
    private static final int UNKNOWN = -1;
    private static final int KEYS = Message.CHANNELS * Message.PITCHES;

    private final Heard heard;

    /** 0: not down. */
    private final byte[] velocities = new byte[KEYS];

    private final byte[] controls = new byte[KEYS];
    private final byte[] counts = new byte[KEYS];
    private final byte[] pressures = new byte[KEYS];
    private final byte[] programs = new byte[Message.CHANNELS];
    private final int[] bends = new int[Message.CHANNELS];
    private final byte[] touches = new byte[Message.CHANNELS];

    /** Keys that are down. */
    private int down;

    HeardState(Heard heard) {
        this.heard = heard;
        Arrays.fill(controls, (byte) UNKNOWN);
        Arrays.fill(programs, (byte) UNKNOWN);
        Arrays.fill(bends, Resets.BEND_CENTRE);
    }

    int velocity(int key) {
        return velocities[key];
    }

    /** Below 0 if it was never set. */
    int control(int channel, int controller) {
        return controls[channel * Message.PITCHES + controller];
    }

    /** Of a mode message: how often it came, by its lowest six bits. */
    int count(int channel, int controller) {
        return counts[channel * Message.PITCHES + controller];
    }

    void setCount(int channel, int controller, int count) {
        counts[channel * Message.PITCHES + controller] = (byte) count;
    }

    int program(int channel) {
        return programs[channel];
    }

    int bend(int channel) {
        return bends[channel];
    }

    int touch(int channel) {
        return touches[channel];
    }

    int pressure(int key) {
        return pressures[key];
    }

    /** Passes a message on. */
    void pass(int message, long nanos) {
        if (Message.status(message) < 0xF0) {
            note(message);
        }
        heard.message(message, nanos);
    }

    private void note(int message) {
        int channel = Message.channel(message);
        int key = Message.key(message);
        int data1 = Message.data1(message);
        int data2 = Message.data2(message);
        switch (message & 0xF0) {
            case Message.NOTE_ON -> setVelocity(key, data2);
            case Message.NOTE_OFF -> setVelocity(key, 0);
            case 0xA0 -> pressures[key] = (byte) data2;
            case Message.CONTROL_CHANGE -> setControl(channel, data1, data2);
            case 0xC0 -> programs[channel] = (byte) data1;
            case 0xD0 -> touches[channel] = (byte) data1;
            default -> bends[channel] = data2 << 7 | data1;
        }
    }

    private void setVelocity(int key, int velocity) {
        down += (velocity > 0 ? 1 : 0) - (velocities[key] > 0 ? 1 : 0);
        velocities[key] = (byte) velocity;
    }

    private void setControl(int channel, int controller, int value) {
        int first = channel * Message.PITCHES;
        controls[first + controller] = (byte) value;
        counts[first + controller] = (byte) (counts[first + controller] + 1 & 0x3F);
        if (controller == Message.RESET_CONTROLLERS) {
            reset(channel);
        } else if (controller >= Resets.MODES_FROM && Resets.endsNotes(controller)) {
            for (int pitch = 0; pitch < Message.PITCHES; pitch++) {
                setVelocity(first + pitch, 0);
            }
        }
    }

    private void reset(int channel) {
        int first = channel * Message.PITCHES;
        for (int controller = 0; controller < Resets.MODES_FROM; controller++) {
            int value = Resets.value(controller);
            if (value != Resets.UNTOUCHED && controls[first + controller] != UNKNOWN) {
                controls[first + controller] = (byte) value;
            }
        }
        bends[channel] = Resets.BEND_CENTRE;
        touches[channel] = 0;
    }

    /** Ends all that the peer holds: keys, and the pedals that hold notes. */
    void release(long nanos) {
        for (int channel = 0; channel < Message.CHANNELS; channel++) {
            for (int pitch = 0; pitch < Message.PITCHES; pitch++) {
                if (velocities[channel * Message.PITCHES + pitch] > 0) {
                    pass(Message.noteOff(channel, pitch), nanos);
                }
            }
            for (int controller = Message.SUSTAIN_PEDAL; Resets.value(controller) == 0; controller++) {
                if (Resets.isHolding(controller) && control(channel, controller) > 0) {
                    pass(Message.control(channel, controller, 0), nanos);
                }
            }
        }
    }

    /** True if something is held that {@link #release} would end. */
    boolean holds() {
        for (int channel = 0; channel < Message.CHANNELS && down == 0; channel++) {
            for (int controller = Message.SUSTAIN_PEDAL; Resets.value(controller) == 0; controller++) {
                if (Resets.isHolding(controller) && control(channel, controller) > 0) {
                    return true;
                }
            }
        }
        return down > 0;
    }
}
