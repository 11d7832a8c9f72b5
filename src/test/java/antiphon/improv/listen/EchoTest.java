package antiphon.improv.listen;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.music.Message;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class EchoTest {
    private static final long MILLI = 1_000_000L;

    private final Echo echo = new Echo(1);

    private boolean hearOn(int channel, int pitch, long millis) {
        return echo.isOurs(Message.noteOn(channel, pitch, 80), millis * MILLI);
    }

    private boolean hearOff(int channel, int pitch) {
        return echo.isOurs(Message.noteOff(channel, pitch), 0);
    }

    @Test
    void shouldKnowItsNoteAndTheNoteOffThatBelongsToIt() {
        echo.sent(60, 1_000 * MILLI);
        assertThat(hearOff(1, 60)).as("before its note came").isFalse();
        assertThat(hearOn(1, 60, 1_010)).isTrue();
        assertThat(hearOff(1, 60)).isTrue();
        assertThat(hearOff(1, 60)).as("only once").isFalse();
        assertThat(echo.isOurs(Message.noteOn(1, 60, 0), 0)).isFalse();
    }

    @Property
    void shouldKnowItsNotesByTheirAge(
            @ForAll @IntRange(max = 127) int pitch, @ForAll @LongRange(min = -500, max = 500) long age) {
        Echo fresh = new Echo(1);
        fresh.sent(pitch, 0);
        boolean ours = fresh.isOurs(Message.noteOn(1, pitch, 1), age * MILLI);
        assertThat(ours).isEqualTo(age >= -20 && age <= 200);
        assertThat(fresh.isOurs(Message.noteOff(1, pitch), age * MILLI)).isEqualTo(ours);
    }

    @Test
    void shouldLeaveTheHumansNotesAlone() {
        assertThat(hearOn(1, 60, 0)).as("nothing was sent, though time is 0").isFalse();
        echo.sent(60, 1_000 * MILLI);
        assertThat(hearOn(1, 61, 1_010)).isFalse();
        assertThat(hearOn(0, 60, 1_010)).isFalse();
        assertThat(hearOff(0, 60)).isFalse();
        assertThat(echo.isOurs(Message.control(1, 64, 127), 1_010 * MILLI)).isFalse();
        assertThat(hearOn(1, 60, 1_010)).isTrue();
        assertThat(hearOn(1, 60, 1_500)).as("the human strikes the same key").isFalse();
        assertThat(hearOff(1, 60)).isFalse();
    }

    @Test
    void shouldKnowANoteOfTheChannelBeforeTheChange() {
        echo.sent(60, 1_000 * MILLI);
        echo.sent(62, 1_000 * MILLI);
        assertThat(hearOn(1, 60, 1_005)).isTrue();
        echo.setChannel(5);
        assertThat(hearOn(1, 62, 1_010))
                .as("on its way when the channel changed")
                .isTrue();
        assertThat(hearOff(5, 60)).as("the human's, on the new channel").isFalse();
        assertThat(hearOff(1, 60)).isTrue();
        assertThat(hearOff(1, 62)).isTrue();
        echo.sent(64, 1_100 * MILLI);
        assertThat(hearOn(1, 64, 1_110)).isFalse();
        assertThat(hearOn(5, 64, 1_110)).isTrue();
    }
}
