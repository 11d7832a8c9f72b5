package antiphon.live;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.midi.PortInfo;
import antiphon.midi.memory.MemoryBackend;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What people choose while music is played, on ports in memory. */
class ChosenTest extends PeersOnMemory {
    private static final PortInfo PADS = new PortInfo("pads:out", true, false);
    private static final PortInfo ORGAN = new PortInfo("organ:in", false, true);
    private static final int MAX_INPUTS = 2;

    ChosenTest() {
        super(MAX_INPUTS);
    }

    private static Connections.Port port(Connections of, PortInfo wanted) {
        return of.ports().stream()
                .filter(port -> port.name().equals(wanted.name()))
                .findFirst()
                .orElseThrow();
    }

    private static int way(PortInfo port) {
        return port.source() ? Connections.INPUT : 0;
    }

    @Example
    void shouldShowWhatThereIsAndWhatIsConnected() {
        backend.plug(KEYB);
        Connections connections = peers(List.of(), List.of()).connections();
        assertThat(connections.ports())
                .containsExactly(new Connections.Port(
                        KEYB.name(),
                        List.of(),
                        true,
                        false,
                        true,
                        Connections.State.NO,
                        List.of(Connections.State.NO),
                        -1));
        long before = connections.changes();
        backend.plug(SYNTH);
        assertThat(connections.ports()).hasSize(2);
        assertThat(connections.changes()).isGreaterThan(before);
        assertThat(connections.connect(Connections.INPUT, KEYB.name())).isEmpty();
        assertThat(port(connections, KEYB).in()).isEqualTo(Connections.State.CONNECTED);
        assertThat(port(connections, KEYB).input()).isZero();
        assertThat(connections.connect(0, SYNTH.name())).isEmpty();
        assertThat(port(connections, SYNTH).out()).isEqualTo(Connections.State.CONNECTED);
    }

    @Example
    void shouldWaitForWhatWasChosenAsForWhatTheSettingsName() {
        backend.plug(KEYB);
        Connections connections = peers(List.of(), List.of()).connections();
        connections.connect(Connections.INPUT, KEYB.name());
        backend.unplug(KEYB);
        assertThat(connections.missing()).containsExactly("midi.in \"keyb:out\"");
        assertThat(port(connections, KEYB).in()).isEqualTo(Connections.State.WAITED_FOR);
        assertThat(port(connections, KEYB).there()).isFalse();
        backend.plug(KEYB);
        assertThat(backend.connections("antiphon:in-0")).containsExactly(KEYB.name());
        assertThat(connections.missing()).isEmpty();
    }

    @Example
    void shouldGiveASecondKeyboardAnInputOfItsOwn() {
        backend.plug(KEYB);
        backend.plug(PADS);
        Connections connections = peers(List.of(), List.of()).connections();
        connections.connect(Connections.INPUT, KEYB.name());
        connections.connect(Connections.INPUT, PADS.name());
        assertThat(backend.connections("antiphon:in-0")).containsExactly(KEYB.name());
        assertThat(backend.connections("antiphon:in-1")).containsExactly(PADS.name());
        assertThat(port(connections, PADS).input()).isEqualTo(1);
        connections.disconnect(Connections.INPUT, PADS.name());
        assertThat(lost).containsExactly(1);
    }

    @Example
    void shouldTellAReceiverThatIsDisconnectedWhatEnds() {
        backend.plug(SYNTH);
        Peers peers = peers(List.of(), List.of(Wish.of(SYNTH)));
        Connections connections = peers.connections();
        assertThat(connections.disconnect(0, SYNTH.name())).isEmpty();
        assertThat(backend.connections("antiphon:out")).isEmpty();
        assertThat(backend.sentOnly()).containsExactly(new MemoryBackend.SentOnly(SYNTH.name(), ENDS[0]));
        assertThat(connections.missing()).as("nobody waits for it").isEmpty();
    }

    /** Somebody does not want it: unlike a cable that is pulled, that holds when the port returns. */
    @Example
    void shouldLeaveAloneWhatWasDisconnectedUnderWhateverNumberItReturns() {
        PortInfo before = new PortInfo("a2j:Keystation [20] (capture): MIDI 1", true, false);
        PortInfo after = new PortInfo("a2j:Keystation [24] (capture): MIDI 1", true, false);
        backend.plug(before);
        Peers peers = peers(List.of(new Wish("Keystation", List.of(before))), List.of());
        peers.connections().disconnect(Connections.INPUT, before.name());
        backend.unplug(before);
        later(peers);
        backend.plug(after);
        later(peers);
        assertThat(backend.connections("antiphon:in-0")).isEmpty();
        assertThat(peers.connections().connect(Connections.INPUT, after.name())).isEmpty();
        assertThat(backend.connections("antiphon:in-0")).containsExactly(after.name());
    }

    @Example
    void shouldChooseNothingByItselfAnyMoreWhenSomebodyHasDisconnectedIt() {
        backend.plug(KEYB);
        Wish first = new Wish(
                "the first",
                List.of(KEYB),
                ports -> ports.stream().filter(PortInfo::source).limit(1).toList());
        Peers peers = peers(List.of(first), List.of());
        peers.connections().disconnect(Connections.INPUT, KEYB.name());
        backend.unplug(KEYB);
        later(peers);
        backend.plug(PADS);
        later(peers);
        later(peers);
        assertThat(backend.connections("antiphon:in-0")).isEmpty();
    }

    @Example
    void shouldSayWhyNot() {
        backend.plug(KEYB);
        Connections connections = peers(List.of(), List.of()).connections();
        assertThat(connections.connect(Connections.INPUT, "organ"))
                .isEqualTo("midi.in \"organ\": no such input; found \"keyb:out\". Run: antiphon ports");
        assertThat(connections.connect(0, KEYB.name())).contains("no such output; found none");
        assertThat(connections.disconnect(Connections.INPUT, KEYB.name()))
                .isEqualTo("midi.in \"keyb:out\": is not connected.");
    }

    /** A name is no pattern here, whatever its owner has put into it. */
    @Example
    void shouldTakeOnlyThePortOfThisName() {
        PortInfo star = new PortInfo("*", true, false);
        backend.plug(star);
        Peers peers = peers(List.of(), List.of());
        assertThat(peers.connections().connect(Connections.INPUT, "*")).isEmpty();
        backend.plug(KEYB);
        later(peers);
        assertThat(backend.connections("antiphon:in-0")).containsExactly("*");
        assertThat(inputCount).isEqualTo(1);
    }

    /** Whatever happens: what is chosen and there is connected, and nothing else. */
    @Property(tries = 300)
    void shouldEndAsChosen(@ForAll @Size(max = 40) List<@IntRange(min = 0, max = 15) Integer> events) {
        new ChosenTest().endsAsChosen(events);
    }

    private void endsAsChosen(List<Integer> events) {
        List<PortInfo> all = List.of(KEYB, PADS, SYNTH, ORGAN);
        Peers peers = peers(List.of(new Wish("keyb", List.of())), List.of(new Wish("synth", List.of())));
        Connections connections = peers.connections();
        Set<PortInfo> there = new HashSet<>();
        Set<PortInfo> seen = new HashSet<>();
        Set<PortInfo> chosen = new HashSet<>(List.of(KEYB, SYNTH));
        for (int event : events) {
            PortInfo port = all.get(event % 4);
            boolean known = seen.contains(port);
            if (event < 4 && there.add(port)) {
                backend.plug(port);
            } else if (event >= 4 && event < 8 && there.remove(port)) {
                backend.unplug(port);
            } else if (event >= 8 && event < 12) {
                boolean done = connections.disconnect(way(port), port.name()).isEmpty();
                assertThat(done).as("disconnect " + port.name()).isEqualTo(known);
                if (done) {
                    chosen.remove(port);
                }
            } else if (event >= 12) {
                boolean done = connections.connect(way(port), port.name()).isEmpty();
                assertThat(done).as("connect " + port.name()).isEqualTo(known || there.contains(port));
                if (done) {
                    chosen.add(port);
                }
            }
            all.stream()
                    .filter(each -> chosen.contains(each) && there.contains(each))
                    .forEach(seen::add);
            later(peers);
        }
        for (PortInfo port : all) {
            assertThat(isConnected(port)).as(port.name()).isEqualTo(there.contains(port) && chosen.contains(port));
        }
    }

    private boolean isConnected(PortInfo port) {
        return Stream.of("antiphon:out", "antiphon:in-0", "antiphon:in-1")
                .anyMatch(ours -> backend.connections(ours).contains(port.name()));
    }
}
