package antiphon.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** With threads, and without a time-out of the parking that could hide a lost wake-up. */
@Timeout(60)
class AgentRunnerTest {
    private static final long LONG_MILLIS = 30_000;

    private final Parking parking = new Parking(Long.MAX_VALUE);
    private final Worker worker = new Worker();
    private final AtomicLong failures = new AtomicLong();
    private final AgentRunner runner = new AgentRunner(worker, parking, System::nanoTime, worker::prepare, failures);

    @Test
    void shouldBeginOnItsOwnThreadBeforeAllWork() throws InterruptedException {
        runner.start();
        worker.give(parking);
        worker.awaitDone(1);
        runner.stop(LONG_MILLIS);
        assertThat(worker.calls.subList(0, 3)).containsExactly("prepare", "begin", "work");
        assertThat(worker.threads).containsOnly(runner.threadId());
        assertThat(worker.threadName).isEqualTo("worker");
    }

    /** The publisher waits until each piece is done: one lost wake-up, and it waits in vain. */
    @Test
    void shouldWakeForEachPieceOfWork() {
        runner.start();
        for (int piece = 1; piece <= 20_000; piece++) {
            worker.give(parking);
            worker.awaitDone(piece);
        }
        assertThat(worker.done.get()).isEqualTo(20_000);
    }

    @Test
    void shouldStopWhileItIsParked() throws InterruptedException {
        runner.start();
        worker.awaitParked();
        runner.stop(LONG_MILLIS);
        assertThat(worker.isAlive()).isFalse();
    }

    @Test
    void shouldStopWhileItIsBusyAfterThePieceOfWork() throws InterruptedException {
        worker.deadlineNanos = 0;
        runner.start();
        worker.awaitCalls(100);
        runner.stop(LONG_MILLIS);
        assertThat(worker.isAlive()).isFalse();
    }

    @Test
    void shouldNotParkIfTheTimeThatTheAgentAskedForHasCome() {
        // Parked without a limit, it would never be called again.
        worker.deadlineNanos = 1;
        runner.start();
        worker.awaitCalls(1_000);
        assertThat(worker.works.get()).isGreaterThanOrEqualTo(1_000);
    }

    @Test
    void shouldCallAgainWhenTheTimeThatTheAgentAskedForHasComeThoughNobodyWakesIt() {
        runner.start();
        for (int time = 0; time < 20; time++) {
            long before = worker.works.get();
            worker.deadlineNanos = System.nanoTime() + 1_000_000L;
            worker.give(parking);
            worker.awaitCalls(before + 2);
        }
        assertThat(worker.done.get()).isEqualTo(20);
    }

    /** Errors too: a thread that ends would leave notes sounding. */
    @Test
    void shouldLiveOnWhateverIsThrown() {
        worker.thrown.addAll(List.of(
                new OutOfMemoryError("on purpose"),
                new StackOverflowError("on purpose"),
                new InternalError("on purpose"),
                new AssertionError("on purpose"),
                new NoClassDefFoundError("on purpose")));
        worker.failsToBegin = true;
        runner.start();
        worker.give(parking);
        worker.awaitDone(1);
        assertThat(worker.thrown).isEmpty();
        assertThat(failures).hasValue(6);
    }

    /** Counts the pieces of work that it is given. */
    private static final class Worker implements Agent {
        final List<String> calls = new CopyOnWriteArrayList<>();
        final List<Long> threads = new CopyOnWriteArrayList<>();
        final AtomicLong given = new AtomicLong();
        final AtomicLong done = new AtomicLong();
        final AtomicLong works = new AtomicLong();
        final Queue<Error> thrown = new ConcurrentLinkedQueue<>();
        volatile boolean failsToBegin;
        final CountDownLatch looked = new CountDownLatch(1);
        volatile long deadlineNanos = Long.MAX_VALUE;
        volatile String threadName = "";
        private volatile Thread thread = Thread.currentThread();

        void prepare() {
            note("prepare");
        }

        private void note(String call) {
            // Enough to tell the order.
            if (calls.size() < 10) {
                calls.add(call);
                threads.add(Thread.currentThread().threadId());
            }
        }

        void give(Parking parking) {
            given.incrementAndGet();
            parking.signalAllWhenBlocking();
        }

        void awaitDone(long pieces) {
            Spin.until(() -> done.get() >= pieces);
        }

        void awaitCalls(long count) {
            Spin.until(() -> works.get() >= count);
        }

        void awaitParked() throws InterruptedException {
            looked.await();
            Spin.until(
                    () -> thread.getState() == Thread.State.WAITING || thread.getState() == Thread.State.TIMED_WAITING);
        }

        boolean isAlive() {
            return thread.isAlive();
        }

        @Override
        public String name() {
            return "worker";
        }

        @Override
        public void begin() {
            thread = Thread.currentThread();
            threadName = thread.getName();
            note("begin");
            if (failsToBegin) {
                throw new LinkageError("on purpose");
            }
        }

        @Override
        public long doWork() {
            note("work");
            Error next = thrown.poll();
            if (next != null) {
                throw next;
            }
            works.incrementAndGet();
            done.set(given.get());
            return deadlineNanos;
        }

        @Override
        public boolean hasWork() {
            boolean has = given.get() > done.get();
            looked.countDown();
            return has;
        }
    }
}
