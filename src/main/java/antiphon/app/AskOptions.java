package antiphon.app;

import antiphon.status.StatusReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of every command that asks a running program, and the question itself. */
final class AskOptions {
    @Mixin
    private SettingsOptions options;

    @Option(
            names = "--client",
            paramLabel = "NAME",
            description = "Which antiphon to ask if several run. Default: midi.client.")
    private @Nullable String client;

    /**
     * The program's answer to an order; an empty order asks for its status.
     *
     * @throws PortsUnavailableException if no program runs under that name
     * @throws UserException if it does not answer
     */
    String ask(String order) {
        options.put("midi.client", client);
        String name = options.load().midi().client();
        Path socket = Installation.statusSocket(name);
        if (!StatusReader.isAlive(socket)) {
            throw new PortsUnavailableException(nobody(name, socket));
        }
        try {
            return StatusReader.ask(socket, order).strip();
        } catch (IOException failure) {
            throw silent(name, failure);
        }
    }

    private static UserException silent(String name, IOException failure) {
        return new UserException("\"" + name + "\" runs, but did not answer (" + failure.getMessage()
                + "); allowed: an answer within 5 s. Is it another version, or does it hang?");
    }

    private static String nobody(String name, Path socket) {
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
