package antiphon.midi.file;

import antiphon.file.AtomicFile;
import antiphon.midi.MidiException;
import antiphon.music.Message;
import antiphon.music.Performance;
import antiphon.music.TimedMessages;
import antiphon.music.Voice;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes Standard MIDI Files of format 1: a conductor track with the tempo, then one track per part. The same input
 * gives the same bytes. Stateless; any thread.
 *
 * <p>960 ticks a quarter note at 120 quarter notes a minute: a tick is 0.52 ms, so no message moves by more than
 * 0.26 ms, a third of what a DIN cable takes for it. No running status: it saves a few bytes and is what readers
 * most often get wrong.
 */
public final class MidiFileWriter {
    static final int TICKS_PER_QUARTER = 960;
    static final int MICROS_PER_QUARTER = 500_000;

    private static final int FORMAT = 1;
    private static final int LONGEST_DELTA = 0x0FFFFFFF;
    private static final int MAX_TRACKS = 0xFFFF;

    private static final int META = 0xFF;
    private static final int META_TEXT = 0x01;
    private static final int META_TRACK_NAME = 0x03;
    private static final int META_END_OF_TRACK = 0x2F;
    private static final int META_TEMPO = 0x51;
    private static final int META_TIME_SIGNATURE = 0x58;

    /**
     * A track to write.
     *
     * @param name shown by sequencers, such as {@code human}
     * @param messages with their own channels; system messages have no place in a file and are left out
     */
    public record Track(String name, TimedMessages messages) {}

    private MidiFileWriter() {}

    /**
     * Writes a track {@code human} on channel 0 and a track {@code answer} on channel 1.
     *
     * @throws MidiException if the file cannot be written
     */
    public static void write(Path path, Performance performance) {
        write(path, tracksOf(performance));
    }

    /** @throws MidiException if the file cannot be written */
    public static void write(Path path, List<Track> tracks) {
        byte[] bytes = toBytes(tracks);
        try {
            AtomicFile.write(path, temporary -> Files.write(temporary, bytes));
        } catch (IOException failure) {
            throw new MidiException(AtomicFile.why(path, failure), failure);
        }
    }

    /** The voices of a performance as tracks, both of them even if one is silent. */
    static List<Track> tracksOf(Performance performance) {
        List<Track> tracks = new ArrayList<>();
        for (int voice = 0; voice < Voice.COUNT; voice++) {
            tracks.add(new Track(Voice.name(voice), TimedMessages.ofVoice(performance, voice)));
        }
        return tracks;
    }

    /**
     * The bytes of the file.
     *
     * @throws IllegalArgumentException if there are more than 65,534 tracks, or a message is none
     */
    public static byte[] toBytes(List<Track> tracks) {
        if (tracks.size() >= MAX_TRACKS) {
            throw new IllegalArgumentException(tracks.size() + " tracks; allowed: at most " + (MAX_TRACKS - 1));
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(ascii("MThd"));
        putNumber(out, 6, 4);
        putNumber(out, FORMAT, 2);
        putNumber(out, tracks.size() + 1, 2);
        putNumber(out, TICKS_PER_QUARTER, 2);
        putChunk(out, conductor());
        for (Track track : tracks) {
            putChunk(out, events(track));
        }
        return out.toByteArray();
    }

    /** The tick nearest to a time, 0 or more. Divides first: the product would overflow after some months. */
    static long tickAt(long nanos) {
        long nanosPerQuarter = MICROS_PER_QUARTER * 1_000L;
        long rest = nanos % nanosPerQuarter * TICKS_PER_QUARTER;
        return nanos / nanosPerQuarter * TICKS_PER_QUARTER + (rest + nanosPerQuarter / 2) / nanosPerQuarter;
    }

    private static ByteArrayOutputStream conductor() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream tempo = new ByteArrayOutputStream();
        putNumber(tempo, MICROS_PER_QUARTER, 3);
        putMeta(out, 0, META_TEMPO, tempo.toByteArray());
        // 4/4: two to the power of 2 below the line, 24 MIDI clocks a click, 8 thirty-seconds a quarter note.
        putMeta(out, 0, META_TIME_SIGNATURE, new byte[] {4, 2, 24, 8});
        putMeta(out, 0, META_END_OF_TRACK, new byte[0]);
        return out;
    }

    private static ByteArrayOutputStream events(Track track) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        putMeta(out, 0, META_TRACK_NAME, track.name().getBytes(StandardCharsets.UTF_8));
        TimedMessages messages = track.messages();
        long lastTick = 0;
        for (int i = 0; i < messages.size(); i++) {
            int message = messages.message(i);
            if (Message.status(message) < 0xF0) {
                long tick = tickAt(messages.nanos(i));
                putMessage(out, tick - lastTick, message);
                lastTick = tick;
            }
        }
        putMeta(out, 0, META_END_OF_TRACK, new byte[0]);
        return out;
    }

    private static void putMessage(ByteArrayOutputStream out, long delta, int message) {
        if (Message.status(message) < 0x80 || (Message.data1(message) | Message.data2(message)) > 0x7F) {
            throw new IllegalArgumentException("not a MIDI message: " + Integer.toHexString(message));
        }
        long rest = delta;
        for (; rest > LONGEST_DELTA; rest -= LONGEST_DELTA) {
            putMeta(out, LONGEST_DELTA, META_TEXT, new byte[0]);
        }
        putVlq(out, (int) rest);
        out.write(Message.status(message));
        out.write(Message.data1(message));
        if (Message.length(message) == 3) {
            out.write(Message.data2(message));
        }
    }

    private static void putMeta(ByteArrayOutputStream out, int delta, int type, byte[] data) {
        putVlq(out, delta);
        out.write(META);
        out.write(type);
        putVlq(out, data.length);
        out.writeBytes(data);
    }

    private static void putChunk(ByteArrayOutputStream out, ByteArrayOutputStream content) {
        out.writeBytes(ascii("MTrk"));
        putNumber(out, content.size(), 4);
        out.writeBytes(content.toByteArray());
    }

    private static void putVlq(ByteArrayOutputStream out, int value) {
        for (int shift = 21; shift > 0; shift -= 7) {
            if (value >>> shift != 0) {
                out.write((value >>> shift & 0x7F) | 0x80);
            }
        }
        out.write(value & 0x7F);
    }

    private static void putNumber(ByteArrayOutputStream out, int value, int width) {
        for (int shift = 8 * (width - 1); shift >= 0; shift -= 8) {
            out.write(value >>> shift & 0xFF);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
