package antiphon.app;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Starts {@code antiphon train} as a process of its own. */
@FunctionalInterface
interface Teacher {
    /**
     * Starts it.
     *
     * @param arguments after the word train
     * @param errors the file for what it prints to stderr
     */
    Process start(List<String> arguments, Path errors) throws IOException;

    /**
     * The installed program, so that the music goes before it: at the lowest priority, on one thread, of which the
     * collector's and the compiler's are a part. It ends when this process ends, however that ends.
     */
    static Teacher installed(Path launcher) {
        return (arguments, errors) -> {
            List<String> command = new ArrayList<>();
            // Where there is no such program the start is the same without.
            if (isOnPath("nice")) {
                command.addAll(List.of("nice", "-n", "19"));
            }
            command.addAll(List.of(launcher.toString(), "train"));
            command.addAll(arguments);
            return quietly(command, errors);
        };
    }

    /** Starts a command with what makes it take little. */
    static Process quietly(List<String> command, Path errors) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(Redirect.to(errors.toFile()));
        Map<String, String> environment = builder.environment();
        environment.put("OMP_NUM_THREADS", "1");
        environment.put("OPENBLAS_NUM_THREADS", "1");
        String options = environment.getOrDefault("ANTIPHON_JAVA_OPTS", "") + " -XX:ActiveProcessorCount=1";
        // What archives hold is unpacked beside them, where it goes with them. The launcher splits options at blanks.
        String folder = errors.resolveSibling("").toAbsolutePath().toString();
        if (folder.chars().noneMatch(Character::isWhitespace)) {
            options += " -Djava.io.tmpdir=" + folder;
        }
        environment.put("ANTIPHON_JAVA_OPTS", options.strip());
        return builder.start();
    }

    private static boolean isOnPath(String program) {
        return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
                .splitAsStream(System.getenv().getOrDefault("PATH", ""))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder).resolve(program)));
    }
}
