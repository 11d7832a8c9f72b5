package antiphon.app;

import antiphon.status.StatusServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The commands that ask something of the running program: {@code set}, {@code get}, {@code do} and {@code keep}. */
final class OrderCommands {
    private static final List<String> ACTIONS = List.of("panic", "answer", "again", "veto", "forget", "tap");

    private OrderCommands() {}

    /** Asks, prints the answer, and gives the exit status. */
    static int ask(AskOptions asked, String order) {
        String answer = asked.ask(order);
        if (StatusServer.Orders.isRefusal(answer)) {
            System.err.println(StatusServer.Orders.reason(answer));
            return Failure.FAILED;
        }
        System.out.println(answer);
        return 0;
    }

    /** {@code antiphon set}. */
    @Command(
            name = "set",
            description = "Change a setting of the running antiphon; it takes effect at the next decision.",
            mixinStandardHelpOptions = true)
    static final class Set implements Callable<Integer> {
        @Mixin
        private AskOptions asked;

        @Parameters(
                index = "0",
                paramLabel = "SETTING",
                description = "For example play.temperature; antiphon config show lists all.")
        private String id;

        @Parameters(
                index = "1",
                paramLabel = "VALUE",
                description = "As in the settings file, without quotation marks.")
        private String value;

        @Override
        public Integer call() {
            String typed =
                    id.equals("model.file") ? Path.of(value).toAbsolutePath().toString() : value;
            return ask(asked, "set " + id + " " + typed);
        }
    }

    /** {@code antiphon get}. */
    @Command(
            name = "get",
            description =
                    "Show the value of a setting in the running antiphon; without SETTING, all settings that can change.",
            mixinStandardHelpOptions = true)
    static final class Get implements Callable<Integer> {
        @Mixin
        private AskOptions asked;

        @Parameters(index = "0", arity = "0..1", paramLabel = "SETTING", description = "For example play.temperature.")
        private @Nullable String id;

        @Override
        public Integer call() {
            return ask(asked, id == null ? "get" : "get " + id);
        }
    }

    /** {@code antiphon do}. */
    @Command(
            name = "do",
            description = {
                "Ask something of the running antiphon.",
                "panic: end every note. answer: play now, without waiting for a rest. again: another answer to the same"
                        + " phrase. veto: drop this answer at the next beat. forget: forget all that was heard. tap: a beat is now;"
                        + " three or more say the tempo."
            },
            mixinStandardHelpOptions = true)
    static final class Do implements Callable<Integer> {
        @Mixin
        private AskOptions asked;

        @Spec
        private CommandSpec spec;

        @Parameters(index = "0", paramLabel = "panic|answer|again|veto|forget|tap", description = "What to do.")
        private String action;

        @Override
        public Integer call() {
            String wanted = action.toLowerCase(Locale.ROOT);
            if (!ACTIONS.contains(wanted)) {
                throw new ParameterException(
                        spec.commandLine(), "do: \"" + action + "\"; allowed: " + String.join(", ", ACTIONS) + ".");
            }
            return ask(asked, wanted);
        }
    }

    /** {@code antiphon keep}. */
    @Command(
            name = "keep",
            description = "Write what the running antiphon heard and played in the last ten minutes as a take.",
            mixinStandardHelpOptions = true)
    static final class Keep implements Callable<Integer> {
        @Mixin
        private AskOptions asked;

        @Override
        public Integer call() {
            return ask(asked, "keep");
        }
    }
}
