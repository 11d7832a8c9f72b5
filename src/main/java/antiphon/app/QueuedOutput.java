package antiphon.app;

import antiphon.Amount;
import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Where a live session prints: whoever prints never waits, although nobody may read it, as with a pipe that is full or
 * a terminal that is stopped. A thread of its own writes line by line. If too many lines wait, the oldest are dropped,
 * and how many is told when there is a reader again. Any thread may write.
 */
final class QueuedOutput extends OutputStream {
    static final int MAX_LINES = 1_000;

    private static final long LOOK_NANOS = 1_000_000L;
    private static final long MAX_WAIT_NANOS = 500_000_000L;

    private static volatile List<QueuedOutput> standard = List.of();

    private volatile List<OutputStream> targets;
    private final Charset charset;
    private final ArrayBlockingQueue<byte[]> lines = new ArrayBlockingQueue<>(MAX_LINES);
    private final ByteArrayOutputStream unfinished = new ByteArrayOutputStream();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicLong dropped = new AtomicLong();

    /**
     * Starts the thread that writes.
     *
     * @param target may block for ever
     * @param charset of the line that tells how many were dropped
     */
    QueuedOutput(OutputStream target, Charset charset, String threadName) {
        targets = List.of(target);
        this.charset = charset;
        Thread.ofPlatform().daemon().name(threadName).start(this::run);
    }

    /** Replaces the standard output and the standard error of this process by queues. */
    static void replaceStandard() {
        Charset ofOut = System.out.charset();
        Charset ofErr = System.err.charset();
        QueuedOutput out = new QueuedOutput(new FileOutputStream(FileDescriptor.out), ofOut, "antiphon-stdout");
        QueuedOutput err = new QueuedOutput(new FileOutputStream(FileDescriptor.err), ofErr, "antiphon-stderr");
        System.setOut(new PrintStream(out, true, ofOut));
        System.setErr(new PrintStream(err, true, ofErr));
        standard = List.of(out, err);
    }

    /**
     * Has what is printed from now on go into a file.
     *
     * @param terminal what somebody looks at stays: there only the standard error is written to the file, too
     */
    static void sendStandardTo(OutputStream file, boolean terminal) {
        for (QueuedOutput each : standard) {
            boolean errors = each == standard.getLast();
            if (!terminal) {
                each.targets = List.of(file);
            } else if (errors) {
                each.targets = List.of(each.targets.getFirst(), file);
            }
        }
    }

    /** Before the process ends: waits until its replaced standard output and error have written all, but not for ever. */
    static void awaitStandard() {
        long end = System.nanoTime() + MAX_WAIT_NANOS;
        standard.forEach(each -> each.await(end));
    }

    @Override
    public synchronized void write(int single) {
        unfinished.write(single);
        if (single == '\n') {
            queue();
        }
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            write(bytes[i]);
        }
    }

    private void queue() {
        byte[] line = unfinished.toByteArray();
        unfinished.reset();
        waiting.incrementAndGet();
        while (!lines.offer(line)) {
            if (lines.poll() != null) {
                waiting.decrementAndGet();
                dropped.incrementAndGet();
            }
        }
    }

    /** Returns when all was written, or it is that late. */
    void await(long endNanos) {
        synchronized (this) {
            if (unfinished.size() > 0) {
                queue();
            }
        }
        while (waiting.get() > 0 && System.nanoTime() - endNanos < 0) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    private void run() {
        try {
            while (true) {
                byte[] line = lines.take();
                print(line);
                waiting.decrementAndGet();
            }
        } catch (InterruptedException nobodyDoesThat) {
            Thread.currentThread().interrupt();
        }
    }

    private void print(byte[] line) {
        long lost = dropped.getAndSet(0);
        if (lost > 0) {
            String told =
                    "output: " + Amount.of(lost, "line") + " before this one not printed, because nobody read them.\n";
            targets.forEach(target -> write(target, told.getBytes(charset)));
        }
        targets.forEach(target -> write(target, line));
    }

    private static void write(OutputStream target, byte[] line) {
        try {
            target.write(line);
            target.flush();
        } catch (IOException nobodyReads) {
            // The reader is gone for good, or the disk is full: music goes on without words.
        }
    }
}
