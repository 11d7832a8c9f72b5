package antiphon.app;

import antiphon.Amount;
import antiphon.corpus.ChordSong;
import antiphon.corpus.ChordSongLines;
import antiphon.corpus.ChordSongs;
import antiphon.corpus.Split;
import antiphon.improv.Mode;
import antiphon.improv.Settings;
import antiphon.judge.HarmonyJudge;
import antiphon.judge.HarmonyReport;
import antiphon.model.StackedLstm;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What {@code antiphon eval} needs to judge who plays at the same time, and that judgement. */
final class HarmonyOptions {
    private static final int MAX_SONGS = 1_000;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--harmony",
            paramLabel = "FOLDER",
            description =
                    "Judge instead how it plays with a tune, by the data sets pop909 and pop909_annotations in FOLDER,"
                            + " packed or not: in the chord, in the key, below the tune, softer. --split says which songs. Takes"
                            + " some seconds a song.")
    private @Nullable Path folder;

    @Option(
            names = "--partner",
            paramLabel = "harmony|duet",
            description = "Which mode plays with the tune, for --harmony. Default: harmony.")
    private @Nullable Mode mode;

    @Option(
            names = "--songs",
            paramLabel = "N",
            description = "Songs for --harmony at most, evenly from all. Default: all.")
    private @Nullable Integer songs;

    @Option(
            names = "--tunes",
            paramLabel = "FILE",
            description =
                    "For --harmony: judge nothing, but write the tunes of the train and valid sides with their chords"
                            + " to FILE, to learn from with src/torch/tune_chords.py.")
    private @Nullable Path tunes;

    /** Where the songs are, if that is to be judged; null if not. */
    @Nullable
    Path folder() {
        return folder;
    }

    /**
     * Refuses what is wrong in these options before anything is read.
     *
     * @throws ParameterException one line
     */
    void check() {
        if (folder == null && (mode != null || songs != null || tunes != null)) {
            String option = mode != null ? "--partner" : songs != null ? "--songs" : "--tunes";
            throw new ParameterException(command.commandLine(), option + ": only with --harmony.");
        }
        if (songs != null && songs < 1) {
            throw new ParameterException(
                    command.commandLine(), "--songs " + songs + ": allowed: 1 to " + MAX_SONGS + ".");
        }
    }

    /** Judges, and prints that. */
    void judge(Path from, JudgedPart part, StackedLstm network, boolean json, Progress progress) {
        if (tunes != null) {
            System.out.println(tunes + ": " + Amount.of(ChordSongLines.write(from, tunes), "tune"));
            return;
        }
        Split side = part == JudgedPart.ALL ? null : Split.valueOf(part.name());
        List<ChordSong> found = ChordSongs.load(from, side, songs == null ? MAX_SONGS : songs);
        HarmonyReport report = new HarmonyJudge(
                        network, Settings.standard(mode == null ? Mode.HARMONY : mode), found, progress::show)
                .judge();
        progress.end();
        if (json) {
            System.out.println(EvalScores.json(report.toMap()));
        } else {
            report.table().forEach(System.out::println);
        }
    }
}
