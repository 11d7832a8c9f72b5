package antiphon.app;

import antiphon.status.Exposition;
import antiphon.status.Status;
import antiphon.status.StatusReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code antiphon status}: what the running program does, how fast it is, and what went wrong. */
@Command(
        name = "status",
        description = "Show what the running antiphon does, how fast it is, and what went wrong.",
        mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {
    @Mixin
    private SettingsOptions options;

    @Option(
            names = "--client",
            paramLabel = "NAME",
            description = "Which antiphon to ask if several run. Default: midi.client.")
    private @Nullable String client;

    @ArgGroup
    private Form form = new Form();

    /** How the status is written; without either option, a table for people. */
    static final class Form {
        @Option(names = "--json", description = "As JSON, for programs.")
        private boolean json;

        @Option(names = "--prometheus", description = "In the text format of Prometheus.")
        private boolean prometheus;
    }

    @Override
    public Integer call() {
        options.put("midi.client", client);
        String name = options.load().midi().client();
        Path socket = Installation.statusSocket(name);
        if (!StatusReader.isAlive(socket)) {
            System.err.println(nobody(name, socket));
            return Failure.PORT_UNAVAILABLE;
        }
        try {
            print(StatusReader.read(socket).strip());
            return 0;
        } catch (IOException failure) {
            throw new UserException("status: \"" + name + "\" runs, but its answer cannot be read ("
                    + failure.getMessage() + "). Is it another version, or does it hang?");
        }
    }

    private void print(String json) throws IOException {
        Status status = Status.parse(json);
        if (form.json) {
            System.out.println(json);
        } else if (form.prometheus) {
            System.out.print(Exposition.of(status));
            System.out.flush();
        } else {
            StatusTable.of(status).forEach(System.out::println);
        }
    }

    static String nobody(String name, Path socket) {
        List<Path> others = StatusReader.alive(socket.resolveSibling(""));
        if (others.isEmpty()) {
            return "no antiphon runs as \"" + name + "\"; start one: antiphon run";
        }
        String names = others.stream()
                .map(other -> other.getFileName().toString())
                .map(other -> "\"" + other.substring(0, other.length() - StatusReader.SUFFIX.length()) + "\"")
                .collect(Collectors.joining(", "));
        return "no antiphon runs as \"" + name + "\"; found " + names + ". Choose one with --client.";
    }
}
