package antiphon.app;

import antiphon.file.AtomicFile;
import antiphon.file.Reason;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a service command writes, removes and runs, in this order: first made, then shown or done. Nothing is done before
 * all files were looked at.
 */
final class ServicePlan {
    /** Runs other programs. */
    @FunctionalInterface
    interface Shell {
        /**
         * Runs one to its end.
         *
         * @param shown whether people see its output now; else it is told if it fails
         * @return its exit status and, if it is not shown, what it printed
         */
        Ended run(List<String> command, boolean shown);
    }

    /** How a program ended. */
    record Ended(int status, String output) {}

    private sealed interface Step {}

    private record Write(OwnFile file) implements Step {}

    private record Remove(OwnFile file) implements Step {}

    private record Run(List<String> command, boolean mayFail) implements Step {}

    private final List<Step> steps = new ArrayList<>();

    /** A file of ours; written only if that changes it. */
    ServicePlan write(OwnFile file) {
        steps.add(new Write(file));
        return this;
    }

    /** Nothing if it is not there. */
    ServicePlan remove(OwnFile file) {
        steps.add(new Remove(file));
        return this;
    }

    ServicePlan run(String... command) {
        steps.add(new Run(List.of(command), false));
        return this;
    }

    /** Runs something that may have been done already. */
    ServicePlan tryTo(String... command) {
        steps.add(new Run(List.of(command), true));
        return this;
    }

    /** Prints everything that would be done. */
    void show(PrintStream out) {
        for (Step step : steps) {
            switch (step) {
                case Write write -> out.print("would write " + write.file.path() + ":\n" + write.file.text());
                case Remove remove -> out.println("would remove " + remove.file.path());
                case Run run -> out.println("would run: " + quoted(run.command));
            }
        }
    }

    /**
     * Does it.
     *
     * @throws UserException at the first step that fails, or, before any, if a file was edited by hand
     */
    void perform(ForceOption force, Shell shell, PrintStream out) {
        for (Step step : steps) {
            switch (step) {
                case Write write -> force.requireUnedited(write.file.path(), write.file.isEdited());
                case Remove remove -> force.requireUnedited(remove.file.path(), remove.file.isEdited());
                case Run run -> {}
            }
        }
        steps.forEach(step -> perform(step, shell, out));
    }

    private static void perform(Step step, Shell shell, PrintStream out) {
        switch (step) {
            case Write write -> {
                if (!write.file.isWritten()) {
                    put(write.file);
                    out.println("wrote " + write.file.path());
                }
            }
            case Remove remove -> {
                if (delete(remove.file.path())) {
                    out.println("removed " + remove.file.path());
                }
            }
            case Run run -> {
                Ended ended = shell.run(run.command, false);
                if (ended.status() != 0 && !run.mayFail) {
                    throw new UserException("service: " + quoted(run.command) + ": ended with status "
                            + ended.status() + " (" + ended.output().strip().replace('\n', ' ')
                            + "); 0 needed. Run it by hand.");
                }
            }
        }
    }

    private static void put(OwnFile file) {
        try {
            Path folder = file.path().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            AtomicFile.write(file.path(), temporary -> Files.writeString(temporary, file.text()));
        } catch (IOException failure) {
            throw refused(file.path(), failure);
        }
    }

    private static boolean delete(Path path) {
        try {
            return Files.deleteIfExists(path);
        } catch (IOException failure) {
            throw refused(path, failure);
        }
    }

    private static UserException refused(Path path, IOException failure) {
        return new UserException(path + ": cannot be written (" + Reason.of(failure)
                + "); the right to write there needed. For --system, run it with sudo.");
    }

    /** As one could type it into a shell. */
    static String quoted(List<String> command) {
        List<String> words = new ArrayList<>();
        for (String word : command) {
            words.add(word.matches("[A-Za-z0-9_./:=@%+,-]+") ? word : "'" + word.replace("'", "'\\''") + "'");
        }
        return String.join(" ", words);
    }
}
