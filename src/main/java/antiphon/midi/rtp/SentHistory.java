package antiphon.midi.rtp;

import antiphon.HotPath;
import antiphon.music.Message;
import java.util.Arrays;

/**
 * What was sent to a peer and not yet confirmed, for the recovery journal: of each note, controller and so on the last
 * command and the packet that it was in. One thread. Packets are counted from the session's beginning, without end.
 */
final class SentHistory {
    static final int KEYS = Message.CHANNELS * Message.PITCHES;
    private static final long NEVER = -1;

    final long[] notePackets = new long[KEYS];
    final long[] noteNanos = new long[KEYS];

    /** 0: the last command was a note-off. */
    final byte[] velocities = new byte[KEYS];

    final long[] controlPackets = new long[KEYS];
    final byte[] controlValues = new byte[KEYS];

    /** Of mode messages: how often they were sent. */
    final byte[] controlCounts = new byte[KEYS];

    final long[] pressurePackets = new long[KEYS];
    final byte[] pressures = new byte[KEYS];
    final long[] programPackets = new long[Message.CHANNELS];
    final byte[] programs = new byte[Message.CHANNELS];

    /** Bank select as it was when the program changed; below 0 if it had not been sent. */
    final byte[] banks = new byte[2 * Message.CHANNELS];

    final long[] bendPackets = new long[Message.CHANNELS];
    final int[] bends = new int[Message.CHANNELS];
    final long[] touchPackets = new long[Message.CHANNELS];
    final byte[] touches = new byte[Message.CHANNELS];

    /** The last packet with a command that the journal knows, of each channel. */
    final long[] channelPackets = new long[Message.CHANNELS];

    private volatile long lastPacket = NEVER;

    SentHistory() {
        for (long[] packets : new long[][] {
            notePackets, controlPackets, pressurePackets, programPackets, bendPackets, touchPackets, channelPackets
        }) {
            Arrays.fill(packets, NEVER);
        }
        Arrays.fill(banks, (byte) -1);
        Arrays.fill(bends, Resets.BEND_CENTRE);
        Arrays.fill(controlValues, (byte) -1);
    }

    /** The last packet with a command that the journal knows; -1 if there was none. Any thread. */
    @HotPath
    long lastPacket() {
        return lastPacket;
    }

    /** A packet with this message is sent. */
    @HotPath
    void add(int message, long packet, long nanos) {
        int status = Message.status(message);
        if (status >= 0xF0) {
            return;
        }
        int channel = Message.channel(message);
        int key = Message.key(message);
        int data1 = Message.data1(message);
        int data2 = Message.data2(message);
        switch (status & 0xF0) {
            case Message.NOTE_ON -> note(key, data2, packet, nanos);
            case Message.NOTE_OFF -> note(key, 0, packet, nanos);
            case 0xA0 -> {
                pressurePackets[key] = packet;
                pressures[key] = (byte) data2;
            }
            case Message.CONTROL_CHANGE -> control(channel, data1, data2, packet);
            case 0xC0 -> {
                programPackets[channel] = packet;
                programs[channel] = (byte) data1;
                banks[2 * channel] = controlValues[channel * Message.PITCHES];
                banks[2 * channel + 1] = controlValues[channel * Message.PITCHES + 32];
            }
            case 0xD0 -> {
                touchPackets[channel] = packet;
                touches[channel] = (byte) data1;
            }
            default -> {
                bendPackets[channel] = packet;
                bends[channel] = data2 << 7 | data1;
            }
        }
        channelPackets[channel] = packet;
        lastPacket = packet;
    }

    @HotPath
    private void note(int key, int velocity, long packet, long nanos) {
        notePackets[key] = packet;
        velocities[key] = (byte) velocity;
        noteNanos[key] = nanos;
    }

    @HotPath
    private void control(int channel, int controller, int value, long packet) {
        int first = channel * Message.PITCHES;
        int key = first + controller;
        controlPackets[key] = packet;
        controlValues[key] = (byte) value;
        controlCounts[key] = (byte) (controlCounts[key] + 1 & 0x3F);
        if (controller == Message.RESET_CONTROLLERS) {
            reset(channel, packet);
        } else if (controller >= Resets.MODES_FROM && Resets.endsNotes(controller)) {
            for (int pitch = 0; pitch < Message.PITCHES; pitch++) {
                if (velocities[first + pitch] > 0) {
                    note(first + pitch, 0, packet, 0);
                }
            }
        }
    }

    @HotPath
    private void reset(int channel, long packet) {
        int first = channel * Message.PITCHES;
        for (int controller = 0; controller < Resets.MODES_FROM; controller++) {
            int value = Resets.value(controller);
            if (value != Resets.UNTOUCHED && controlPackets[first + controller] != NEVER) {
                controlPackets[first + controller] = packet;
                controlValues[first + controller] = (byte) value;
            }
        }
        if (bendPackets[channel] != NEVER) {
            bendPackets[channel] = packet;
            bends[channel] = Resets.BEND_CENTRE;
        }
        if (touchPackets[channel] != NEVER) {
            touchPackets[channel] = packet;
            touches[channel] = 0;
        }
    }
}
