package antiphon.corpus;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;

/**
 * Does many jobs on several threads and hands over what they give in the order of their numbers, as if there were one
 * thread. At most {@value #AHEAD} jobs for each thread are begun before the first of them is taken, so that memory does
 * not grow with the number of jobs. One thread calls it; a taker may call it again.
 */
public final class InOrder implements AutoCloseable {
    private static final int AHEAD = 8;

    private final ExecutorService threads;
    private final int ahead;

    /** One of many, on a thread of ours. */
    @FunctionalInterface
    public interface Job<T> {
        T done(int number) throws IOException;
    }

    /** Gets what each job gives, on the caller's thread. */
    @FunctionalInterface
    public interface Taker<T> {
        void take(int number, T given) throws IOException;
    }

    /** @param threads at least 1 */
    public InOrder(int threads) {
        this.threads = Executors.newFixedThreadPool(threads);
        ahead = AHEAD * threads;
    }

    /**
     * What jobs 0, 1 and so on give, done with as many threads as there are processors.
     *
     * @param job reads and writes nothing
     * @param progress told how many are done, on the caller's thread
     */
    public static <T> List<T> all(int jobs, IntFunction<T> job, IntConsumer progress) {
        List<T> all = new ArrayList<>();
        try (InOrder workers = new InOrder(Runtime.getRuntime().availableProcessors())) {
            workers.<T>run(jobs, job::apply, (number, given) -> {
                all.add(given);
                progress.accept(all.size());
            });
        } catch (IOException interrupted) {
            throw new UncheckedIOException(interrupted);
        }
        return all;
    }

    /**
     * Does jobs 0, 1 and so on. What a job or the taker throws ends it: no later result is taken.
     *
     * @throws InterruptedIOException if the caller's thread is interrupted
     */
    public <T> void run(int jobs, Job<T> job, Taker<T> taker) throws IOException {
        Deque<Future<T>> begun = new ArrayDeque<>();
        try {
            int next = 0;
            for (int taken = 0; taken < jobs; taken++) {
                while (next < jobs && begun.size() < ahead) {
                    int number = next++;
                    begun.add(threads.submit(() -> job.done(number)));
                }
                taker.take(taken, given(begun.remove()));
            }
        } finally {
            begun.forEach(each -> each.cancel(false));
        }
    }

    private static <T> T given(Future<T> job) throws IOException {
        try {
            return job.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof IOException failure) {
                throw failure;
            }
            if (failed.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (failed.getCause() instanceof Error failure) {
                throw failure;
            }
            throw new IllegalStateException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    /** Waits for the jobs that were begun. */
    @Override
    public void close() {
        threads.close();
    }
}
