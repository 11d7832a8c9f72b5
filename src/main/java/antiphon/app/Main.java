package antiphon.app;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** Where the program starts, and what {@code antiphon} alone on the command line means. */
@Command(
        name = "antiphon",
        description = "A real-time MIDI improviser: play a keyboard, and it answers.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
public final class Main implements Runnable {
    private Main() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new Main()).execute(args));
    }

    @Override
    public void run() {
        CommandLine.usage(this, System.out);
    }

    /** The version that the build wrote into the jar; 0 when run from class folders. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"antiphon " + (version == null ? "0" : version)};
        }
    }
}
