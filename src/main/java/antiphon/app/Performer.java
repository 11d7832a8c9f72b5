package antiphon.app;

import antiphon.config.Config;
import antiphon.improv.Settings;
import antiphon.live.JournalHeader;
import antiphon.live.Threads;
import antiphon.model.ModelException;
import antiphon.model.ModelFile;
import antiphon.model.Precision;
import antiphon.model.StackedLstm;
import antiphon.status.Status;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;

/**
 * What every playing command needs, made from the settings.
 *
 * @param seed never 0: a new one was drawn if the settings ask for it
 */
record Performer(StackedLstm model, Settings settings, long seed) {
    /** Drawn seeds are at most this, so that they are short to type. */
    private static final int DRAWN_SEEDS = 1_000_000;

    static Performer of(Config config) {
        Config.Play play = config.play();
        long seed = play.seed() == 0 ? drawnSeed() : play.seed();
        return new Performer(
                loadModel(
                        config.model().path(Installation.home()), config.model().precision()),
                config.settings(),
                seed);
    }

    /** A new seed; never 0. */
    static long drawnSeed() {
        return 1L + new SecureRandom().nextInt(DRAWN_SEEDS);
    }

    /** A network as a journal names it. Reads the whole file. */
    static JournalHeader.Network network(Path file, Precision precision) {
        return new JournalHeader.Network(
                file.toAbsolutePath().normalize().toString(),
                sha256(file),
                precision.name().toLowerCase(Locale.ROOT));
    }

    /** The SHA-256 of a file in hexadecimal digits. */
    static String sha256(Path file) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            // In pieces: an array of the whole file would stay for as long as the program runs, once in the heap that
            // grew for it and once in the buffer that the JDK keeps for the thread that read it.
            try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException failure) {
            String found = Files.exists(file) ? "cannot be read" : "no such file";
            throw new UserException(file + ": " + found + "; allowed: the file of a network. Put it there.");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    /** What the settings ask of the system for the threads of the live path. */
    static Threads threads(Config config) {
        Config.Live live = config.live();
        return new Threads(live.realTime(), live.lockMemory(), live.cores(), live.keepAwake());
    }

    /**
     * The part of the status that the session does not know.
     *
     * @param file of the network that plays, as it was given
     * @param hash the SHA-256 of that file
     */
    static Status.Facts facts(Config config, String file, StackedLstm model, String hash) {
        long bytes = Installation.home().resolve(file).toFile().length();
        return new Status.Facts(
                Version.number(),
                config.midi().client(),
                new Status.Model(file, bytes, model.layers(), model.width(), hash));
    }

    /** Reads a model; the message about anything wrong in it begins with the file's name. */
    static StackedLstm loadModel(Path path, Precision precision) {
        ModelFile file = ModelFile.read(path);
        try {
            return new StackedLstm(file, precision);
        } catch (ModelException failure) {
            throw new ModelException(path + ": " + failure.getMessage(), failure);
        }
    }
}
