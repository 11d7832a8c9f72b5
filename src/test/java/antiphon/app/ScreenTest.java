package antiphon.app;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.improv.Mode;
import antiphon.improv.Origin;
import antiphon.live.Happenings;
import antiphon.live.Tap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScreenTest {
    private static final Screen.Player ANSWER = new Screen.Player("answer", "", 1);
    private static final Screen.Surroundings AROUND = new Screen.Surroundings(
            5,
            List.of(
                    "antiphon:in ← Digital Piano",
                    "antiphon:in-2   not connected; jack_connect KEYBOARD antiphon:in-2"),
            "antiphon:out → Synth",
            List.of(ANSWER),
            "to answer 1.33 ms (p99 1.40)");
    private static final String KEYS = "m mode  u mute  space answer now  a again  v veto  t tap  p panic  q quit";
    private static final int WIDE = 200;
    private static final int TALL = 50;

    private final Screen screen = new Screen(Mode.CALL);
    private final Happenings happenings = new Happenings(screen::take);

    private String line(String label) {
        return screen.lines(AROUND, WIDE, TALL).stream()
                .filter(line -> line.startsWith(label + " "))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void shouldShowWhereItIsConnectedBeforeAnythingHappens() {
        Screen.Surroundings quiet =
                new Screen.Surroundings(5, List.of("antiphon:in"), "antiphon:out", List.of(ANSWER), "");
        assertThat(screen.lines(quiet, WIDE, TALL))
                .containsExactly(
                        "antiphon call · listening · seed 5",
                        "",
                        "in       antiphon:in",
                        "out      antiphon:out",
                        "",
                        "you      ",
                        "answer   ",
                        "why      –",
                        "key      –",
                        "latency  –",
                        "",
                        "",
                        KEYS);
    }

    @Test
    void shouldShowEachPartsNotes() {
        Screen.Player bass = new Screen.Player("part 2", "duet: ", 2);
        Screen.Surroundings band =
                new Screen.Surroundings(5, List.of("antiphon:in"), "antiphon:out", List.of(ANSWER, bass), "");
        happenings.sent(70, 100);
        happenings.sentOn(2, 36, 200);
        happenings.sentOn(2, 43, 300);
        assertThat(screen.lines(band, WIDE, TALL)).contains("answer   Bb4", "part 2   duet: C2 G2");
    }

    @Test
    void shouldSayWhyItPlaysWhatItPlays() {
        happenings.chosen(31, 0, Origin.SEQUENCE, 0.42, 100);
        assertThat(line("why"))
                .isEqualTo(
                        "why      the best of 31 that came to mind: a sequence of your notes, 42 % of its motifs yours");
        happenings.chosen(31, 1, Origin.DRAWN, 0, 200);
        assertThat(line("why"))
                .isEqualTo("why      number 2 of 31 that came to mind: the network, 0 % of its motifs yours");
    }

    @Test
    void shouldShowWhatBothPlayed() {
        happenings.heard(60, 0);
        happenings.heard(63, 100);
        happenings.sent(70, 200);
        screen.say("midi.in \"Piano\": gone.");
        happenings.state(Tap.Turn.ANSWERING, Mode.CALL, 12, 200);
        assertThat(screen.lines(AROUND, WIDE, TALL))
                .containsExactly(
                        "antiphon call · answering · seed 5",
                        "",
                        "in       antiphon:in ← Digital Piano",
                        "in       antiphon:in-2   not connected; jack_connect KEYBOARD antiphon:in-2",
                        "out      antiphon:out → Synth",
                        "",
                        "you      C4 Eb4",
                        "answer   Bb4",
                        "why      –",
                        "key      C minor",
                        "latency  to answer 1.33 ms (p99 1.40)",
                        "",
                        "midi.in \"Piano\": gone.",
                        KEYS);
    }

    @Test
    void shouldShowTheLastSixteenNotes() {
        for (int pitch = 0; pitch < 128; pitch++) {
            happenings.heard(pitch, pitch);
        }
        assertThat(line("you")).isEqualTo("you      E8 F8 F#8 G8 Ab8 A8 Bb8 B8 C9 C#9 D9 Eb9 E9 F9 F#9 G9");
    }

    @ParameterizedTest
    @CsvSource({
        "LISTENING, CALL, call · listening",
        "LISTENING, CONTINUE, continue · listening",
        "LISTENING, HARMONY, harmony · playing with you",
        "LISTENING, LISTEN, listen · listening",
        "ANSWERING, CALL, call · answering",
        "ANSWERING, CONTINUE, continue · answering",
        "MUTED, CALL, call · muted: listening and silent",
        "MUTED, HARMONY, harmony · muted: listening and silent",
    })
    void shouldSayWhoseTurnItIs(Tap.Turn turn, Mode mode, String said) {
        happenings.state(turn, mode, -1, 0);
        assertThat(line("antiphon")).isEqualTo("antiphon " + said + " · seed 5");
    }

    @Test
    void shouldSayThatItAnswersAsSoonAsThatIsPlanned() {
        happenings.planned(3);
        assertThat(line("antiphon")).isEqualTo("antiphon call · answering · seed 5");
        happenings.planned(0);
        assertThat(line("antiphon")).isEqualTo("antiphon call · listening · seed 5");
    }

    @ParameterizedTest
    @CsvSource({"-1, –", "0, C major", "11, B major", "12, C minor", "21, A minor"})
    void shouldNameTheKey(int key, String name) {
        happenings.state(Tap.Turn.LISTENING, Mode.CALL, key, 0);
        assertThat(line("key")).isEqualTo("key      " + name);
    }

    @Test
    void shouldKeepTheLastTroubleUntilThereIsAnother() {
        screen.say("first");
        screen.say("second");
        happenings.heard(60, 0);
        assertThat(screen.lines(AROUND, WIDE, TALL)).contains("second").doesNotContain("first");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 19, 40, 58, 80})
    void shouldCutEachLineToTheColumns(int columns) {
        happenings.heard(60, 0);
        screen.say("x".repeat(500));
        List<String> whole = screen.lines(AROUND, 1_000, TALL);
        List<String> cut = screen.lines(AROUND, columns, TALL);
        assertThat(cut).hasSameSizeAs(whole);
        for (int i = 0; i < cut.size(); i++) {
            String line = whole.get(i);
            assertThat(cut.get(i))
                    .isEqualTo(line.length() <= columns ? line : line.substring(0, columns - 1) + "…")
                    .hasSizeLessThanOrEqualTo(columns);
        }
    }

    @Test
    void shouldKeepStateTroubleAndKeysWhereThereAreFewRows() {
        screen.say("something is wrong");
        assertThat(screen.lines(AROUND, WIDE, 3))
                .containsExactly("antiphon call · listening · seed 5", "something is wrong", KEYS);
        assertThat(screen.lines(AROUND, WIDE, 8)).hasSize(8).endsWith("something is wrong", KEYS);
    }
}
