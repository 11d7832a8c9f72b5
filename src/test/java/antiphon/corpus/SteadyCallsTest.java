package antiphon.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import antiphon.music.Note;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SteadyCallsTest {
    private static final Path SHIPPED = Path.of("src/corpus/calls/calls.txt");
    private static final double MILLI = 1e6;

    @TempDir
    Path folder;

    private List<SteadyCall> read(String table) throws IOException {
        return SteadyCalls.read(Files.writeString(folder.resolve("calls.txt"), table));
    }

    private static double[] onsetsMillis(SteadyCall call) {
        return call.notes().stream()
                .mapToDouble(note -> note.onsetNanos() / MILLI)
                .toArray();
    }

    @Test
    void shouldShipManyCallsOfManyTempos() {
        List<SteadyCall> calls = SteadyCalls.read(SHIPPED);
        assertThat(calls).hasSizeGreaterThanOrEqualTo(24);
        assertThat(calls.stream().map(SteadyCall::name)).doesNotHaveDuplicates();
        assertThat(calls).allSatisfy(call -> {
            assertThat(call.beatsPerMinute()).isBetween(66.0, 160.0);
            assertThat(call.notes()).hasSizeBetween(6, 80);
            assertThat(call.notes().getLast().onsetNanos() / 1e9).isBetween(2.5, 14.0);
        });
        assertThat(calls.stream().filter(call -> call.swing() > 1)).hasSizeGreaterThanOrEqualTo(3);
        assertThat(SteadyCalls.read(SHIPPED)).isEqualTo(calls);
    }

    /** True to the table: within the unevenness of a step of the grid, or of half of one, but not all exactly. */
    @Test
    void shouldPlayAllOfThemUnevenlyButInTime() {
        for (SteadyCall call : SteadyCalls.read(SHIPPED)) {
            if (call.swing() > 1) {
                continue;
            }
            double half = call.beatNanos() / call.stepsPerBeat() / 2;
            double square = 0;
            for (Note note : call.notes()) {
                double off = Math.IEEEremainder(note.onsetNanos() - call.firstBeatNanos(), half);
                assertThat(Math.abs(off)).as(call.name()).isLessThan(32 * MILLI);
                square += off * off;
            }
            assertThat(Math.sqrt(square / call.notes().size()) / MILLI)
                    .as(call.name())
                    .isBetween(3.0, 15.0);
        }
    }

    @Test
    void shouldPlayWhatIsWritten() throws IOException {
        SteadyCall call =
                read("""
                        # Two hands and a bar line after one beat.

                        Mine: 120 beats, 2 steps, 4 a bar, 0 ms
                        right: C4/2 | F#4/1 Bb4 - C5+E5/4
                        left: -/2 | C3/8
                        """)
                        .getFirst();
        assertThat(call.name()).isEqualTo("Mine");
        assertThat(call.stepsPerBeat()).isEqualTo(2);
        assertThat(call.beatNanos()).isEqualTo(500 * MILLI);
        assertThat(call.firstBeatNanos()).isEqualTo(1_000 * MILLI);
        assertThat(call.notes().stream().map(Note::pitch)).containsExactlyInAnyOrder(60, 48, 66, 70, 72, 76);
        assertThat(onsetsMillis(call)).startsWith(500, 1_000, 1_000, 1_250);
        // A chord is spread a little.
        assertThat(onsetsMillis(call)[5]).isBetween(1_750.0, 1_756.0);
        assertThat(call.notes().getFirst().durationNanos() / MILLI).isCloseTo(450, within(1e-6));
        // The bar's first notes are louder than the upbeat.
        assertThat(call.notes().get(1).velocity())
                .isGreaterThan(call.notes().get(3).velocity());
    }

    @Test
    void shouldSwing() throws IOException {
        SteadyCall call = read("Swung: 120 beats, 3 steps, 1 a bar, 0 ms, swing 1.5\nright: C4/2 D4/1 | C4/2 D4/1\n")
                .getFirst();
        assertThat(onsetsMillis(call)).containsExactly(500, 800, 1_000, 1_300);
        assertThat(call.swing()).isEqualTo(1.5);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "right: C4/1;\"right: C4/1\"",
                "A: 1000 beats, 2 steps, 4 a bar, 5 ms;1: \"A: 1000 beats",
                "A: 100 beats, 2 steps, 4 a bar, 5 ms;1: A has no hand",
                "A: 100 beats, 2 steps, 4 a bar, 5 ms@middle: C4/1;2: \"middle: C4/1\"",
                "A: 100 beats, 2 steps, 4 a bar, 5 ms@right: H4/1;2: \"H4/1\"",
                "A: 100 beats, 2 steps, 4 a bar, 5 ms@right: C4;2: \"C4\"",
                "A: 100 beats, 2 steps, 4 a bar, 5 ms@right: C4/8 | D4/7 |;2: a bar line after step 15.0",
                "A: 100 beats, 2 steps, 4 a bar, 5 ms@right: C4/8 |@left: C3/2 | C3/6;3: the first bar lines",
                "# only a comment;: no calls; at least one needed",
            })
    void shouldSayInOneLineWhatIsWrongAndWhere(String table, String message) {
        assertThatThrownBy(() -> read(table.replace('@', '\n')))
                .isInstanceOf(CorpusException.class)
                .hasMessageContaining(message)
                .message()
                .hasLineCount(1)
                .startsWith(folder.resolve("calls.txt") + ":");
    }

    @Test
    void shouldSayThatTheTableIsMissing() {
        assertThatThrownBy(() -> SteadyCalls.read(folder.resolve("none.txt")))
                .isInstanceOf(CorpusException.class)
                .hasMessage(folder.resolve("none.txt")
                        + ": no such file; the table of beginners' calls needed. Use a whole copy of Antiphon.");
    }
}
