package antiphon.live;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.midi.PortInfo;
import antiphon.midi.memory.MemoryBackend.SentOnly;
import antiphon.music.Message;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Ports that are left alone, and receivers of several outputs, on ports in memory. */
class WiredPeersTest extends PeersOnMemory {
    private static final PortInfo KNOBS = new PortInfo("nanoKONTROL2:out", true, false);
    private static final PortInfo ORGAN = new PortInfo("organ:in", false, true);
    private static final String SECOND_OUTPUT = "antiphon:out-2";

    WiredPeersTest() {
        super(4);
    }

    private static Ports ports(List<Wish> sources, List<Wish> destinations, Wiring wiring) {
        return new Ports(sources, destinations, true, 0, null, true, true).wired(wiring);
    }

    private static Wiring excluding(String in, String out) {
        return new Wiring(List.of(in), List.of(), Wiring.Rules.EVERYTHING, List.of(out), List.of());
    }

    private static Wiring withSecond(List<Wish> destinations, String excluded) {
        Wiring.Further second = new Wiring.Further(destinations, List.of(excluded), 0, Wiring.Rules.EVERYTHING);
        return new Wiring(List.of(), List.of(), Wiring.Rules.EVERYTHING, List.of(), List.of(second));
    }

    @Test
    void shouldConnectEverythingButWhatIsExcludedWhenItComes() {
        peers(ports(
                List.of(new Wish("*", List.of())),
                List.of(new Wish("*", List.of())),
                excluding("nanokontrol", "organ")));
        backend.plug(KNOBS);
        backend.plug(KEYB);
        backend.plug(ORGAN);
        backend.plug(SYNTH);
        assertThat(backend.connections("antiphon:in-0")).containsExactly(KEYB.name());
        assertThat(backend.connections("antiphon:out")).containsExactly(SYNTH.name());
    }

    @Test
    void shouldChooseAmongTheOthersByItself() {
        backend.plug(KNOBS);
        backend.plug(KEYB);
        Wish first = new Wish(
                "the first",
                List.of(),
                all -> all.stream().filter(PortInfo::source).limit(1).toList());
        Peers peers = peers(ports(List.of(first), List.of(), excluding("nano*", "organ")));
        later(peers);
        assertThat(backend.connections("antiphon:in-0")).containsExactly(KEYB.name());
    }

    @Test
    void shouldRefuseWithALineWhatIsExcludedAndLetItBeDisconnected() {
        backend.plug(KNOBS);
        Peers peers = peers(ports(List.of(), List.of(), excluding("nanoKONTROL2", "organ")));
        Connections connections = peers.connections();
        assertThat(connections.connect(Connections.INPUT, KNOBS.name()))
                .isEqualTo("midi.in \"nanoKONTROL2:out\": excluded by midi.in.exclude. Take it out there and start"
                        + " again.");
        assertThat(connections.missing()).isEmpty();
        // Somebody draws that cable by hand: that is his affair, until it goes.
        backend.connect("antiphon:in-0", KNOBS);
        peers.look();
        assertThat(connections.ports().getFirst().in()).isEqualTo(Connections.State.CONNECTED);
        backend.unplug(KNOBS);
        later(peers);
        backend.plug(KNOBS);
        later(peers);
        assertThat(backend.connections("antiphon:in-0")).isEmpty();
    }

    @Test
    void shouldConnectEachOutputWithItsOwnReceivers() {
        Peers peers = peers(ports(
                List.of(),
                List.of(new Wish("synth", List.of())),
                withSecond(List.of(new Wish("*:in", List.of())), "nothing")));
        backend.plug(SYNTH);
        backend.plug(ORGAN);
        assertThat(backend.connections("antiphon:out")).containsExactly(SYNTH.name());
        assertThat(backend.connections(SECOND_OUTPUT)).containsExactlyInAnyOrder(SYNTH.name(), ORGAN.name());
        Connections connections = peers.connections();
        assertThat(connections.ports().getLast().outs())
                .containsExactly(Connections.State.NO, Connections.State.CONNECTED);
        assertThat(connections.disconnect(1, SYNTH.name())).isEmpty();
        assertThat(backend.connections("antiphon:out")).containsExactly(SYNTH.name());
        assertThat(backend.connections(SECOND_OUTPUT)).containsExactly(ORGAN.name());
        assertThat(backend.sentOnly())
                .as("the ends of what the second output sent")
                .containsExactly(new SentOnly(SYNTH.name(), OTHER_ENDS[0]));
        assertThat(connections.connect(2, SYNTH.name()))
                .isEqualTo("out3 \"synth:in\": there is no such output. Set out3.open and start again.");
    }

    @Test
    void shouldExcludeForEachOutputAlone() {
        Connections connections = peers(ports(List.of(), List.of(), withSecond(List.of(), "organ")))
                .connections();
        backend.plug(ORGAN);
        assertThat(connections.connect(1, ORGAN.name())).startsWith("out2 \"organ:in\": excluded by out2.exclude.");
        assertThat(connections.connect(0, ORGAN.name())).isEmpty();
    }

    /** Cables that a killed program had at its second output are drawn there again, and it tells what ends. */
    @Test
    void shouldRestoreEachOutputsReceivers() {
        backend.plug(SYNTH);
        backend.plug(ORGAN);
        Ports ports = ports(List.of(), List.of(), withSecond(List.of(), "nothing"));
        backend.openInput("in-0", List.of(), (message, at) -> {});
        Outputs outputs = new Outputs(backend, ports, null);
        Peers peers = new Peers(backend, ports, List.of("antiphon:in-0"), outputs.names(), new Owner(), () -> nanos);
        int left = Message.noteOff(1, 70);
        peers.restore(new HeldNotesFile.LeftOver(
                "memory", List.of(left), List.of(), List.of(List.of(SYNTH.name()), List.of(ORGAN.name()))));
        backend.start();
        peers.begin();
        assertThat(backend.connections("antiphon:out")).containsExactly(SYNTH.name());
        assertThat(backend.connections(SECOND_OUTPUT)).containsExactly(ORGAN.name());
        assertThat(backend.sentOnly()).contains(new SentOnly(ORGAN.name(), left), new SentOnly(SYNTH.name(), left));
    }
}
