package antiphon.app;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A small process beside this one, which ends what sounds if this one is killed ({@link ReleaseCommand}): it reads from us,
 * and that ends with us, however we end. Starting it only then would take longer than notes may hang. Cold threads.
 */
final class Guard implements AutoCloseable {
    private static final long MAX_WAIT_MILLIS = 200;

    private final Process process;

    private Guard(Process process) {
        this.process = process;
    }

    /**
     * Starts one.
     *
     * @param program {@code bin/antiphon}
     * @param backend by which the notes sound
     * @throws UserException if it cannot be started
     */
    static Guard start(Path program, String backend) {
        ProcessBuilder builder = new ProcessBuilder(
                        program.toString(), ReleaseCommand.NAME, ReleaseCommand.GUARD, backend)
                .redirectOutput(Redirect.INHERIT)
                .redirectError(Redirect.INHERIT);
        builder.environment().put("ANTIPHON_BUILD", "no");
        try {
            return new Guard(builder.start());
        } catch (IOException failure) {
            throw new UserException(
                    "--guard: " + failure.getMessage() + "; " + program + " needed. Leave --guard out.");
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** All notes have ended: it is needed no more. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(MAX_WAIT_MILLIS, TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
