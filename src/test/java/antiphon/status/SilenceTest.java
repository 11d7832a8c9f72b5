package antiphon.status;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.improv.Mode;
import antiphon.live.Hearing;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class SilenceTest {
    private static final long SECOND = 1_000_000_000L;
    private static final Hearing NOTHING = new Hearing(false, 0, 0, -1, 0, List.of());
    private static final Hearing PHRASE = new Hearing(false, 0, 5, SECOND / 10, 0, List.of());

    private static Silence.Facts facts(boolean paused, Mode mode, boolean others, Hearing hearing, boolean connected) {
        return new Silence.Facts(
                "jack",
                true,
                paused,
                mode,
                others,
                hearing,
                connected ? List.of("keyb:out") : List.of(),
                connected ? List.of("synth:in") : List.of(),
                "antiphon:in",
                "antiphon:out",
                2,
                0,
                700_000_000L,
                100,
                1,
                0);
    }

    private static List<String> reasons(Mode mode, Hearing hearing) {
        return Silence.of(facts(false, mode, false, hearing, true));
    }

    @Example
    void shouldSayThatNothingIsConnectedAndNothingWasHeard() {
        assertThat(Silence.of(facts(false, Mode.CALL, false, NOTHING, false)))
                .containsExactly(
                        "No keyboard is connected to antiphon:in: connect one, or play on the keys of the page.",
                        "It has heard nothing of you yet.",
                        "No synthesiser is connected to antiphon:out: only the piano of the page sounds.");
        assertThat(reasons(Mode.CALL, new Hearing(false, 0, 0, 40 * SECOND, 0, List.of())))
                .containsExactly("It has heard nothing of you for 40 s.");
    }

    @Example
    void shouldSayThatItIsPausedOrOnlyListens() {
        assertThat(Silence.of(facts(true, Mode.CALL, false, PHRASE, true)))
                .containsExactly("It is paused: press Pause again (play.mute = false).");
        assertThat(Silence.of(facts(false, Mode.LISTEN, false, PHRASE, true)))
                .containsExactly(
                        "Its mode is listen: it hears you and does not play. Choose another mode (play.mode).");
        assertThat(Silence.of(facts(false, Mode.LISTEN, true, PHRASE, true)))
                .as("another part plays")
                .noneMatch(reason -> reason.contains("mode is listen"));
    }

    @Example
    void shouldSayWhatItWaitsFor() {
        assertThat(reasons(Mode.CALL, PHRASE))
                .containsExactly("It waits for your phrase to end: about 0.7 s without a key, longer if you play slowly"
                        + " (play.call.rest-ms).");
        assertThat(reasons(Mode.CONTINUE, PHRASE).getFirst()).contains("(play.continue.rest-ms)");
        assertThat(reasons(Mode.TRADE, PHRASE).getFirst()).contains("play.trade-bars");
        assertThat(reasons(Mode.CALL, new Hearing(false, 2, 5, 30 * SECOND, 0, List.of())))
                .containsExactly("You hold 2 keys: your phrase has not ended.");
        assertThat(reasons(Mode.CALL, new Hearing(true, 0, 0, SECOND, 0, List.of()))
                        .getFirst())
                .startsWith("It is playing now, on channel 2 to synth:in.");
        assertThat(reasons(Mode.CALL, new Hearing(false, 0, 0, SECOND, 0, List.of())))
                .containsExactly("Nothing stands in its way: play a phrase, then stop.");
    }

    @Example
    void shouldSayWhichNotesAreNotHeardAndWhy() {
        assertThat(reasons(Mode.CALL, new Hearing(false, 0, 0, -1, 10, List.of()))
                        .getFirst())
                .contains("channel 10, that of drums", "midi.in.hear-drums");
        Silence.Facts all = facts(false, Mode.CALL, false, new Hearing(false, 0, 0, -1, 3, List.of()), true);
        Silence.Facts first = new Silence.Facts(
                all.backend(),
                false,
                all.paused(),
                all.mode(),
                all.others(),
                all.hearing(),
                all.in(),
                all.out(),
                all.inName(),
                all.outName(),
                all.outChannel(),
                1,
                all.restNanos(),
                10,
                55,
                7);
        assertThat(Silence.of(first))
                .containsExactly(
                        "The MIDI system (jack) is gone; it is opened again when it comes back.",
                        "Your notes come on channel 3, and only channel 1 is heard (midi.in.channel).",
                        "It has heard nothing of you yet.",
                        "This computer is slow: it took up to 55 ms to take in a note in the last minute. Close busy"
                                + " programs, or choose a smaller network.",
                        "7 notes of the answers since the start would have been over 100 ms late, and not played.",
                        "It plays very softly: play.level is 10 %.");
        assertThat(reasons(Mode.CALL, new Hearing(false, 0, 0, SECOND, 0, List.of("antiphon:in")))
                        .getFirst())
                .startsWith("What it sends comes back by antiphon:in");
    }

    /** Whatever is the matter, there is an answer, and it is a sentence. */
    @Property
    void shouldAlwaysHaveAnAnswer(
            @ForAll boolean paused,
            @ForAll Mode mode,
            @ForAll boolean others,
            @ForAll boolean connected,
            @ForAll boolean answering,
            @ForAll @IntRange(max = 10) int keys,
            @ForAll @IntRange(max = 100) int notes,
            @ForAll @IntRange(min = -1, max = 100) int agoSeconds,
            @ForAll @IntRange(max = 16) int ignored) {
        long agoNanos = agoSeconds < 0 ? -1 : agoSeconds * SECOND;
        Hearing hearing = new Hearing(answering, keys, notes, agoNanos, ignored, List.of());
        assertThat(Silence.of(facts(paused, mode, others, hearing, connected)))
                .isNotEmpty()
                .doesNotHaveDuplicates()
                .allMatch(reason -> reason.matches("[A-Z0-9].*[.?]"));
    }
}
