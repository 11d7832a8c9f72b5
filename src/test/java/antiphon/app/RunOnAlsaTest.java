package antiphon.app;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.midi.PortInfo;
import antiphon.midi.alsa.AlsaBackend;
import antiphon.music.Message;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.sound.midi.MidiEvent;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.Sequence;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.Track;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole program on the kernel's sequencer, played by aplaymidi(1). */
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
        Thread reader = new Thread(() -> {
            try (BufferedReader lines = program.inputReader(StandardCharsets.UTF_8)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    printed.add(line);
                }
            } catch (IOException ended) {
                // The program was stopped.
            }
        });
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
        Process program = start("run", "--backend", "alsa", "--seed", "5", "--thru", "--no-page");
        List<String> printed = read(program);
        List<Integer> heard = new CopyOnWriteArrayList<>();
        int phrases = 0;
        try (AlsaBackend listener = AlsaBackend.open("listener", priority -> false)) {
            assertThat(says(printed, "ready:", 60)).as("%s", printed).isTrue();
            listener.openInput(
                    "in", List.of(new PortInfo("antiphon:out", true, false)), (message, nanos) -> heard.add(message));
            listener.start();
            String address = addressOfInput(listener);
            // The machine is so slow that the first answers may come too late to be played.
            while (phrases < 8 && begun(heard, ANSWER_CHANNEL) == 0) {
                Process player = new ProcessBuilder("aplaymidi", "-p", address, phrase().toString())
                        .inheritIO()
                        .start();
                assertThat(player.waitFor(60, TimeUnit.SECONDS)).isTrue();
                phrases++;
                says(printed, "turn: you 8 notes, answered by", 8);
                printed.removeIf(line -> line.startsWith("turn:"));
            }
            program.destroy();
            assertThat(program.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            program.destroyForcibly();
        }
        assertThat(begun(heard, 0)).as("thru").isEqualTo((long) phrases * PHRASE.length);
        assertThat(begun(heard, ANSWER_CHANNEL)).as("answers; %s", printed).isPositive();
        // The end of a note that was dropped leaves too, and ends nothing.
        assertThat(down(heard)).isEmpty();
        assertThat(String.join("\n", printed)).doesNotContain("Exception");
    }

    private static String addressOfInput(AlsaBackend listener) {
        return listener.list().stream()
                .filter(port -> port.name().equals("antiphon:in"))
                .findFirst()
                .orElseThrow()
                .aliases()
                .getFirst();
    }

    /** The keys that are down at the end. */
    private static Set<Integer> down(List<Integer> messages) {
        Set<Integer> down = new HashSet<>();
        for (int message : messages) {
            if (Message.isNoteOn(message)) {
                down.add(Message.key(message));
            } else if (Message.isNoteOff(message)) {
                down.remove(Message.key(message));
            }
        }
        return down;
    }

    private static long begun(List<Integer> messages, int channel) {
        return messages.stream()
                .filter(message -> Message.isNoteOn(message) && Message.channel(message) == channel)
                .count();
    }
}
