package antiphon.app;

import antiphon.status.StatusReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The commands that ask something of the running program: {@code set}, {@code get}, {@code do} and {@code keep}. */
final class OrderCommands {
    private static final String REFUSED = "refused: ";

    private OrderCommands() {}

    /** Which program to ask. */
    static class Asked {
        @Mixin
        private SettingsOptions options;

        @Option(
                names = "--client",
                paramLabel = "NAME",
                description = "Which antiphon to ask if several run. Default: midi.client.")
        private @Nullable String client;

        /** Asks, prints the answer, and gives the exit status. */
        final int ask(String order) {
            options.put("midi.client", client);
            String name = options.load().midi().client();
            Path socket = Installation.statusSocket(name);
            if (!StatusReader.isAlive(socket)) {
                System.err.println(StatusCommand.nobody(name, socket));
                return Failure.PORT_UNAVAILABLE;
            }
            try {
                String answer = StatusReader.ask(socket, order).strip();
                if (answer.startsWith(REFUSED)) {
                    System.err.println(answer.substring(REFUSED.length()));
                    return Failure.FAILED;
                }
                System.out.println(answer);
                return 0;
            } catch (IOException failure) {
                throw new UserException("\"" + name + "\" runs, but did not answer (" + failure.getMessage()
                        + "); allowed: an answer within 5 s. Is it another version, or does it hang?");
            }
        }
    }

    /** {@code antiphon set}. */
    @Command(
            name = "set",
            description = "Change a setting of the running antiphon; it takes effect at the next decision.",
            mixinStandardHelpOptions = true)
    static final class Set implements Callable<Integer> {
        @Mixin
        private Asked asked;

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
            return asked.ask("set " + id + " " + typed);
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
        private Asked asked;

        @Parameters(index = "0", arity = "0..1", paramLabel = "SETTING", description = "For example play.temperature.")
        private @Nullable String id;

        @Override
        public Integer call() {
            return asked.ask(id == null ? "get" : "get " + id);
        }
    }

    /** What {@code do} can ask for. */
    enum Action {
        PANIC,
        ANSWER,
        AGAIN,
        FORGET
    }

    /** {@code antiphon do}. */
    @Command(
            name = "do",
            description = {
                "Ask something of the running antiphon.",
                "panic: end every note. answer: play now, without waiting for a rest. again: another answer to the same"
                        + " phrase. forget: forget all that was heard."
            },
            mixinStandardHelpOptions = true)
    static final class Do implements Callable<Integer> {
        @Mixin
        private Asked asked;

        @Parameters(index = "0", paramLabel = "panic|answer|again|forget", description = "What to do.")
        private Action action;

        @Override
        public Integer call() {
            return asked.ask(action.name().toLowerCase(Locale.ROOT));
        }
    }

    /** {@code antiphon keep}. */
    @Command(
            name = "keep",
            description = "Write what the running antiphon heard and played in the last ten minutes as a take.",
            mixinStandardHelpOptions = true)
    static final class Keep implements Callable<Integer> {
        @Mixin
        private Asked asked;

        @Override
        public Integer call() {
            return asked.ask("keep");
        }
    }
}
