package antiphon.midi.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antiphon.midi.MidiException;
import antiphon.music.Message;
import antiphon.music.Note;
import antiphon.music.Performance;
import antiphon.music.TimedMessages;
import antiphon.music.Voice;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WavRendererTest {
    private static final long MILLI = 1_000_000L;
    private static final int HEADER_BYTES = 44;
    private static final int FRAMES_PER_SECOND = 44_100;

    /** The human plays in the first half second, the answer in the second. */
    private static final Performance DIALOGUE = Performance.of(List.of(
            new Note(Voice.HUMAN, 0, 400 * MILLI, 60, 90), new Note(Voice.ANSWER, 2_000 * MILLI, 400 * MILLI, 67, 90)));

    @TempDir
    private Path folder;

    @Test
    void shouldRenderAWavFileOfTheMusicAndATail() throws IOException, UnsupportedAudioFileException {
        Path wav = folder.resolve("answer.wav");
        new WavRenderer().render(DIALOGUE, wav);
        AudioFileFormat format = AudioSystem.getAudioFileFormat(wav.toFile());

        assertThat(format.getType()).isEqualTo(AudioFileFormat.Type.WAVE);
        assertThat(format.getFormat().matches(new AudioFormat(44_100, 16, 2, true, false)))
                .isTrue();
        assertThat(format.getFrameLength()).isBetween(44 * FRAMES_PER_SECOND / 10, 46 * FRAMES_PER_SECOND / 10);
        assertThat(format.getByteLength()).isEqualTo(Files.size(wav));
        assertThat(folder).isDirectoryNotContaining("glob:**.raw").isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void shouldBeLoudWithoutClippingAndPutTheVoicesOnEitherSide() throws IOException {
        short[] samples = render(new WavRenderer(), "dialogue.wav");
        double humanLeft = rms(samples, 0, 0);
        double humanRight = rms(samples, 0, 1);
        double answerLeft = rms(samples, 2, 0);
        double answerRight = rms(samples, 2, 1);

        assertThat(peak(samples)).isBetween(29_000, 29_300);
        assertThat(humanLeft).isGreaterThan(300).isGreaterThan(humanRight * 1.2);
        assertThat(answerRight).isGreaterThan(300).isGreaterThan(answerLeft * 1.2);
        assertThat(rms(samples, 4, 0)).as("the tail dies away").isLessThan(humanLeft / 5);
    }

    @Test
    void shouldRenderTheSameBytesTwiceAndOtherPartsDifferently() throws IOException {
        WavRenderer swapped = new WavRenderer(
                List.of(new WavRenderer.Part(0, 19, 127), new WavRenderer.Part(1, 0, 0)), Duration.ofMillis(500));

        assertThat(render(new WavRenderer(), "a.wav")).isEqualTo(render(new WavRenderer(), "b.wav"));
        assertThat(rms(render(swapped, "c.wav"), 0, 1)).isGreaterThan(rms(render(swapped, "d.wav"), 0, 0) * 1.2);
    }

    @Test
    void shouldRenderSilenceForNoNotesAndReleaseHangingOnes() throws IOException {
        Path silent = folder.resolve("silent.wav");
        new WavRenderer().render(Performance.of(List.of()), silent);
        TimedMessages.Recorder hanging = new TimedMessages.Recorder();
        hanging.send(Message.control(0, Message.SUSTAIN_PEDAL, 127), 0);
        hanging.send(Message.noteOn(0, 60, 100), 0);
        Path tail = folder.resolve("tail.wav");
        new WavRenderer(WavRenderer.DIALOGUE, Duration.ofSeconds(4)).render(hanging.messages(), tail);

        assertThat(peak(samplesOf(silent))).isLessThan(40);
        assertThat(rms(samplesOf(tail), 3, 0)).isLessThan(100);
    }

    @Test
    void shouldRefuseADayOfSound() {
        Path wav = folder.resolve("day.wav");
        Performance day = Performance.of(List.of(new Note(0, 24L * 3600 * 1_000 * MILLI, 0, 60, 1)));

        assertThatThrownBy(() -> new WavRenderer().render(day, wav))
                .isInstanceOf(MidiException.class)
                .hasMessage(wav + ": 24 hours of sound; allowed: at most 6. Render a shorter piece.");
    }

    private short[] render(WavRenderer renderer, String name) throws IOException {
        Path wav = folder.resolve(name);
        renderer.render(DIALOGUE, wav);
        return samplesOf(wav);
    }

    private static short[] samplesOf(Path wav) throws IOException {
        byte[] bytes = Files.readAllBytes(wav);
        short[] samples = new short[(bytes.length - HEADER_BYTES) / Short.BYTES];
        ByteBuffer.wrap(bytes, HEADER_BYTES, bytes.length - HEADER_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asShortBuffer()
                .get(samples);
        return samples;
    }

    private static int peak(short[] samples) {
        int peak = 0;
        for (short sample : samples) {
            peak = Math.max(peak, Math.abs(sample));
        }
        return peak;
    }

    /** Loudness of one side (0 left, 1 right) in the half second that begins at a second. */
    private static double rms(short[] samples, int second, int side) {
        double sum = 0;
        int from = second * FRAMES_PER_SECOND;
        int to = Math.min(from + FRAMES_PER_SECOND / 2, samples.length / 2);
        for (int frame = from; frame < to; frame++) {
            double sample = samples[2 * frame + side];
            sum += sample * sample;
        }
        return Math.sqrt(sum / (to - from));
    }
}
