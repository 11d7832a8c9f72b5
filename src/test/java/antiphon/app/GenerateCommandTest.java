package antiphon.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class GenerateCommandTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--seconds 0         | --seconds 0.0: allowed: above 0, at most 3600.",
                "--seconds -1        | --seconds -1.0: allowed: above 0, at most 3600.",
                "--seconds NaN       | --seconds NaN: allowed: above 0, at most 3600.",
                "--seconds 3601      | --seconds 3601.0: allowed: above 0, at most 3600.",
                "--bars 0            | --bars 0.0: allowed: above 0, at most 1800.",
                "--bars 1801         | --bars 1801.0: allowed: above 0, at most 1800.",
                "--bars 301 --qpm 20 | --bars 301.0: allowed: above 0, at most 300.",
                "--qpm 0             | --qpm 0.0: allowed: 20 to 400 quarters a minute.",
                "--qpm NaN           | --qpm NaN: allowed: 20 to 400 quarters a minute.",
                "--bars 4 --qpm -120 | --qpm -120.0: allowed: 20 to 400 quarters a minute.",
                "--qpm Infinity      | --qpm Infinity: allowed: 20 to 400 quarters a minute.",
            })
    void shouldCallALengthThatCannotBeBadUsage(String flags, String message) {
        List<String> said = new ArrayList<>();
        CommandLine line = Main.commandLine().setParameterExceptionHandler((failure, args) -> {
            said.add(failure.getMessage());
            return failure.getCommandLine().getCommandSpec().exitCodeOnInvalidInput();
        });
        int status = line.execute(("generate -o never.mid " + flags).split(" "));
        assertThat(said).containsExactly(message);
        assertThat(status).isEqualTo(2);
    }
}
