package antiphon.app;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.music.Message;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sound.midi.MidiEvent;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.Sequence;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.Track;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole program on the kernel's sequencer, played by aplaymidi(1) and recorded by arecordmidi(1). */
@Tag("alsa")
@Timeout(200)
class RunOnAlsaTest {
    private static final int[] PHRASE = {60, 62, 64, 65, 67, 65, 64, 62};
    private static final int ANSWER_CHANNEL = 1;

    @TempDir
    private Path folder = Path.of("");

    private Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("ANTIPHON_"));
        builder.environment().put("XDG_STATE_HOME", folder.resolve("state").toString());
        builder.environment().put("XDG_CONFIG_HOME", folder.resolve("config").toString());
        builder.environment().put("XDG_RUNTIME_DIR", folder.toString());
        Process process = builder.start();
        CompletableFuture.delayedExecutor(180, TimeUnit.SECONDS).execute(process::destroyForcibly);
        return process;
    }

    private static List<String> read(Process program) {
        List<String> printed = new CopyOnWriteArrayList<>();
        Thread reader = new Thread(
                () -> program.inputReader(StandardCharsets.UTF_8).lines().forEach(printed::add));
        reader.setDaemon(true);
        reader.start();
        return printed;
    }

    private static boolean says(List<String> printed, String wanted, int seconds) throws InterruptedException {
        for (int i = 0; i < 10 * seconds; i++) {
            if (printed.stream().anyMatch(line -> line.contains(wanted))) {
                return true;
            }
            Thread.sleep(100);
        }
        return false;
    }

    /** The numbers of our port, from what {@code aconnect -l} lists of our client. */
    private static String address(String port) throws IOException {
        Process list = new ProcessBuilder("aconnect", "-l").start();
        String all = new String(list.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Matcher found = Pattern.compile("client (\\d+): 'antiphon'[^\n]*\n(?:[ \t][^\n]*\n)*? +(\\d+) '" + port + " *'")
                .matcher(all);
        assertThat(found.find()).as(all).isTrue();
        return found.group(1) + ":" + found.group(2);
    }

    private Path phrase() throws Exception {
        Sequence sequence = new Sequence(Sequence.PPQ, 480);
        Track track = sequence.createTrack();
        for (int i = 0; i < PHRASE.length; i++) {
            track.add(new MidiEvent(new ShortMessage(ShortMessage.NOTE_ON, 0, PHRASE[i], 80), i * 240L));
            track.add(new MidiEvent(new ShortMessage(ShortMessage.NOTE_OFF, 0, PHRASE[i], 64), i * 240L + 200));
        }
        Path file = folder.resolve("phrase.mid");
        MidiSystem.write(sequence, 1, file.toFile());
        return file;
    }

    @Test
    void shouldAnswerAPhraseAndLeaveNoNoteHanging() throws Exception {
        Path recorded = folder.resolve("recorded.mid");
        Process program = start("run", "--backend", "alsa", "--seed", "5", "--no-page");
        List<String> printed = read(program);
        int phrases = 0;
        try {
            assertThat(says(printed, "ready:", 60)).as("%s", printed).isTrue();
            Process recorder = new ProcessBuilder("arecordmidi", "-p", address("out"), recorded.toString())
                    .inheritIO()
                    .start();
            // The machine is so slow that an answer may come too late to be played.
            while (phrases < 5 && !says(printed, "answered by", phrases == 0 ? 0 : 8)) {
                Process player = new ProcessBuilder("aplaymidi", "-p", address("in"), phrase().toString())
                        .inheritIO()
                        .start();
                assertThat(player.waitFor(60, TimeUnit.SECONDS)).isTrue();
                phrases++;
            }
            assertThat(says(printed, "answered by", 8)).as("%s", printed).isTrue();
            program.destroy();
            assertThat(program.waitFor(60, TimeUnit.SECONDS)).isTrue();
            recorder.destroy();
            assertThat(recorder.waitFor(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            program.destroyForcibly();
        }
        Sequence heard = MidiSystem.getSequence(recorded.toFile());
        assertThat(count(heard, 0, true)).as("thru").isEqualTo((long) phrases * PHRASE.length);
        assertThat(count(heard, ANSWER_CHANNEL, true)).as("answers").isPositive();
        for (int channel = 0; channel <= ANSWER_CHANNEL; channel++) {
            assertThat(count(heard, channel, false)).as("ends").isEqualTo(count(heard, channel, true));
        }
        assertThat(String.join("\n", printed)).doesNotContain("Exception");
    }

    private static long count(Sequence sequence, int channel, boolean on) {
        long count = 0;
        for (Track track : sequence.getTracks()) {
            for (int i = 0; i < track.size(); i++) {
                byte[] bytes = track.get(i).getMessage().getMessage();
                int message = bytes.length < 3 ? 0 : Message.of(bytes[0] & 0xFF, bytes[1], bytes[2]);
                boolean counts = on ? Message.isNoteOn(message) : Message.isNoteOff(message);
                count += counts && Message.channel(message) == channel ? 1 : 0;
            }
        }
        return count;
    }
}
