package antiphon.midi.audio;

import antiphon.midi.MidiException;
import antiphon.music.Message;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.Map;
import javax.sound.midi.InvalidMidiDataException;
import javax.sound.midi.MidiUnavailableException;
import javax.sound.midi.Receiver;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.Soundbank;
import javax.sound.midi.Synthesizer;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;

/**
 * The JDK's own synthesiser (Gervill) as a source of samples: no audio device, no clock but the samples read. One
 * thread.
 *
 * <p>Its interface is public but in a package that java.desktop keeps to itself, hence the reflection and the
 * {@code --add-exports} that the launcher gives. We load its built-in sounds ourselves: left to itself it takes
 * whatever sound font the system has, so that every machine sounds different, and writes one to the home folder
 * where there is none.
 */
final class SoftSynth implements AutoCloseable {
    static final int SAMPLE_RATE = 44_100;
    static final int CHANNELS = 2;
    static final int BYTES_PER_FRAME = CHANNELS * Float.BYTES;

    private static final String PACKAGE = "com.sun.media.sound.";

    /** More than two hands can make sound with the pedal down. If there are more voices, the oldest are cut. */
    private static final int MAX_VOICES = 192;

    /** Takes a third of a second to compute, so it is kept. */
    private static final class Sounds {
        static final Soundbank BUILT_IN = compute();

        private static Soundbank compute() {
            try {
                return (Soundbank) Class.forName(PACKAGE + "EmergencySoundbank")
                        .getMethod("createSoundbank")
                        .invoke(null);
            } catch (ReflectiveOperationException e) {
                throw unreachable(e);
            }
        }
    }

    private final Synthesizer synthesizer;
    private final AudioInputStream samples;
    private final Receiver receiver;

    private SoftSynth(Synthesizer synthesizer, AudioInputStream samples, Receiver receiver) {
        this.synthesizer = synthesizer;
        this.samples = samples;
        this.receiver = receiver;
    }

    /** @throws MidiException if this Java has no such synthesiser or does not let us reach it */
    static SoftSynth open() {
        NoPreferences.install();
        // Floats, so that loud passages are not clipped before they can be turned down.
        AudioFormat format = new AudioFormat(
                AudioFormat.Encoding.PCM_FLOAT, SAMPLE_RATE, Float.SIZE, CHANNELS, BYTES_PER_FRAME, SAMPLE_RATE, false);
        Map<String, Object> settings =
                Map.of("load default soundbank", false, "auto gain control", false, "max polyphony", MAX_VOICES);
        try {
            Synthesizer synthesizer = Class.forName(PACKAGE + "SoftSynthesizer")
                    .asSubclass(Synthesizer.class)
                    .getConstructor()
                    .newInstance();
            AudioInputStream samples = (AudioInputStream) Class.forName(PACKAGE + "AudioSynthesizer")
                    .getMethod("openStream", AudioFormat.class, Map.class)
                    .invoke(synthesizer, format, settings);
            synthesizer.loadAllInstruments(Sounds.BUILT_IN);
            return new SoftSynth(synthesizer, samples, synthesizer.getReceiver());
        } catch (ReflectiveOperationException | MidiUnavailableException e) {
            throw unreachable(e);
        }
    }

    private static MidiException unreachable(Exception e) {
        Throwable cause = e instanceof InvocationTargetException && e.getCause() != null ? e.getCause() : e;
        return new MidiException(
                "java: its synthesiser cannot be used (" + cause.getClass().getSimpleName()
                        + "). Start Java with --add-exports=java.desktop/com.sun.media.sound=ALL-UNNAMED, as"
                        + " bin/antiphon does.",
                e);
    }

    /**
     * Plays a channel message once the samples read have come to its time.
     *
     * @param nanos from the first sample
     */
    void send(int message, long nanos) {
        int status = Message.status(message);
        try {
            receiver.send(new ShortMessage(status, Message.data1(message), Message.data2(message)), nanos / 1_000);
        } catch (InvalidMidiDataException e) {
            throw new IllegalArgumentException("not a MIDI message: " + Integer.toHexString(message), e);
        }
    }

    /** Fills the array with the next samples: little-endian floats, left and right in turn. */
    void read(byte[] frames) throws IOException {
        int got = samples.readNBytes(frames, 0, frames.length);
        if (got < frames.length) {
            throw new IOException("the synthesiser stopped");
        }
    }

    @Override
    public void close() {
        receiver.close();
        synthesizer.close();
    }
}
