package antiphon.app;

import antiphon.midi.jack.JackScript;
import antiphon.midi.jack.JackScript.Timed;
import antiphon.music.Message;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

/** What a recorder heard, and which keys sounded when. Frames are JACK's. */
record Heard(List<Timed> messages) {
    private static final int CHANNELS = 16;
    private static final int PITCHES = 128;

    /** Reads a recorder's file. */
    static Heard read(Path file) throws IOException {
        return new Heard(JackScript.read(file));
    }

    Heard filter(Predicate<Timed> wanted) {
        return new Heard(messages.stream().filter(wanted).toList());
    }

    /** @param channel 0–15 */
    Heard channel(int channel) {
        return filter(each -> Message.channel(each.message()) == channel);
    }

    Heard noteOns() {
        return filter(each -> Message.isNoteOn(each.message()));
    }

    Heard noteOffs() {
        return filter(each -> Message.isNoteOff(each.message()));
    }

    /** What came by the end of this frame. */
    Heard until(long frame) {
        return filter(each -> each.frame() <= frame);
    }

    /** When each came, counted from a frame. */
    List<Double> secondsAfter(long zeroFrame, int framesPerSecond) {
        return messages.stream()
                .map(each -> (double) (each.frame() - zeroFrame) / framesPerSecond)
                .toList();
    }

    int size() {
        return messages.size();
    }

    long firstFrame() {
        return messages.getFirst().frame();
    }

    long lastFrame() {
        return messages.getLast().frame();
    }

    /** Keys that sound when all of it has been heard. */
    int sounding() {
        Keys keys = new Keys();
        messages.forEach(each -> keys.follow(each.message()));
        return keys.sounding();
    }

    /** Follows which keys are down, message by message. A key that was struck twice needs two note-offs. */
    static final class Keys {
        private final int[] counts = new int[CHANNELS * PITCHES];
        private int sounding;

        /** Returns this, for use in a condition. */
        Keys follow(int message) {
            int key = Message.channel(message) * PITCHES + Message.data1(message);
            if (Message.isNoteOn(message)) {
                counts[key]++;
                sounding++;
            } else if (Message.isNoteOff(message) && counts[key] > 0) {
                counts[key]--;
                sounding--;
            }
            return this;
        }

        int sounding() {
            return sounding;
        }
    }
}
