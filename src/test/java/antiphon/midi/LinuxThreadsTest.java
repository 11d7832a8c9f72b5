package antiphon.midi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class LinuxThreadsTest {
    private static final int PRIORITY_FIELD = 37;

    private final LinuxThreads threads = new LinuxThreads();

    @Test
    void shouldGiveTheThreadThePriorityThatTheSystemThenShowsOrSayThatItIsRefused() throws Exception {
        String shown = onAThread(() -> threads.raise(3) ? "3 1" : "0 0");
        assertThat(shown).isEqualTo("asked");
    }

    @Test
    void shouldNameTheThreadAndFindItByItsName() throws Exception {
        CompletableFuture<Boolean> found = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            threads.name("antiphon-a-long-name");
            found.complete(LinuxThreads.find("antiphon-a-long-name").isPresent());
        });
        thread.start();
        assertThat(found.get()).isTrue();
        assertThat(LinuxThreads.find("no such thread")).isEmpty();
        assertThat(threads.raise("no such thread", 3)).isFalse();
    }

    @Test
    void shouldSlackenAThreadAndMakeItPromptAgainOrSayThatItIsRefused() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        CompletableFuture<Integer> named = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            threads.name("slackened");
            named.complete(LinuxThreads.find("slackened").orElseThrow());
            await(done);
        });
        thread.start();
        Path slack = LinuxThreads.slack(named.get());
        String before = Files.readString(slack).strip();
        boolean granted = threads.slacken("slackened", 90_000_000);
        assertThat(Files.readString(slack).strip()).isEqualTo(granted ? "90000000" : before);
        threads.slacken("slackened", 0);
        assertThat(Files.readString(slack).strip()).isEqualTo(before);
        assertThat(threads.slacken("no such thread", 0)).isFalse();
        done.countDown();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void shouldPinTheThreadToCoresThatAreThereAndToNoOthers() throws Exception {
        List<Integer> cores = threads.cores();
        assertThat(cores).isNotEmpty();
        CompletableFuture<List<Integer>> left = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            boolean pinned = threads.pin(List.of(cores.getLast()));
            boolean nowhere = threads.pin(List.of(1023));
            left.complete(pinned && !nowhere ? allowed() : List.of());
        });
        thread.start();
        assertThat(left.get()).containsExactly(cores.getLast());
    }

    @Test
    void shouldReadRangesOfCores() {
        assertThat(LinuxThreads.ranges("0-3,8,10-11")).containsExactly(0, 1, 2, 3, 8, 10, 11);
    }

    private static List<Integer> allowed() {
        try {
            return Files.readAllLines(Path.of("/proc/thread-self/status")).stream()
                    .filter(line -> line.startsWith("Cpus_allowed_list:"))
                    .map(line -> LinuxThreads.ranges(line.split("\\s+", -1)[1]))
                    .findFirst()
                    .orElse(List.of());
        } catch (java.io.IOException failure) {
            return List.of();
        }
    }

    /** Compares what was asked for with what {@code /proc/thread-self/stat} shows: priority and policy. */
    private static String onAThread(java.util.function.Supplier<String> work) throws Exception {
        CompletableFuture<String> shown = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                String asked = work.get();
                String stat = Files.readString(Path.of("/proc/thread-self/stat"));
                String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
                // A child resets to the ordinary policy; the flag for that is not shown here.
                String found = fields[PRIORITY_FIELD] + " " + fields[PRIORITY_FIELD + 1];
                shown.complete(found.equals(asked) ? "asked" : found);
            } catch (java.io.IOException failure) {
                shown.complete(failure.toString());
            }
        });
        thread.start();
        return shown.get();
    }
}
