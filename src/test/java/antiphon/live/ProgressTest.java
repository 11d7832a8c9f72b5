package antiphon.live;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.HotPath;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** With threads, parked without a time-out: an idle one works only because it is woken. */
@Timeout(60)
class ProgressTest {
    private static final long LONG_MILLIS = 30_000;

    private final AtomicLong failures = new AtomicLong();
    private final CountDownLatch free = new CountDownLatch(1);
    private final AgentRunner idle = runner(() -> {});
    private final AgentRunner other = runner(() -> {});
    private volatile boolean stuck;
    private final AgentRunner sticking = runner(() -> {
        if (stuck) {
            free.await();
        }
    });

    private interface Work {
        void run() throws InterruptedException;
    }

    private AgentRunner runner(Work work) {
        return new AgentRunner(new Idle(work), new Parking(Long.MAX_VALUE), System::nanoTime, () -> {}, failures);
    }

    /** Has never anything to do. */
    private record Idle(Work work) implements Agent {
        @Override
        public String name() {
            return "idle";
        }

        @Override
        @HotPath
        public long doWork() {
            try {
                work.run();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            return Long.MAX_VALUE;
        }

        @Override
        public boolean hasWork() {
            return false;
        }
    }

    @AfterEach
    void stop() throws InterruptedException {
        free.countDown();
        idle.stop(LONG_MILLIS);
        other.stop(LONG_MILLIS);
        sticking.stop(LONG_MILLIS);
    }

    /** Each look wakes it; a piece of work that nothing but that look asked for must follow. */
    private static void awaitPass(AgentRunner runner, long after) {
        while (runner.passes() <= after) {
            Thread.onSpinWait();
        }
    }

    @Test
    void shouldSeeThatIdleThreadsWork() {
        idle.start();
        other.start();
        Progress progress = new Progress(List.of(idle, other), failures);
        awaitPass(idle, 0);
        awaitPass(other, 0);
        for (int look = 0; look < 100; look++) {
            long first = idle.passes();
            long second = other.passes();
            assertThat(progress.advanced()).isTrue();
            awaitPass(idle, first);
            awaitPass(other, second);
        }
    }

    @Test
    void shouldSeeThatOneIsStuckAlthoughTheOtherWorks() {
        idle.start();
        sticking.start();
        awaitPass(idle, 0);
        awaitPass(sticking, 0);
        Progress progress = new Progress(List.of(sticking, idle), failures);
        long before = sticking.passes();
        assertThat(progress.advanced()).isTrue();
        awaitPass(sticking, before);
        stuck = true;
        // What it did before it stuck still counts, once.
        progress.advanced();
        progress.advanced();
        for (int look = 0; look < 10; look++) {
            long now = idle.passes();
            assertThat(progress.advanced()).isFalse();
            awaitPass(idle, now);
        }
        stuck = false;
        free.countDown();
        awaitPass(sticking, before + 1);
        progress.advanced();
        assertThat(progress.threadIds()).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void shouldSeeThatAThreadIsDead() throws InterruptedException {
        idle.start();
        awaitPass(idle, 0);
        Progress progress = new Progress(List.of(idle), failures);
        assertThat(progress.advanced()).isTrue();
        idle.stop(LONG_MILLIS);
        progress.advanced();
        assertThat(progress.advanced()).isFalse();
        assertThat(new Progress(List.of(other), failures).advanced())
                .as("never started")
                .isFalse();
    }

    @Test
    void shouldNotTakePiecesOfWorkThatAllFailForProgress() {
        AgentRunner failing = runner(failures::incrementAndGet);
        failing.start();
        awaitPass(failing, 0);
        Progress progress = new Progress(List.of(failing), failures);
        for (int look = 0; look < 10; look++) {
            long now = failing.passes();
            assertThat(progress.advanced()).isFalse();
            awaitPass(failing, now);
        }
    }

    /** A piece of work that has failed and not ended when it is looked at: its failure belongs to the next look. */
    @Test
    void shouldCountAFailureToThePieceOfWorkThatFailed() throws InterruptedException {
        CountDownLatch second = new CountDownLatch(1);
        AtomicLong begun = new AtomicLong();
        AgentRunner failing = runner(() -> {
            long number = begun.incrementAndGet();
            if (number == 3) {
                free.await();
            }
            failures.incrementAndGet();
            if (number == 2) {
                second.await();
            }
        });
        failing.start();
        awaitPass(failing, 0);
        Progress progress = new Progress(List.of(failing), failures);
        failing.wake();
        awaitFailures(2);
        assertThat(progress.advanced()).isFalse();
        second.countDown();
        awaitPass(failing, 1);
        assertThat(progress.advanced()).isFalse();
        free.countDown();
        failing.stop(LONG_MILLIS);
    }

    private void awaitFailures(long count) {
        while (failures.get() < count) {
            Thread.onSpinWait();
        }
    }
}
