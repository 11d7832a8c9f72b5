package antiphon.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** {@code bin/antiphon} with its page, on no MIDI system, with nothing but what keeps it apart from other programs. */
final class PageProgram implements AutoCloseable {
    private static final Path LAUNCHER = Path.of("bin/antiphon").toAbsolutePath();
    private static final long MAX_SECONDS = 280;
    private static final long PATIENCE_SECONDS = 30;

    private final Path folder;
    private final String[] environment;
    private final Process process;
    private final BufferedReader output;
    private final String url;

    /**
     * Starts it and waits for its page.
     *
     * @param folder where its files go; what it says of errors goes to {@code errors.txt} there
     * @param environment names and values
     */
    PageProgram(Path folder, String... environment) throws IOException {
        this.folder = folder;
        this.environment = environment;
        Path errors = folder.resolve("errors.txt");
        process = builder("--no-open", "--page-port", "0", "--seed", "5")
                .redirectError(errors.toFile())
                .start();
        CompletableFuture.delayedExecutor(MAX_SECONDS, TimeUnit.SECONDS).execute(process::destroyForcibly);
        output = process.inputReader(StandardCharsets.UTF_8);
        String line = output.readLine();
        while (line != null && !line.startsWith("page: ")) {
            line = output.readLine();
        }
        if (line == null) {
            throw new AssertionError("no page: " + Files.readString(errors));
        }
        url = line.substring("page: ".length());
    }

    private ProcessBuilder builder(String... words) {
        List<String> command = new ArrayList<>(List.of(words));
        command.addFirst(LAUNCHER.toString());
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("ANTIPHON_"));
        builder.environment().put("XDG_STATE_HOME", folder.resolve("state").toString());
        builder.environment().put("XDG_DATA_HOME", folder.resolve("data").toString());
        builder.environment().put("XDG_CONFIG_HOME", folder.resolve("config").toString());
        builder.environment().put("XDG_RUNTIME_DIR", "");
        builder.environment().put("JACK_DEFAULT_SERVER", "antiphon-test-none");
        for (int i = 0; i < environment.length; i += 2) {
            builder.environment().put(environment[i], environment[i + 1]);
        }
        return builder;
    }

    /** What {@code antiphon WORDS} prints on the other terminal. */
    String ask(String... words) throws IOException {
        Process asked = builder(words).redirectErrorStream(true).start();
        CompletableFuture.delayedExecutor(PATIENCE_SECONDS, TimeUnit.SECONDS).execute(asked::destroyForcibly);
        try (BufferedReader answer = asked.inputReader(StandardCharsets.UTF_8)) {
            return String.join("\n", answer.lines().toList());
        }
    }

    /** Where the page is. */
    String url() {
        return url;
    }

    @Override
    public void close() throws IOException {
        end();
        output.close();
    }

    /** Ends it as a person does. */
    void end() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
