package antiphon.host;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** An independent receiver of what a service tells: {@code src/test/python/notified.py}, a process of its own. */
public final class Notified implements AutoCloseable {
    /** A receiver that is told nothing must not keep the build waiting. */
    private static final long MOST_SECONDS = 60;

    private final Process process;
    private final BufferedReader output;

    private Notified(Process process) {
        this.process = process;
        output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        CompletableFuture.delayedExecutor(MOST_SECONDS, TimeUnit.SECONDS).execute(process::destroyForcibly);
    }

    /** @param socket a path, or the name of an abstract socket with @ before it */
    public static Notified at(String socket) throws IOException {
        Notified notified = new Notified(new ProcessBuilder("/usr/bin/python3", "src/test/python/notified.py", socket)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
        if (!notified.next().equals("BOUND")) {
            throw new AssertionError(socket + ": cannot be bound");
        }
        return notified;
    }

    /** The next datagram, its lines joined by a bar; waits for it. */
    public String next() throws IOException {
        String line = output.readLine();
        if (line == null) {
            throw new AssertionError("nothing more was told in " + MOST_SECONDS + " s");
        }
        return line;
    }

    /** Reads on until one that starts so. */
    public String await(String start) throws IOException {
        String line = next();
        while (!line.startsWith(start)) {
            line = next();
        }
        return line;
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly().onExit().join();
        output.close();
    }
}
