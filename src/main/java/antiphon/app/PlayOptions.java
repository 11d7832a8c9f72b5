package antiphon.app;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every command that plays: they override the environment, which overrides the file. */
class PlayOptions extends ModelOptions {
    @Option(names = "--seed", paramLabel = "N", description = "Same seed, same input: same answer. 0 takes a new one.")
    private @Nullable String seed;

    @Option(
            names = "--temperature",
            paramLabel = "T",
            description = "Below 1 answers are less surprising, above 1 more.")
    private @Nullable String temperature;

    @Option(
            names = "--top-p",
            paramLabel = "P",
            description = "Draw only from the likeliest values, up to this share of the probability.")
    private @Nullable String topP;

    @Option(names = "--channel", paramLabel = "N", description = "MIDI channel of the answers, 1 to 16.")
    private @Nullable String channel;

    @Override
    void addFlags() {
        super.addFlags();
        put("play.seed", seed);
        put("play.temperature", temperature);
        put("play.top-p", topP);
        put("midi.out.channel", channel);
    }

    /** The same for commands that have more than one mode. */
    static class WithMode extends PlayOptions {
        @Option(
                names = "--mode",
                paramLabel = "MODE",
                description = "How to take part: call, trade, continue, duet, harmony, follow or listen.")
        private @Nullable String mode;

        @Option(
                names = "--preset",
                paramLabel = "NAME",
                description =
                        "A partner by name, such as ballad; antiphon preset lists them. Other options count before it.")
        private @Nullable String preset;

        @Override
        void addFlags() {
            super.addFlags();
            put("play.mode", mode);
            put("preset.start", preset);
        }
    }
}
