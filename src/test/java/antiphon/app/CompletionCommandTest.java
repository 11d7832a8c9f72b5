package antiphon.app;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What shells complete, and the manual page: both must know all that the program knows. */
class CompletionCommandTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "reh, rehearse",
        "--exit-with, --exit-with-server",
        "model ins, inspect",
        "run --until, --until-ready",
        "completion z, zsh"
    })
    void shouldCompleteInBash(String typed, String completed) throws Exception {
        assertThat(completedInBash(typed)).isEqualTo(completed);
    }

    @Test
    void shouldKnowEveryCommandAndOptionInZsh() {
        String zsh = new ZshCompletion(CompletionCommand.model()).text();
        assertThat(zsh).startsWith("#compdef antiphon\n");
        commands(Main.commandLine()).forEach(command -> {
            CommandSpec spec = command.getCommandSpec();
            String function = "_" + spec.qualifiedName("_").replace('-', '_');
            assertThat(zsh).contains("\n" + function + "() {\n");
            String body = zsh.substring(zsh.indexOf("\n" + function + "() {\n"));
            assertThat(body.substring(0, body.indexOf("\n}\n"))).contains(options(spec));
        });
    }

    @Test
    void shouldTellZshWhatIsAFileAndWhatIsOneOfSomeWords() {
        assertThat(new ZshCompletion(CompletionCommand.model()).text())
                .contains(
                        "'--precision=[Precision of its weights in memory\\: narrower is faster]:"
                                + "f32|f16|int8:(f32 f16 int8)'",
                        "(-c --config)--config=[Settings to read instead of the usual antiphon.toml]:FILE:_files'",
                        ":SHELL:(bash zsh)'");
    }

    @Test
    void shouldHaveEveryCommandAndOptionInTheManualPage() {
        String page = page();
        commands(Main.commandLine()).forEach(command -> {
            CommandSpec spec = command.getCommandSpec();
            String heading = ".SS \"" + spec.qualifiedName().replace("-", "\\-") + "\"\n";
            assertThat(page).contains(spec.parent() == null ? ".SH NAME\nantiphon \\- a real\\-time" : heading);
            String section = spec.parent() == null ? page : page.substring(page.indexOf(heading) + 1);
            assertThat(section.split("\n\\.S[SH] ", 2)[0] + page.substring(0, page.indexOf(".SH COMMANDS")))
                    .contains(Stream.of(options(spec))
                            .map(name -> name.replaceFirst("^--no-page$", "--[no-]page"))
                            .map(name -> name.replace("-", "\\-"))
                            .toList());
        });
        assertThat(page).doesNotContain(".SS \"antiphon man\"", "${", "%n");
    }

    /** What troff does not know it drops without a word, and the reader misses a line. */
    @Test
    void shouldUseNoRequestThatManDoesNotKnow() {
        assertThat(page().lines().filter(line -> line.startsWith(".") || line.startsWith("'")))
                .allMatch(line -> line.matches("\\.(TH|SH|SS|TP|B|I)( .*)?"));
        assertThat(page().replaceAll("\\\\([-e&]|\\(dq|f[BIR])", "")).doesNotContain("\\");
    }

    private static String page() {
        return new ManPage(Main.commandLine(), "1.2.3").text();
    }

    private static Stream<CommandLine> commands(CommandLine command) {
        return command.getCommandSpec().usageMessage().hidden()
                ? Stream.empty()
                : Stream.concat(
                        Stream.of(command),
                        command.getSubcommands().values().stream().flatMap(CompletionCommandTest::commands));
    }

    private static String[] options(CommandSpec spec) {
        return spec.options().stream()
                .filter(option -> !option.hidden())
                .flatMap(CompletionCommandTest::names)
                .toArray(String[]::new);
    }

    private static Stream<String> names(OptionSpec option) {
        return option.negatable()
                ? Stream.of(option.longestName().replaceFirst("^--", "--no-"))
                : Stream.of(option.names());
    }

    private String completedInBash(String typed) throws Exception {
        Path script = folder.resolve("completion");
        Files.writeString(script, CompletionCommand.bash(CompletionCommand.model()));
        List<String> words = List.of(typed.split(" "));
        // compopt only works while somebody really types.
        String ask =
                "compopt() { :; }; . \"$1\"; shift; COMP_WORDS=(antiphon \"$@\"); COMP_CWORD=$#; _complete_antiphon;"
                        + " printf '%s\\n' \"${COMPREPLY[@]}\"";
        List<String> command = Stream.concat(
                        Stream.of("bash", "--norc", "-c", ask, "bash", script.toString()), words.stream())
                .toList();
        Process bash = new ProcessBuilder(command).redirectErrorStream(true).start();
        bash.getOutputStream().close();
        String printed = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor(30, SECONDS)).isTrue();
        return printed.strip();
    }
}
