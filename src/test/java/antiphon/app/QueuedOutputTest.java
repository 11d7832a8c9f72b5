package antiphon.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class QueuedOutputTest {
    private static final long LONG_NANOS = 30_000_000_000L;

    /** A pipe that is full until it is opened. */
    private static final class Pipe extends OutputStream {
        final CountDownLatch opened = new CountDownLatch(1);
        final ByteArrayOutputStream written = new ByteArrayOutputStream();

        @Override
        public void write(int single) throws IOException {
            write(new byte[] {(byte) single}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                opened.await();
            } catch (InterruptedException interrupted) {
                throw new IOException(interrupted);
            }
            synchronized (written) {
                written.write(bytes, offset, length);
            }
        }

        String text() {
            synchronized (written) {
                return written.toString(StandardCharsets.UTF_8);
            }
        }
    }

    private final Pipe pipe = new Pipe();
    private final QueuedOutput queued = new QueuedOutput(pipe, StandardCharsets.UTF_8, "test-output");
    private final PrintStream out = new PrintStream(queued, true, StandardCharsets.UTF_8);

    @Test
    void shouldWriteEverythingInOrderWhileSomebodyReads() {
        pipe.opened.countDown();
        out.println("ä first");
        out.print("second, ");
        out.println("longer");
        out.print("no end");
        queued.await(System.nanoTime() + LONG_NANOS);
        assertThat(pipe.text()).isEqualTo("ä first\nsecond, longer\nno end");
    }

    @Test
    void shouldLetNobodyWaitAndDropTheOldestAndTellHowManyLater() {
        int lines = 3 * QueuedOutput.MAX_LINES;
        for (int line = 0; line < lines; line++) {
            out.println("line " + line);
        }
        queued.await(System.nanoTime());
        assertThat(pipe.text()).isEmpty();
        pipe.opened.countDown();
        queued.await(System.nanoTime() + LONG_NANOS);
        String text = pipe.text();
        long written = text.lines().filter(line -> line.startsWith("line ")).count();
        assertThat(text).endsWith("line " + (lines - 1) + "\n");
        assertThat(written).isBetween((long) QueuedOutput.MAX_LINES, QueuedOutput.MAX_LINES + 1L);
        // Told once, or twice where the thread that writes had come late and taken a line from the middle.
        long told = Pattern.compile("output: (\\d+) lines? before this one not printed, because nobody read them\\.")
                .matcher(text)
                .results()
                .mapToLong(found -> Long.parseLong(found.group(1)))
                .sum();
        assertThat(told).isEqualTo(lines - written);
    }

    @Test
    void shouldGoOnThoughItsReaderIsGone() {
        QueuedOutput gone = new QueuedOutput(
                new OutputStream() {
                    @Override
                    public void write(int single) throws IOException {
                        throw new IOException("Broken pipe");
                    }
                },
                StandardCharsets.UTF_8,
                "test-gone");
        new PrintStream(gone, true, StandardCharsets.UTF_8).println("into the void");
        gone.await(System.nanoTime() + LONG_NANOS);
    }
}
