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
 * Writes Standard MIDI Files of format 1: a conductor track with tempos and metres, then one track per part. The same input
 * gives the same bytes. A track ends its notes, pedals and bends: no sequencer is left with a note that sounds on.
 * Stateless; any thread.
 *
 * <p>A tick is at most 0.52 ms, see {@link TickGrid}, so no message moves by more than
 * 0.26 ms, a third of what a DIN cable takes for it. No running status: it saves a few bytes and is what readers
 * most often get wrong.
 */
public final class MidiFileWriter {
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

    /** Writes tracks at the standard tempo; {@link MidiException} if the file cannot be written. */
    public static void write(Path path, List<Track> tracks) {
        write(path, tracks, Timeline.STANDARD);
    }

    /** @throws MidiException if the file cannot be written */
    public static void write(Path path, List<Track> tracks, Timeline timeline) {
        byte[] bytes = toBytes(tracks, timeline);
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

    /** The bytes of a file at the standard tempo. */
    public static byte[] toBytes(List<Track> tracks) {
        return toBytes(tracks, Timeline.STANDARD);
    }

    /**
     * The bytes of the file.
     *
     * @throws IllegalArgumentException if there are more than 65,534 tracks, or a message is none
     */
    public static byte[] toBytes(List<Track> tracks, Timeline timeline) {
        if (tracks.size() >= MAX_TRACKS) {
            throw new IllegalArgumentException(tracks.size() + " tracks; allowed: at most " + (MAX_TRACKS - 1));
        }
        TickGrid grid = new TickGrid(timeline.tempos());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(ascii("MThd"));
        putNumber(out, 6, 4);
        putNumber(out, FORMAT, 2);
        putNumber(out, tracks.size() + 1, 2);
        putNumber(out, grid.ticksPerQuarter(), 2);
        putChunk(out, conductor(timeline, grid));
        for (Track track : tracks) {
            putChunk(out, events(track, grid));
        }
        return out.toByteArray();
    }

    private static ByteArrayOutputStream conductor(Timeline timeline, TickGrid grid) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        long tick = 0;
        int tempo = 0;
        int metre = 0;
        List<Timeline.Tempo> tempos = timeline.tempos();
        List<Timeline.Metre> metres = timeline.metres();
        while (tempo < tempos.size() || metre < metres.size()) {
            boolean isTempo = metre == metres.size()
                    || (tempo < tempos.size()
                            && tempos.get(tempo).nanos() <= metres.get(metre).nanos());
            long next = grid.tickAt(
                    isTempo ? tempos.get(tempo).nanos() : metres.get(metre).nanos());
            int delta = putLongRest(out, next - tick);
            tick = next;
            if (isTempo) {
                ByteArrayOutputStream micros = new ByteArrayOutputStream();
                putNumber(micros, tempos.get(tempo++).microsPerQuarter(), 3);
                putMeta(out, delta, META_TEMPO, micros.toByteArray());
            } else {
                Timeline.Metre bar = metres.get(metre++);
                byte[] data = {(byte) bar.beats(), (byte) bar.unit(), (byte) bar.clocks(), (byte) bar.thirtySeconds()};
                putMeta(out, delta, META_TIME_SIGNATURE, data);
            }
        }
        putMeta(out, 0, META_END_OF_TRACK, new byte[0]);
        return out;
    }

    /** A delta that no quantity can hold is spread over empty texts; returns what is left of it. */
    private static int putLongRest(ByteArrayOutputStream out, long delta) {
        long rest = delta;
        for (; rest > LONGEST_DELTA; rest -= LONGEST_DELTA) {
            putMeta(out, LONGEST_DELTA, META_TEXT, new byte[0]);
        }
        return (int) rest;
    }

    private static ByteArrayOutputStream events(Track track, TickGrid grid) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        putMeta(out, 0, META_TRACK_NAME, track.name().getBytes(StandardCharsets.UTF_8));
        TimedMessages messages = track.messages().ended();
        long lastTick = 0;
        for (int i = 0; i < messages.size(); i++) {
            int message = messages.message(i);
            if (Message.status(message) < 0xF0) {
                long tick = grid.tickAt(messages.nanos(i));
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
        putVlq(out, putLongRest(out, delta));
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
