package antiphon.app;

import antiphon.Amount;
import antiphon.live.JournalHeader;
import antiphon.live.Replay;
import antiphon.midi.file.MidiFileWriter;
import antiphon.midi.file.Timeline;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code antiphon replay}: plays a recorded session again, as fast as it can. */
@Command(
        name = "replay",
        description = "Play a journal to the engine again: the same answer, bit for bit, whatever the machine's speed.",
        mixinStandardHelpOptions = true)
final class ReplayCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "JOURNAL", description = "A file ending .journal.")
    private Path journal;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "OUT.mid",
            required = true,
            description = MusicOutput.DESCRIPTION)
    private Path output;

    @Override
    public Integer call() {
        MusicOutput written = new MusicOutput(output);
        RehearseCommand.refuseToReplace(journal, output);
        JournalHeader header = Replay.header(journal);
        // Before the first network is made, so that it rounds as the machine did on which the journal was recorded.
        System.setProperty("antiphon.fused", Boolean.toString(header.fused()));
        Replay.Outcome outcome = Replay.of(journal, Steering::networkOf);
        written.write(List.of(new MidiFileWriter.Track("answer", outcome.answer())), Timeline.STANDARD);
        String broken = outcome.whole() ? "" : " The journal is not whole: the session goes beyond it, or was damaged.";
        if (outcome.isExact()) {
            System.out.println(
                    output + ": " + Amount.of(outcome.messages(), "message") + ", all as they were." + broken);
            return 0;
        }
        System.err.println(journal + ": message " + (outcome.same() + 1) + " of " + outcome.messages()
                + " is not as it was." + broken + " Written: " + output);
        return Failure.FAILED;
    }
}
