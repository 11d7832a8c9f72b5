package antiphon.live;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.midi.PortInfo;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinksTest {
    private static final long MILLI = 1_000_000L;
    private static final String KEYB = "keyb:out";

    private final Links links = new Links("antiphon:in");

    /** JACK lists a connection from the next cycle on; a look in between must not end what is held. */
    @Test
    void shouldNotTakeAConnectionForLostThatIsNotListedYet() {
        links.peer(KEYB).connected(0);
        assertThat(links.part(List.of(), 5 * MILLI, false)).isEmpty();
        assertThat(links.part(List.of(KEYB), 10 * MILLI, false)).isEmpty();
        assertThat(links.part(List.of(), 15 * MILLI, false)).as("it was listed").hasSize(1);
        assertThat(links.peer(KEYB).state).isEqualTo(Links.State.PARTED);
    }

    @Test
    void shouldTakeAConnectionForLostAtOnceWhenTheSystemSaysSo() {
        links.peer(KEYB).connected(0);
        assertThat(links.part(List.of(), 5 * MILLI, true)).hasSize(1);
    }

    @Test
    void shouldTakeAConnectionForLostThatIsNeverListed() {
        links.peer(KEYB).connected(0);
        assertThat(links.part(List.of(), 100 * MILLI, false)).isEmpty();
        assertThat(links.part(List.of(), 600 * MILLI, false)).hasSize(1);
    }

    @Test
    void shouldFindAPeerThatIsGoneUnderAnotherNumber() {
        links.peer("Keystation [20]:out");
        assertThat(links.gone(new PortInfo("Keystation [24]:out", true, false))).isNotNull();
        assertThat(links.gone(new PortInfo("Nord [24]:out", true, false))).isNull();
    }
}
