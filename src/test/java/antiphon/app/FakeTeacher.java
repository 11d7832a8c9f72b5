package antiphon.app;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Starts no process: what it would say and how it ends is told by the test. */
final class FakeTeacher implements Teacher {
    final List<List<String>> started = new ArrayList<>();
    private Said said = new Said();
    private Path errors = Path.of("");

    @Override
    public Process start(List<String> arguments, Path errors) {
        started.add(arguments);
        this.errors = errors;
        said = new Said();
        return said;
    }

    /** The folder that it works in. */
    Path folder() {
        return errors.resolveSibling("");
    }

    boolean isTold() {
        return said.told;
    }

    void say(String... lines) throws IOException {
        for (String line : lines) {
            said.out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        }
        said.out.flush();
    }

    /** Its last words, on stderr. */
    void complain(String line) throws IOException {
        Files.writeString(errors, line + "\n");
    }

    void end(int status) throws IOException {
        said.out.close();
        said.status.complete(status);
    }

    /** A process as far as the shelf needs one. */
    private static final class Said extends Process {
        final PipedOutputStream out = new PipedOutputStream();
        final CompletableFuture<Integer> status = new CompletableFuture<>();
        private final InputStream in = pipe(out);
        volatile boolean told;

        private static InputStream pipe(PipedOutputStream out) {
            try {
                return new PipedInputStream(out, 1 << 16);
            } catch (IOException impossible) {
                throw new AssertionError(impossible);
            }
        }

        @Override
        public OutputStream getOutputStream() {
            return OutputStream.nullOutputStream();
        }

        @Override
        public InputStream getInputStream() {
            return in;
        }

        @Override
        public InputStream getErrorStream() {
            return new ByteArrayInputStream(new byte[0]);
        }

        @Override
        public int waitFor() {
            return status.join();
        }

        @Override
        public int exitValue() {
            return status.join();
        }

        @Override
        public CompletableFuture<Process> onExit() {
            return status.thenApply(any -> this);
        }

        @Override
        public void destroy() {
            told = true;
        }
    }
}
