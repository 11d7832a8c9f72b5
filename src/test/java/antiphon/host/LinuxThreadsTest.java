package antiphon.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
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

    /** All on the thread itself: another's slack may be seen and set by few. */
    @Test
    void shouldSlackenAThreadAndMakeItPromptAgain() throws Exception {
        CompletableFuture<List<String>> seen = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            threads.name("slackened");
            Path slack = LinuxThreads.slack(LinuxThreads.find("slackened").orElseThrow());
            String before = read(slack);
            threads.slacken("slackened", 90_000_000);
            String between = read(slack);
            threads.slacken("slackened", 0);
            seen.complete(List.of(between, read(slack).equals(before) ? "as before" : read(slack)));
        });
        thread.start();
        assertThat(seen.get()).containsExactly("90000000", "as before");
        assertThat(threads.slacken("no such thread", 0)).isFalse();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (java.io.IOException failure) {
            return failure.toString();
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
