package antiphon.midi.audio;

import antiphon.file.AtomicFile;
import antiphon.midi.MidiException;
import antiphon.music.Message;
import antiphon.music.Performance;
import antiphon.music.TimedMessages;
import antiphon.music.Voice;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Makes music audible without any audio device: messages in, a WAV file out (16 bit, stereo, 44.1 kHz), by the
 * synthesiser that comes with Java. Faster than real time, in constant memory; the same input gives the same bytes.
 * Any thread.
 *
 * <p>The synthesiser acts on messages every 7 ms: good for listening, too coarse for measuring.
 */
public final class WavRenderer {
    /**
     * How one MIDI channel sounds, until a message in the music says otherwise.
     *
     * @param channel 0–15
     * @param program General MIDI instrument, 0–127
     * @param pan 0 left, 64 middle, 127 right
     */
    public record Part(int channel, int program, int pan) {}

    /** The human's piano to the left and the answer's electric piano to the right, so that ears can tell them apart. */
    public static final List<Part> DIALOGUE = List.of(new Part(0, 0, 40), new Part(1, 4, 88));

    /** Long enough for a released piano string and the reverb to die away. */
    public static final Duration DEFAULT_TAIL = Duration.ofSeconds(2);

    private static final int PROGRAM_CHANGE = 0xC0;
    private static final int PAN = 10;
    private static final int CHANNELS = 16;

    private static final Duration LONGEST = Duration.ofHours(6);
    private static final int FRAMES_PER_BLOCK = 4_410;
    private static final int WAV_HEADER_BYTES = 44;
    private static final int WAV_BYTES_PER_FRAME = 4;

    /** The loudest sample stands 1 dB below full scale. */
    private static final float PEAK = 0.891f * Short.MAX_VALUE;

    /** A very soft passage is made louder by at most 30 dB over what the synthesiser gives, so that it stays soft. */
    private static final float MAX_GAIN = 32f * Short.MAX_VALUE;

    private final List<Part> parts;
    private final Duration tail;

    public WavRenderer() {
        this(DIALOGUE, DEFAULT_TAIL);
    }

    /** @param tail how long to listen after the last message, with all keys and pedals released */
    public WavRenderer(List<Part> parts, Duration tail) {
        this.parts = List.copyOf(parts);
        this.tail = tail;
    }

    /** Renders both voices of a performance: the human on channel 0, the answer on channel 1. */
    public void render(Performance performance, Path wav) {
        TimedMessages.Recorder all = new TimedMessages.Recorder();
        for (int voice = 0; voice < Voice.COUNT; voice++) {
            TimedMessages.ofVoice(performance, voice).sendAll(all, 0);
        }
        render(all.messages(), wav);
    }

    /**
     * @throws MidiException if the file cannot be written, would be longer than six hours, or this Java has no
     *     synthesiser
     */
    public void render(TimedMessages messages, Path wav) {
        Duration duration = Duration.ofNanos(messages.endNanos()).plus(tail);
        if (duration.compareTo(LONGEST) > 0) {
            throw new MidiException(wav + ": " + duration.toHours() + " hours of sound; allowed: at most "
                    + LONGEST.toHours() + ". Render a shorter piece.");
        }
        int blocks = Math.toIntExact(duration.toNanos() / blockNanos()) + 1;
        try {
            AtomicFile.write(wav, temporary -> render(messages, blocks, temporary));
        } catch (IOException failure) {
            throw new MidiException(AtomicFile.why(wav, failure), failure);
        }
    }

    private void render(TimedMessages messages, int blocks, Path wav) throws IOException {
        Path floats = wav.resolveSibling(wav.getFileName() + ".raw");
        try {
            float peak = synthesise(framed(messages), blocks, floats);
            float gain = peak == 0 ? 1 : Math.min(PEAK / peak, MAX_GAIN);
            convert(floats, (long) blocks * FRAMES_PER_BLOCK, gain, wav);
        } finally {
            Files.deleteIfExists(floats);
        }
    }

    private static long blockNanos() {
        return FRAMES_PER_BLOCK * 1_000_000_000L / SoftSynth.SAMPLE_RATE;
    }

    /** The music, between the choice of sounds and the release of everything. */
    private TimedMessages framed(TimedMessages messages) {
        TimedMessages.Recorder framed = new TimedMessages.Recorder();
        for (Part part : parts) {
            framed.send(Message.of(PROGRAM_CHANGE | part.channel(), part.program(), 0), 0);
            framed.send(Message.control(part.channel(), PAN, part.pan()), 0);
        }
        messages.sendAll(framed, 0);
        for (int channel = 0; channel < CHANNELS; channel++) {
            framed.send(Message.control(channel, Message.SUSTAIN_PEDAL, 0), messages.endNanos());
            framed.send(Message.control(channel, Message.ALL_NOTES_OFF, 0), messages.endNanos());
        }
        return framed.messages();
    }

    /** Writes the samples as they come, since their gain is known only at the end. Gives the loudest. */
    private static float synthesise(TimedMessages messages, int blocks, Path floats) throws IOException {
        byte[] block = new byte[FRAMES_PER_BLOCK * SoftSynth.BYTES_PER_FRAME];
        ByteBuffer samples = ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN);
        float peak = 0;
        int sent = 0;
        try (SoftSynth synth = SoftSynth.open();
                OutputStream out = Files.newOutputStream(floats)) {
            for (int i = 0; i < blocks; i++) {
                // Only what is due in this block: the synthesiser's own queue is slow when long.
                for (; sent < messages.size() && messages.nanos(sent) < (i + 1) * blockNanos(); sent++) {
                    if (Message.status(messages.message(sent)) < 0xF0) {
                        synth.send(messages.message(sent), messages.nanos(sent));
                    }
                }
                synth.read(block);
                for (int at = 0; at < block.length; at += Float.BYTES) {
                    peak = Math.max(peak, Math.abs(samples.getFloat(at)));
                }
                out.write(block);
            }
        }
        return peak;
    }

    private static void convert(Path floats, long frames, float gain, Path wav) throws IOException {
        byte[] block = new byte[FRAMES_PER_BLOCK * SoftSynth.BYTES_PER_FRAME];
        ByteBuffer samples = ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer words = ByteBuffer.allocate(block.length / 2).order(ByteOrder.LITTLE_ENDIAN);
        try (InputStream in = new BufferedInputStream(Files.newInputStream(floats));
                OutputStream out = new BufferedOutputStream(Files.newOutputStream(wav))) {
            out.write(header(frames));
            while (in.readNBytes(block, 0, block.length) == block.length) {
                words.clear();
                for (int at = 0; at < block.length; at += Float.BYTES) {
                    words.putShort((short) Math.round(samples.getFloat(at) * gain));
                }
                out.write(words.array());
            }
        }
    }

    private static byte[] header(long frames) {
        int dataBytes = (int) (frames * WAV_BYTES_PER_FRAME);
        return ByteBuffer.allocate(WAV_HEADER_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put("RIFF".getBytes(StandardCharsets.US_ASCII))
                .putInt(dataBytes + WAV_HEADER_BYTES - 8)
                .put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII))
                .putInt(16)
                .putShort((short) 1)
                .putShort((short) SoftSynth.CHANNELS)
                .putInt(SoftSynth.SAMPLE_RATE)
                .putInt(SoftSynth.SAMPLE_RATE * WAV_BYTES_PER_FRAME)
                .putShort((short) WAV_BYTES_PER_FRAME)
                .putShort((short) Short.SIZE)
                .put("data".getBytes(StandardCharsets.US_ASCII))
                .putInt(dataBytes)
                .array();
    }
}
