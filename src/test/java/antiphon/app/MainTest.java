package antiphon.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antiphon.StandardError;
import antiphon.config.ConfigException;
import antiphon.host.Host;
import antiphon.improv.Mode;
import antiphon.midi.MidiException;
import antiphon.midi.file.MidiFileWriter;
import antiphon.model.RandomModel;
import antiphon.music.Performance;
import antiphon.train.NetworkShape;
import antiphon.train.TrainOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The command line, without starting a process. */
class MainTest {
    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "generate -o x.mid --mode call",
                "demo --mode call",
                "ports --seed 1",
                "panic --top-p 1",
                "eval folder --mode call"
            })
    void shouldRefuseAnOptionThatMeansNothingToTheCommand(String line) {
        CommandLine commands = Main.commandLine();
        assertThatThrownBy(() -> commands.parseArgs(line.split(" ", -1)))
                .isInstanceOf(CommandLine.ParameterException.class)
                .hasMessageContaining("Unknown option");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rnu                         | rnu: no such command; did you mean run?",
                "Demp                        | Demp: no such command; did you mean demo?",
                "xyz                         | xyz: no such command.",
                "config chek                 | chek: no such command; did you mean check?",
                "ports --jsno                | --jsno: no such option; did you mean --json?",
                "generate --temprature=1     | --temprature=1: no such option; did you mean --temperature?",
                "rehearse in.mid --sed 3     | --sed: no such option; did you mean --seed?",
                "status --frobnicate         | --frobnicate: no such option.",
                "ports extra                 | extra: one word too many.",
            })
    void shouldSayWhichIsTheNearestRightNameWhenACommandOrAnOptionIsWrong(String line, String said) {
        try (StandardError errors = new StandardError()) {
            assertThat(Main.commandLine().execute(line.split(" ", -1))).isEqualTo(2);
            assertThat(errors.lines().getFirst()).isEqualTo(said);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bench --events 0", "bench --rate -1", "bench --period 3", "bench --conditions no"})
    void shouldEndWithTheStatusOfBadUsageWhenAnOptionHasAValueThatIsNotAllowed(String line) {
        try (StandardError errors = new StandardError()) {
            assertThat(Main.commandLine().execute(line.split(" ", -1))).isEqualTo(2);
            assertThat(errors.lines()).singleElement().asString().contains("; allowed: ");
        }
    }

    @Test
    void shouldRunWhenTheFirstWordIsAnOptionOfRun() {
        assertThat(Main.runs()).isTrue();
        assertThat(Main.runs("run", "--help")).isTrue();
        assertThat(Main.runs("--mode", "harmony")).isTrue();
        assertThat(Main.runs("--help")).isFalse();
        assertThat(Main.runs("-V")).isFalse();
        assertThat(Main.runs("demo", "--seed", "1")).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void shouldNameEveryModeInTheHelp(Mode mode) {
        String name = mode.name().toLowerCase(Locale.ROOT);
        for (Object command : List.of(new RunCommand(), new RehearseCommand())) {
            assertThat(new CommandLine(command).getUsageMessage())
                    .containsPattern("How to take part:[^-]*\\b" + name + "\\b");
        }
    }

    @Test
    void shouldRefuseCoresThatAreNotThere() {
        assertThatThrownBy(() -> RunCommand.requireCores(List.of(1023), Host.threads()))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("live.cores = [1023]: not all there; allowed: ");
    }

    @Test
    void shouldRefuseAFolderThatCannotBeRecordedTo() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "mine");
        assertThatThrownBy(() -> RunCommand.makeFolder(file))
                .isInstanceOf(ConfigException.class)
                .hasMessage("record.dir = " + file + ": is a file; allowed: a folder that you may write to. Choose"
                        + " another.");
        assertThatThrownBy(() -> RunCommand.makeFolder(file.resolve("below")))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("record.dir = ");
        RunCommand.makeFolder(folder.resolve("new/takes"));
        assertThat(folder.resolve("new/takes")).isDirectory();
        assertThat(file).hasContent("mine");
    }

    @Test
    void shouldNotReplaceWhatWasPlayedByTheAnswer() throws IOException {
        Path played = Files.writeString(folder.resolve("played.mid"), "mine");
        assertThatThrownBy(() -> RehearseCommand.refuseToReplace(played, folder.resolve("./played.mid")))
                .isInstanceOf(UserException.class)
                .hasMessageEndingWith("is the input; allowed: another file. Choose another -o.");
        assertThatCode(() -> RehearseCommand.refuseToReplace(played, folder.resolve("other.mid")))
                .doesNotThrowAnyException();
    }

    @Test
    void shouldNotReplaceAFolderOrADeviceByAFile() {
        assertThatThrownBy(() -> MidiFileWriter.write(folder, Performance.of(List.of())))
                .isInstanceOf(MidiException.class)
                .hasMessageContaining("no ordinary file");
        assertThat(folder).isDirectory();
    }

    @Test
    void shouldResumeWithTheSizeOfTheCheckpoint() {
        TrainOptions options = TrainOptions.defaults(folder.resolve("m.safetensors"));
        assertThat(options.withShapeOfCheckpoint()).as("there is none").isEqualTo(options);
        var file = RandomModel.of(4, 6, 1, 1);
        file.metadata().put("embedding", "4");
        file.metadata().put("hidden", "6");
        file.metadata().put("layers", "1");
        file.write(options.checkpoint());
        assertThat(options.withShapeOfCheckpoint().shape()).isEqualTo(new NetworkShape(4, 6, 1, false));
    }
}
