package antiphon.app;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.StandardError;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands that ask a running program, while none runs under that name. */
class OrderCommandsTest {
    private static final String NOBODY = "nobody of this name";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "set play.temperature 0.8",
                "set model.file missing.safetensors",
                "get",
                "get play.mode",
                "do panic",
                "do answer",
                "do AGAIN",
                "do forget",
                "keep",
                "status"
            })
    void shouldSayInOneLineThatNothingRuns(String line) {
        String[] words = (line + " --client").split(" ", -1);
        String[] args = Arrays.copyOf(words, words.length + 1);
        args[words.length] = NOBODY;
        try (StandardError errors = new StandardError()) {
            assertThat(Main.commandLine().execute(args)).isEqualTo(69);
            assertThat(errors.lines())
                    .singleElement()
                    .asString()
                    .startsWith("no antiphon runs as \"" + NOBODY + "\"; ");
        }
    }

    @ParameterizedTest
    @CsvSource({"set", "set play.mode", "do", "do nothing", "keep what", "get a b"})
    void shouldRefuseWhatItDoesNotUnderstand(String line) {
        try (StandardError errors = new StandardError()) {
            assertThat(Main.commandLine().execute(line.split(" ", -1))).isEqualTo(2);
            assertThat(errors.lines()).hasSize(2);
            assertThat(errors.lines().getLast()).isEqualTo("Try: antiphon " + line.split(" ", -1)[0] + " --help");
        }
    }
}
