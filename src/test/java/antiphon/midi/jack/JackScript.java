package antiphon.midi.jack;

import antiphon.music.Message;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A running Python client of a {@link JackServer}; see {@code src/test/python}. */
public final class JackScript implements AutoCloseable {
    /** A message with its absolute frame, as the scripts write it. */
    public record Timed(long frame, int message) {}

    /** More than any test lasts: a script that waits for what never comes must not keep the test waiting. */
    private static final long MAX_SECONDS = 230;

    private final Process process;
    private final List<String> command;
    private final BufferedReader output;
    private final StringBuilder printed = new StringBuilder();

    JackScript(Process process, List<String> command) {
        this.process = process;
        this.command = command;
        this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        CompletableFuture.delayedExecutor(MAX_SECONDS, TimeUnit.SECONDS).execute(process::destroyForcibly);
    }

    /** Reads on until a line that starts so; fails if the script ends before. */
    public String awaitLine(String start) throws IOException {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            printed.append(line).append('\n');
            if (line.startsWith(start)) {
                return line;
            }
        }
        throw new AssertionError("no " + start + " from " + command + ". Run: apt install python3-jack-client"
                + " python3-mido. It said:\n" + printed);
    }

    /** Reads on until a recorder that tells each message at once tells one that is wanted. */
    public Timed awaitMessage(Predicate<Timed> wanted) throws IOException {
        while (true) {
            String[] words = awaitLine("EVENT").split(" ", -1);
            int message = 0;
            for (int i = 0; i < Math.min(3, words.length - 2); i++) {
                message |= Integer.parseInt(words[i + 2]) << (8 * i);
            }
            Timed event = new Timed(Long.parseLong(words[1]), message);
            if (wanted.test(event)) {
                return event;
            }
        }
    }

    /** Lets a waiting player begin. */
    public void go() throws IOException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
    }

    /** Waits for the script to say that it is done. */
    public String awaitDone() throws IOException {
        return awaitLine("DONE");
    }

    /** Ends a recorder; its file is complete when this returns. */
    public void stop() throws IOException {
        // Not Process.destroy, which would close the pipe that DONE comes through.
        process.toHandle().destroy();
        awaitDone();
    }

    /** The messages in a script's file, packed; system exclusive ones by their first three bytes. */
    public static List<Timed> read(Path file) throws IOException {
        Recording recording = JSON.std.beanFrom(Recording.class, Files.readString(file));
        List<Timed> messages = new ArrayList<>();
        for (RecordedEvent event : recording.events) {
            int message = 0;
            for (int i = 0; i < Math.min(3, event.bytes.length); i++) {
                message |= event.bytes[i] << (8 * i);
            }
            messages.add(new Timed(event.frame, message));
        }
        return messages;
    }

    /** Writes messages for a player, each with its time in seconds, in order. */
    public static Path write(Path file, List<Map.Entry<Double, Integer>> messages) throws IOException {
        List<Map<String, Object>> written = new ArrayList<>();
        for (Map.Entry<Double, Integer> each : messages) {
            int[] bytes = new int[Message.length(each.getValue())];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = each.getValue() >> (8 * i) & 0xFF;
            }
            written.add(Map.of("seconds", each.getKey(), "bytes", bytes));
        }
        return Files.writeString(file, JSON.std.asString(written));
    }

    /** What a script writes; public fields because the JSON reader fills them. */
    public static final class Recording {
        public int sampleRate;
        public int blockSize;
        public long xruns;
        public long late;
        public long lost;
        public List<RecordedEvent> events = List.of();
    }

    /** One message of it. */
    public static final class RecordedEvent {
        public long frame;
        public int port;
        public int[] bytes = {};
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        output.close();
    }
}
