package antiphon.midi.rtp;

import antiphon.midi.Heard;
import antiphon.music.Message;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Writes down what it is told, and what is down by that. */
final class Played implements Heard {
    final List<Integer> messages = new ArrayList<>();
    final List<Long> nanos = new ArrayList<>();
    final List<byte[]> sysex = new ArrayList<>();
    final Set<Integer> down = new TreeSet<>();
    final TreeMap<Integer, Integer> controls = new TreeMap<>();
    final int[] bends = new int[Message.CHANNELS];
    final int[] programs = new int[Message.CHANNELS];

    Played() {
        Arrays.fill(bends, 64 << 7);
    }

    @Override
    public void message(int message, long at) {
        messages.add(message);
        nanos.add(at);
        if (Message.isNoteOn(message)) {
            down.add(Message.key(message));
        } else if (Message.isNoteOff(message)) {
            down.remove(Message.key(message));
        } else if ((message & 0xF0) == Message.CONTROL_CHANGE) {
            control(Message.channel(message), Message.data1(message), Message.data2(message));
        } else if ((message & 0xF0) == 0xE0) {
            bends[Message.channel(message)] = Message.data2(message) << 7 | Message.data1(message);
        } else if ((message & 0xF0) == 0xC0) {
            programs[Message.channel(message)] = Message.data1(message);
        }
    }

    private void control(int channel, int controller, int value) {
        controls.put(channel * Message.PITCHES + controller, value);
        if (controller == Message.ALL_NOTES_OFF || controller == Message.ALL_SOUND_OFF) {
            down.removeIf(key -> key / Message.PITCHES == channel);
        } else if (controller == Message.RESET_CONTROLLERS) {
            controls.keySet().removeIf(key -> key / Message.PITCHES == channel && Resets.value(key % 128) != -1);
            bends[channel] = 64 << 7;
        }
    }

    /** 0 if it was never moved. */
    int pedal(int channel) {
        return controls.getOrDefault(channel * Message.PITCHES + Message.SUSTAIN_PEDAL, 0);
    }

    @Override
    public void sysex(byte[] bytes, int length, long at) {
        sysex.add(Arrays.copyOf(bytes, length));
    }
}
