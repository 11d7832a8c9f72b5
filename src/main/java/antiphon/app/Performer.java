package antiphon.app;

import antiphon.config.Config;
import antiphon.improv.Settings;
import antiphon.live.LiveSession;
import antiphon.live.Status;
import antiphon.model.ModelException;
import antiphon.model.ModelFile;
import antiphon.model.Precision;
import antiphon.model.StackedLstm;
import java.nio.file.Path;
import java.security.SecureRandom;
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
        long seed = play.seed() == 0 ? 1 + new SecureRandom().nextInt(DRAWN_SEEDS) : play.seed();
        return new Performer(
                loadModel(
                        config.model().path(Installation.home()), config.model().precision()),
                config.settings(),
                seed);
    }

    /** What the settings ask of the system for the threads of the live path. */
    static LiveSession.Threads threads(Config config) {
        Config.Live live = config.live();
        return new LiveSession.Threads(live.realTime(), live.lockMemory(), live.cores(), live.keepAwake());
    }

    /** The part of the status that the session does not know. */
    Status.Facts facts(Config config) {
        Path file = config.model().path(Installation.home());
        long bytes = file.toFile().length();
        return new Status.Facts(
                Version.number(),
                config.midi().client(),
                config.play().mode().name().toLowerCase(Locale.ROOT),
                seed,
                new Status.Model(config.model().file(), bytes, model.layers(), model.width()));
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
