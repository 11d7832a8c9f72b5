package antiphon.live;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.midi.PortInfo;
import antiphon.midi.memory.MemoryBackend;
import antiphon.music.Message;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of connections, on ports in memory. */
class PeersTest extends PeersOnMemory {
    private static final int MAX_INPUTS = 3;

    PeersTest() {
        super(MAX_INPUTS);
    }

    @BeforeEach
    void begin() {
        backend = new MemoryBackend(() -> 0, true);
        lost.clear();
    }

    @Test
    void shouldReleaseAndConnectAgainWhatWasConnectedByHand() {
        backend.plug(KEYB);
        Peers peers = peers(List.of(), List.of());
        backend.connect("antiphon:in-0", KEYB);
        peers.look();
        backend.unplug(KEYB);
        assertThat(lost).containsExactly(0);
        backend.plug(KEYB);
        assertThat(backend.connections("antiphon:in-0")).containsExactly(KEYB.name());
    }

    @Test
    void shouldLeaveAloneWhatWasDisconnectedByHandUntilItReturns() {
        backend.plug(KEYB);
        Peers peers = peers(List.of(Wish.of(KEYB)), List.of());
        backend.disconnect("antiphon:in-0", KEYB);
        assertThat(lost).containsExactly(0);
        later(peers);
        assertThat(backend.connections("antiphon:in-0")).isEmpty();
        assertThat(peers.connections().missing()).containsExactly("midi.in \"keyb:out\"");
        backend.unplug(KEYB);
        later(peers);
        backend.plug(KEYB);
        assertThat(backend.connections("antiphon:in-0")).containsExactly(KEYB.name());
        assertThat(peers.connections().missing()).isEmpty();
    }

    @Test
    void shouldConnectWhatReturnsUnderAnotherNumber() {
        PortInfo before = new PortInfo("a2j:Keystation [20] (capture): MIDI 1", true, false);
        PortInfo after = new PortInfo("a2j:Keystation [24] (capture): MIDI 1", true, false);
        backend.plug(before);
        peers(List.of(new Wish("Keystation", List.of(before))), List.of());
        backend.unplug(before);
        backend.plug(after);
        assertThat(backend.connections("antiphon:in-0")).containsExactly(after.name());
    }

    /** JACK 2 tells of it while the ports can still be listed. */
    @Test
    void shouldConnectAgainAClientThatClosedInGoodOrder() {
        backend.plug(KEYB);
        Peers peers = peers(List.of(Wish.of(KEYB)), List.of());
        backend.disconnect("antiphon:in-0", KEYB);
        assertThat(lost).as("while it is still listed").containsExactly(0);
        backend.unplug(KEYB);
        later(peers);
        backend.plug(KEYB);
        assertThat(backend.connections("antiphon:in-0")).containsExactly(KEYB.name());
    }

    @Test
    void shouldConnectAClientThatClosedAndReturnedBetweenTwoLooks() {
        backend.plug(KEYB);
        Peers peers = peers(List.of(Wish.of(KEYB)), List.of());
        backend.disconnect("antiphon:in-0", KEYB);
        peers.appeared(KEYB.name());
        peers.look();
        assertThat(backend.connections("antiphon:in-0")).containsExactly(KEYB.name());
    }

    @Test
    void shouldReleaseAnInputThatLostItsConnectionForAMoment() {
        backend.plug(KEYB);
        Peers peers = peers(List.of(Wish.of(KEYB)), List.of());
        peers.parted("antiphon:in-0");
        peers.look();
        assertThat(lost).containsExactly(0);
    }

    @Test
    void shouldTellAReceiverThatWasDisconnectedWhatEnds() {
        backend.plug(SYNTH);
        peers(List.of(), List.of(Wish.of(SYNTH)));
        backend.disconnect("antiphon:out", SYNTH);
        assertThat(backend.sentOnly()).containsExactly(new MemoryBackend.SentOnly(SYNTH.name(), ENDS[0]));
    }

    @Test
    void shouldTellAReceiverThatReturnsWhatEndsBeforeItIsConnected() {
        backend.plug(SYNTH);
        peers(List.of(), List.of(Wish.of(SYNTH)));
        backend.unplug(SYNTH);
        assertThat(backend.sentOnly()).isEmpty();
        assertThat(owed).containsExactly(SYNTH.name());
        backend.plug(SYNTH);
        assertThat(backend.sentOnly()).hasSize(1);
        assertThat(backend.connections("antiphon:out")).containsExactly(SYNTH.name());
        assertThat(owed).isEmpty();
    }

    @Test
    void shouldConnectWhatComesLaterThanTheStart() {
        Peers peers = peers(
                List.of(new Wish("keyb", List.of()), new Wish("pads", List.of())),
                List.of(new Wish("synth", List.of())));
        assertThat(peers.connections().missing())
                .containsExactly("midi.in \"keyb\"", "midi.in \"pads\"", "midi.out \"synth\"");
        backend.plug(new PortInfo("pads:out", true, false));
        backend.plug(KEYB);
        backend.plug(SYNTH);
        assertThat(backend.connections("antiphon:in-0")).containsExactly(KEYB.name());
        assertThat(backend.connections("antiphon:in-1")).containsExactly("pads:out");
        assertThat(backend.connections("antiphon:out")).containsExactly(SYNTH.name());
        assertThat(peers.connections().missing()).isEmpty();
    }

    private static List<PortInfo> firstSource(List<PortInfo> ports) {
        return ports.stream().filter(PortInfo::source).limit(1).toList();
    }

    /** Nobody named a port. */
    private Peers choosing() {
        return peers(List.of(new Wish("the first", firstSource(backend.list()), PeersTest::firstSource)), List.of());
    }

    @Test
    void shouldTakeTheFirstThatComesWhereNobodyNamedOne() {
        backend.plug(SYNTH);
        Peers peers = choosing();
        assertThat(peers.connections().missing()).containsExactly("midi.in \"the first\"");
        backend.plug(KEYB);
        assertThat(backend.connections("antiphon:in-0"))
                .as("its other ports may come yet")
                .isEmpty();
        later(peers);
        assertThat(backend.connections("antiphon:in-0")).containsExactly(KEYB.name());
        backend.plug(new PortInfo("pads:out", true, false));
        later(peers);
        assertThat(backend.connections("antiphon:in-0")).containsExactly(KEYB.name());
        assertThat(peers.connections().missing()).isEmpty();
    }

    @Test
    void shouldTakeAnotherWhenTheOneThatWasTakenGoesAndBothWhenItReturns() {
        backend.plug(KEYB);
        Peers peers = choosing();
        backend.unplug(KEYB);
        later(peers);
        PortInfo pads = new PortInfo("pads:out", true, false);
        backend.plug(pads);
        later(peers);
        assertThat(backend.connections("antiphon:in-0")).containsExactly(pads.name());
        backend.plug(KEYB);
        assertThat(backend.connections("antiphon:in-0")).containsExactly(pads.name());
        assertThat(backend.connections("antiphon:in-1")).containsExactly(KEYB.name());
    }

    /** Who goes ends only what came by its own input. */
    @Test
    void shouldGivePortsThatComeLaterInputsOfTheirOwn() {
        PortInfo second = new PortInfo("keyb-2:out", true, false);
        PortInfo third = new PortInfo("keyb-3:out", true, false);
        backend.plug(KEYB);
        Peers peers = peers(List.of(new Wish("keyb", List.of(KEYB))), List.of());
        backend.plug(second);
        backend.plug(third);
        assertThat(backend.connections("antiphon:in-1")).containsExactly(second.name());
        assertThat(backend.connections("antiphon:in-2")).containsExactly(third.name());
        backend.unplug(second);
        assertThat(lost).containsExactly(1);
        backend.plug(second);
        assertThat(backend.connections("antiphon:in-1")).containsExactly(second.name());
        backend.disconnect("antiphon:in-2", third);
        assertThat(lost).containsExactly(1, 2);
        later(peers);
        assertThat(backend.connections("antiphon:in-2")).isEmpty();
    }

    @Test
    void shouldGiveWhoReturnsAnotherInputWhereSomebodyElseHasItsOwn() {
        PortInfo drums = new PortInfo("drums:out", true, false);
        backend.plug(KEYB);
        Peers peers = peers(List.of(new Wish("keyb", List.of(KEYB))), List.of());
        backend.plug(drums);
        backend.unplug(KEYB);
        backend.connect("antiphon:in-0", drums);
        peers.look();
        backend.plug(KEYB);
        assertThat(backend.connections("antiphon:in-0")).containsExactly(drums.name());
        assertThat(backend.connections("antiphon:in-1")).containsExactly(KEYB.name());
    }

    @Test
    void shouldTakeNoOtherWhereSomebodyConnectedOrDisconnectedByHand() {
        Peers peers = choosing();
        PortInfo program = new PortInfo("seq:out", true, false);
        backend.plug(KEYB);
        later(peers);
        assertThat(backend.connections("antiphon:in-0")).containsExactly(KEYB.name());
        backend.disconnect("antiphon:in-0", KEYB);
        later(peers);
        backend.plug(program);
        later(peers);
        assertThat(backend.connections("antiphon:in-0")).isEmpty();
        backend.connect("antiphon:in-0", program);
        peers.look();
        backend.unplug(KEYB);
        later(peers);
        backend.plug(new PortInfo("pads:out", true, false));
        later(peers);
        assertThat(backend.connections("antiphon:in-0")).containsExactly(program.name());
    }

    @Test
    void shouldConnectEverythingAgainWhenTheSystemIsBack() {
        backend.plug(KEYB);
        backend.plug(SYNTH);
        Peers peers = peers(List.of(Wish.of(KEYB)), List.of());
        backend.connect("antiphon:out", SYNTH);
        peers.look();
        peers.systemLost("gone");
        assertThat(lost).containsExactly(0);
        backend.disconnect("antiphon:in-0", KEYB);
        backend.disconnect("antiphon:out", SYNTH);
        peers.systemBack();
        peers.look();
        assertThat(backend.connections("antiphon:in-0")).containsExactly(KEYB.name());
        assertThat(backend.connections("antiphon:out")).containsExactly(SYNTH.name());
        assertThat(backend.sentOnly()).hasSize(1);
    }

    /** It may hold what another one was sent. */
    @Test
    void shouldNotTakeAPortForOneThatWasWishedForByAnotherName() {
        PortInfo organ = new PortInfo("organ:in", false, true);
        backend.plug(SYNTH);
        peers(List.of(), List.of(Wish.of(SYNTH), new Wish("organ", List.of())));
        backend.unplug(SYNTH);
        backend.plug(organ);
        assertThat(backend.sentOnly()).isEmpty();
        assertThat(owed).containsExactly(SYNTH.name());
        backend.plug(SYNTH);
        assertThat(backend.sentOnly()).containsExactly(new MemoryBackend.SentOnly(SYNTH.name(), ENDS[0]));
    }

    @Test
    void shouldRestoreWhatAKilledProgramHadAndEndWhatItLeft() {
        backend.plug(KEYB);
        backend.plug(SYNTH);
        PortInfo other = new PortInfo("other:in", false, true);
        Ports ports = new Ports(List.of(), List.of(new Wish("other", List.of())), true, 0, null, true, true);
        backend.openInput("in-0", List.of(), (message, at) -> {});
        backend.openOutput("out", List.of());
        Peers peers =
                new Peers(backend, ports, List.of("antiphon:in-0"), List.of("antiphon:out"), new Owner(), () -> nanos);
        backend.observe(peers);
        int left = Message.noteOff(1, 70);
        peers.restore(new HeldNotesFile.LeftOver(
                "memory", List.of(left), List.of(KEYB.name()), List.of(List.of(SYNTH.name(), other.name()))));
        backend.start();
        peers.begin();
        assertThat(backend.connections("antiphon:in-0")).containsExactly(KEYB.name());
        assertThat(backend.connections("antiphon:out"))
                .as("another output is wished for now")
                .isEmpty();
        assertThat(backend.sentOnly()).contains(new MemoryBackend.SentOnly(SYNTH.name(), left));
        assertThat(owed).containsExactly(other.name());
        backend.plug(other);
        assertThat(backend.sentOnly()).contains(new MemoryBackend.SentOnly(other.name(), left));
        assertThat(backend.connections("antiphon:out")).containsExactly(other.name());
        assertThat(owed).isEmpty();
    }

    /** Whatever happens: who is wished for and there is connected, unless somebody disconnected it since it came. */
    @Property(tries = 300)
    void shouldEndAsWished(@ForAll @Size(max = 40) List<@IntRange(min = 0, max = 15) Integer> events) {
        begin();
        List<PortInfo> all =
                List.of(KEYB, new PortInfo("pads:out", true, false), SYNTH, new PortInfo("organ:in", false, true));
        Peers peers = peers(
                List.of(new Wish("keyb", List.of()), new Wish("pads", List.of())),
                List.of(new Wish("synth", List.of()), new Wish("organ", List.of())));
        Set<PortInfo> there = new HashSet<>();
        Set<PortInfo> letGo = new HashSet<>();
        for (int event : events) {
            PortInfo port = all.get(event % 4);
            String ours = port.source() ? "antiphon:in-" + event % 4 : "antiphon:out";
            if (event < 4 && there.add(port)) {
                backend.plug(port);
                letGo.remove(port);
            } else if (event >= 4 && event < 8 && there.remove(port)) {
                backend.unplug(port);
            } else if (event >= 8 && event < 12 && there.contains(port)) {
                letGo.add(port);
                backend.disconnect(ours, port);
            } else if (event >= 12 && there.contains(port)) {
                letGo.remove(port);
                backend.connect(ours, port);
                peers.look();
            }
            later(peers);
        }
        for (PortInfo port : all) {
            String ours = port.source() ? "antiphon:in-" + all.indexOf(port) : "antiphon:out";
            boolean expected = there.contains(port) && !letGo.contains(port);
            assertThat(backend.connections(ours).contains(port.name()))
                    .as(port.name())
                    .isEqualTo(expected);
            assertThat(connected.contains(port.name())).as(port.name()).isEqualTo(expected && port.destination());
            assertThat(there.contains(port) && owed.contains(port.name()))
                    .as("owed " + port.name())
                    .isFalse();
        }
    }
}
