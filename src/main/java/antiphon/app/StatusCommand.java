package antiphon.app;

import antiphon.status.Exposition;
import antiphon.status.Status;
import java.io.IOException;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code antiphon status}: what the running program does, how fast it is, and what went wrong. */
@Command(
        name = "status",
        description = "Show what the running antiphon does, how fast it is, and what went wrong.",
        mixinStandardHelpOptions = true)
final class StatusCommand implements Runnable {
    @Mixin
    private AskOptions asked;

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
    public void run() {
        String json = asked.ask("");
        try {
            print(json);
        } catch (IOException failure) {
            throw new UserException(
                    "status: the answer cannot be read (" + failure.getMessage() + "). Is it another version?");
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
}
