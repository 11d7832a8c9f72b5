package antiphon.app;

import antiphon.Amount;
import antiphon.improv.Settings;
import antiphon.live.Rehearsal;
import antiphon.midi.file.MidiFile;
import antiphon.midi.file.MidiFileWriter;
import antiphon.midi.file.Timeline;
import antiphon.music.TimedMessages;
import java.nio.file.Path;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code antiphon generate}: music from nothing, or going on from a prompt. */
@Command(
        name = "generate",
        description = "Write a MIDI file of generated music, going on from a prompt if one is given.",
        mixinStandardHelpOptions = true)
final class GenerateCommand implements Runnable {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double DEFAULT_SECONDS = 30;
    private static final int BEATS_PER_BAR = 4;
    private static final double MAX_SECONDS = 3_600;
    private static final double MIN_QPM = 20;
    private static final double MAX_QPM = 400;
    private static final double STANDARD_QPM = 120;
    private static final DecimalFormatSymbols ROOT = DecimalFormatSymbols.getInstance(Locale.ROOT);

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Option(names = "--prompt", paramLabel = "IN.mid", description = "Music to go on from.")
    private @Nullable Path prompt;

    @ArgGroup
    private @Nullable Length length;

    @Option(
            names = "--qpm",
            paramLabel = "N",
            description =
                    "Tempo in quarters a minute, 20 to 400. Default: 120; after a prompt, the prompt's own, and bars"
                            + " are counted by 120.")
    private @Nullable Double qpm;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "OUT.mid",
            required = true,
            description = MusicOutput.DESCRIPTION)
    private Path output;

    @Mixin
    private PlayOptions options;

    /** How much music. */
    static final class Length {
        @Option(names = "--seconds", paramLabel = "N", description = "How much music to make. Default: 30.")
        private @Nullable Double seconds;

        @Option(names = "--bars", paramLabel = "N", description = "The same in bars of four beats.")
        private @Nullable Double bars;
    }

    @Override
    public void run() {
        double seconds = seconds();
        MusicOutput written = new MusicOutput(output);
        if (prompt != null) {
            RehearseCommand.refuseToReplace(prompt, output);
        }
        options.put("play.mode", "continue");
        options.put("play.continue.max-seconds", "0");
        Performer performer = Performer.of(options.load());
        MidiFile heard = prompt == null ? null : RehearseCommand.hear(prompt);
        TimedMessages before = heard == null ? TimedMessages.ofNotes(List.of(), 0) : heard.keys();
        Settings settings = performer.settings();
        TimedMessages made = Rehearsal.generate(
                performer.model(), settings, performer.seed(), before, clockQpm(), (long) (seconds * NANOS_PER_SECOND));
        written.write(
                heard == null ? List.of(new MidiFileWriter.Track("answer", made)) : RehearseCommand.tracks(heard, made),
                timeline(heard));
        System.out.println(Shown.line(output) + ": " + Amount.of(made.noteOns(), "note") + " in " + Math.round(seconds)
                + " s (seed " + performer.seed() + ").");
    }

    /** The tempo of the clock that the music follows; 0 for none. */
    private double clockQpm() {
        if (qpm != null) {
            return qpm;
        }
        return prompt == null ? STANDARD_QPM : 0;
    }

    /** The tempo asked for; without, that of the prompt. The metre is the prompt's. */
    private Timeline timeline(@Nullable MidiFile heard) {
        if (heard == null) {
            return Timeline.ofQpm(clockQpm());
        }
        return qpm == null ? heard.timeline() : heard.timeline().atQpm(qpm);
    }

    private double seconds() {
        if (qpm != null && !(qpm >= MIN_QPM && qpm <= MAX_QPM)) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--qpm " + qpm + ": allowed: 20 to 400 quarters a minute.");
        }
        if (length != null && length.bars != null) {
            double barsPerSecond = (qpm == null ? STANDARD_QPM : qpm) / 60 / BEATS_PER_BAR;
            return require("--bars", length.bars, MAX_SECONDS * barsPerSecond) / barsPerSecond;
        }
        return length != null && length.seconds != null
                ? require("--seconds", length.seconds, MAX_SECONDS)
                : DEFAULT_SECONDS;
    }

    /** Refuses what is out of range, NaN included. */
    private double require(String option, double value, double max) {
        if (value > 0 && value <= max) {
            return value;
        }
        throw new CommandLine.ParameterException(
                spec.commandLine(),
                option + " " + value + ": allowed: above 0, at most " + new DecimalFormat("#.##", ROOT).format(max)
                        + ".");
    }
}
