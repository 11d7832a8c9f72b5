package antiphon.app;

import antiphon.Amount;
import antiphon.improv.Mode;
import antiphon.live.Rehearsal;
import antiphon.midi.file.FileUse;
import antiphon.midi.file.MidiFile;
import antiphon.midi.file.MidiFileReader;
import antiphon.midi.file.MidiFileWriter;
import antiphon.music.TimedMessages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code antiphon rehearse}: the live engine on a virtual clock, from file to file. */
@Command(
        name = "rehearse",
        description = "Play a MIDI file to the improviser, faster than real time, and write both voices to a file.",
        mixinStandardHelpOptions = true)
final class RehearseCommand implements Runnable {
    /**
     * How long to go on after the human's last note: long enough for a rest and an answer. Mode continue never ends by
     * itself.
     */
    private static final long MAX_AFTER_END_NANOS = 45_000_000_000L;

    /** The same where pictures are to be compared. */
    private static final long EVERY_MODE_NANOS = 14_000_000_000L;

    private static final double NANOS_PER_HOUR = 3.6e12;
    private static final int MAX_NOTES = 40_000;
    private static final int MAX_MESSAGES = 400_000;
    private static final int MAX_HOURS = 4;

    @Parameters(paramLabel = "IN.mid", description = "What the human plays.")
    private Path input;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "OUT.mid",
            required = true,
            description = MusicOutput.DESCRIPTION + " Its tracks are \"human\" and \"answer\".")
    private Path output;

    @Option(
            names = "--every-mode",
            description = "Play it in each mode that plays. -o is then a folder: MODE.mid and MODE.wav of each, and"
                    + " modes.png with all of them.")
    private boolean everyMode;

    @Mixin
    private PlayOptions.WithMode options;

    @Override
    public void run() {
        if (everyMode) {
            MidiFile heard = hear(input);
            EveryMode.write(output, heard, this::performer, answer -> tracks(heard, answer), EVERY_MODE_NANOS);
            System.out.println(Shown.line(output) + ": " + input + " in each mode.");
            return;
        }
        MusicOutput written = new MusicOutput(output);
        refuseToReplace(input, output);
        Performer performer = Performer.of(options.load());
        MidiFile file = hear(input);
        TimedMessages human = file.keys();
        TimedMessages answer =
                Rehearsal.play(performer.model(), performer.settings(), performer.seed(), human, MAX_AFTER_END_NANOS);
        written.write(tracks(file, answer), file.timeline());
        System.out.println(Shown.line(output) + ": " + Amount.of(human.noteOns(), "note") + " heard, "
                + answer.noteOns() + " answered (seed " + performer.seed() + ").");
    }

    private Performer performer(Mode mode) {
        options.put("play.mode", mode.name().toLowerCase(Locale.ROOT));
        return Performer.of(options.load());
    }

    /**
     * Reads what is to be played to the improviser, and tells what is damaged. Refuses what would take it longer than
     * anybody waits: each note costs it a step of the network, and each hour some seconds.
     */
    static MidiFile hear(Path input) {
        MidiFile file = MidiFileReader.read(input, FileUse.PLAY);
        file.damage().map(Shown::line).ifPresent(System.err::println);
        TimedMessages keys = file.keys();
        double hours = keys.endNanos() / NANOS_PER_HOUR;
        if (keys.noteOns() > MAX_NOTES || keys.size() > MAX_MESSAGES || hours > MAX_HOURS) {
            throw new UserException(String.format(
                    Locale.ROOT,
                    "%s: %,d notes and %,d messages in %.1f hours; allowed: at most %,d notes, %,d messages and %d hours."
                            + " Cut a part out of it.",
                    input,
                    keys.noteOns(),
                    keys.size(),
                    hours,
                    MAX_NOTES,
                    MAX_MESSAGES,
                    MAX_HOURS));
        }
        return file;
    }

    /** What was heard, the answer, and the drums, which are not heard, if there are any. */
    static List<MidiFileWriter.Track> tracks(MidiFile heard, TimedMessages answer) {
        List<MidiFileWriter.Track> tracks = new ArrayList<>();
        tracks.add(new MidiFileWriter.Track("human", heard.keys()));
        tracks.add(new MidiFileWriter.Track("answer", answer));
        if (heard.drums().size() > 0) {
            tracks.add(new MidiFileWriter.Track("drums", heard.drums()));
        }
        return tracks;
    }

    /** Refuses to write the answer over the file that was played. */
    static void refuseToReplace(Path input, Path output) {
        try {
            if (Files.exists(output) && Files.exists(input) && Files.isSameFile(input, output)) {
                throw new UserException(output + ": is the input; allowed: another file. Choose another -o.");
            }
        } catch (IOException failure) {
            throw new UserException(output + ": cannot be read (" + failure.getMessage() + ").");
        }
    }
}
