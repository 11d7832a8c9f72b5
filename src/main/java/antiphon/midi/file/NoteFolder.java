package antiphon.midi.file;

import antiphon.music.Message;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes notes of note-ons, note-offs and pedals, given all tracks' messages in order of time.
 *
 * <p>A note-off ends the oldest sounding note of its track, channel and pitch. The pedal belongs to a channel, as on
 * a synthesiser, whichever track moves it: while it is down a released note sounds on, until the pedal rises or the
 * same key is struck again.
 *
 * <p>Work is linear in the messages: every note is opened once and closed once, and maps are replaced, not cleared,
 * because clearing costs their capacity.
 */
final class NoteFolder {
    private static final int PEDAL_DOWN = 64;
    private static final int RESET_CONTROLLERS = 121;
    private static final int LAST_MODE_CONTROLLER = 127;

    private static final Comparator<MidiNote> BY_ONSET = Comparator.comparingLong(MidiNote::onsetNanos)
            .thenComparingInt(MidiNote::channel)
            .thenComparingInt(MidiNote::pitch);

    /** One channel of one MIDI port. Its notes are found by {@link Sounding#key(int, int)}. */
    private static final class Channel {
        boolean pedalDown;
        Map<Integer, ArrayDeque<Sounding>> held = new LinkedHashMap<>();
        Map<Integer, ArrayDeque<Sounding>> sustained = new LinkedHashMap<>();
    }

    /** A note that has begun; its key is down until {@code held} is false. */
    private static final class Sounding {
        final int track;
        final int noteOn;
        final long onsetNanos;
        final Channel channel;
        boolean held = true;

        Sounding(int track, int noteOn, long onsetNanos, Channel channel) {
            this.track = track;
            this.noteOn = noteOn;
            this.onsetNanos = onsetNanos;
            this.channel = channel;
        }

        int key() {
            return key(track, noteOn);
        }

        /**
         * Differs for any two pairs of track and pitch, since multiplying by an odd number loses nothing. It spreads
         * the high bits: thousands of tracks that hold one pitch would otherwise share a few hash buckets.
         */
        static int key(int track, int message) {
            return ((track << 7) | Message.data1(message)) * 0x9E3779B1;
        }
    }

    private static final class Track {
        final List<Sounding> begun = new ArrayList<>(0);
        final List<MidiNote> notes = new ArrayList<>(0);
    }

    private final Map<Integer, Channel> channels = new LinkedHashMap<>();
    private final List<Track> tracks = new ArrayList<>();

    NoteFolder(int trackCount) {
        for (int i = 0; i < trackCount; i++) {
            tracks.add(new Track());
        }
    }

    /**
     * Takes the next message in order of time.
     *
     * @param track whose note this is, from 0
     * @param port MIDI port, so that two ports' channels stay apart
     */
    void accept(int track, int port, int message, long nanos) {
        Channel channel = channels.computeIfAbsent((port << 4) | Message.channel(message), key -> new Channel());
        if (Message.isNoteOn(message)) {
            Sounding note = new Sounding(track, message, nanos, channel);
            endAll(channel.sustained.remove(note.key()), nanos);
            enqueue(channel.held, note);
            tracks.get(track).begun.add(note);
        } else if (Message.isNoteOff(message)) {
            release(channel, Sounding.key(track, message), nanos);
        } else if ((message & 0xF0) == Message.CONTROL_CHANGE) {
            control(channel, Message.data1(message), Message.data2(message), nanos);
        }
    }

    /** The track is over: its keys that are still down are released. */
    void endTrack(int track, long nanos) {
        for (Sounding note : tracks.get(track).begun) {
            if (note.held) {
                release(note.channel, note.key(), nanos);
            }
        }
        tracks.get(track).begun.clear();
    }

    /** Ends whatever still sounds and gives each track's notes, sorted by onset. Call once. */
    List<List<MidiNote>> finish(long nanos) {
        for (Channel channel : channels.values()) {
            channel.pedalDown = false;
            releaseAll(channel, nanos);
            endSustained(channel, nanos);
        }
        tracks.forEach(track -> track.notes.sort(BY_ONSET));
        return tracks.stream().map(track -> track.notes).toList();
    }

    private void control(Channel channel, int controller, int value, long nanos) {
        if (controller == Message.SUSTAIN_PEDAL && value >= PEDAL_DOWN) {
            channel.pedalDown = true;
        } else if (controller == Message.SUSTAIN_PEDAL || controller == RESET_CONTROLLERS) {
            channel.pedalDown = false;
            endSustained(channel, nanos);
        } else if (controller == Message.ALL_SOUND_OFF) {
            releaseAll(channel, nanos);
            endSustained(channel, nanos);
        } else if (controller >= Message.ALL_NOTES_OFF && controller <= LAST_MODE_CONTROLLER) {
            releaseAll(channel, nanos);
        }
    }

    private void release(Channel channel, int key, long nanos) {
        ArrayDeque<Sounding> queue = channel.held.get(key);
        if (queue == null) {
            return;
        }
        Sounding oldest = queue.remove();
        if (queue.isEmpty()) {
            channel.held.remove(key);
        }
        lift(oldest, nanos);
    }

    private void releaseAll(Channel channel, long nanos) {
        if (!channel.held.isEmpty()) {
            Map<Integer, ArrayDeque<Sounding>> released = channel.held;
            channel.held = new LinkedHashMap<>();
            released.values().forEach(queue -> queue.forEach(note -> lift(note, nanos)));
        }
    }

    /** The key comes up; with the pedal down the note sounds on. */
    private void lift(Sounding note, long nanos) {
        note.held = false;
        if (note.channel.pedalDown) {
            enqueue(note.channel.sustained, note);
        } else {
            end(note, nanos);
        }
    }

    private void endSustained(Channel channel, long nanos) {
        if (!channel.sustained.isEmpty()) {
            channel.sustained.values().forEach(queue -> endAll(queue, nanos));
            channel.sustained = new LinkedHashMap<>();
        }
    }

    private void endAll(@Nullable Iterable<Sounding> notes, long nanos) {
        if (notes != null) {
            notes.forEach(note -> end(note, nanos));
        }
    }

    private void end(Sounding note, long nanos) {
        tracks.get(note.track)
                .notes
                .add(new MidiNote(
                        Message.channel(note.noteOn),
                        note.onsetNanos,
                        nanos - note.onsetNanos,
                        Message.data1(note.noteOn),
                        Message.data2(note.noteOn)));
    }

    private static void enqueue(Map<Integer, ArrayDeque<Sounding>> notes, Sounding note) {
        notes.computeIfAbsent(note.key(), key -> new ArrayDeque<>(2)).add(note);
    }
}
