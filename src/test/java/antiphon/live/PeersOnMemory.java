package antiphon.live;

import antiphon.midi.PortInfo;
import antiphon.midi.memory.MemoryBackend;
import antiphon.music.Message;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Peers on ports in memory, on a clock that stands still, and what they tell their owner. */
abstract class PeersOnMemory {
    static final PortInfo KEYB = new PortInfo("keyb:out", true, false);
    static final PortInfo SYNTH = new PortInfo("synth:in", false, true);
    static final int[] ENDS = {Message.noteOff(0, 60)};
    static final int[] OTHER_ENDS = {Message.noteOff(3, 70)};
    private static final long SECOND = 1_000_000_000L;

    private final int maxInputs;
    final List<Integer> lost = new ArrayList<>();
    final Set<String> connected = new HashSet<>();
    final Set<String> owed = new HashSet<>();
    MemoryBackend backend = new MemoryBackend(() -> 0, true);
    int inputCount;
    long nanos;

    PeersOnMemory(int maxInputs) {
        this.maxInputs = maxInputs;
    }

    /** Begins with as many inputs as these wishes need. */
    Peers peers(List<Wish> sources, List<Wish> destinations) {
        return peers(new Ports(sources, destinations, true, 0, null, true, true));
    }

    /** The same with as many outputs as there should be. */
    Peers peers(Ports ports) {
        List<String> inputs = new ArrayList<>();
        inputCount = 0;
        ports.inputs().forEach(source -> inputs.add(open(source)));
        List<String> outputs = new Outputs(backend, ports, null).names();
        Peers peers = new Peers(backend, ports, inputs, outputs, new Owner(), () -> nanos);
        backend.observe(peers);
        backend.start();
        peers.begin();
        return peers;
    }

    private String open(List<PortInfo> source) {
        return backend.openInput("in-" + inputCount++, source, (message, at) -> {})
                .fullName();
    }

    /** A second later they look again. */
    void later(Peers peers) {
        nanos += SECOND;
        peers.look();
    }

    final class Owner implements PeersOwner {
        @Override
        public void lose(int input) {
            lost.add(input);
        }

        @Override
        public String openInput() {
            return inputCount == maxInputs ? "" : open(List.of());
        }

        @Override
        public int[] ends(int output, boolean held) {
            return output == 0 ? ENDS : OTHER_ENDS;
        }

        @Override
        public void connected(Set<String> sources, List<Set<String>> nowConnected, List<Set<String>> nowOwed) {
            connected.clear();
            nowConnected.forEach(connected::addAll);
            owed.clear();
            nowOwed.forEach(owed::addAll);
        }

        @Override
        public void lost(String reason) {}

        @Override
        public void back() {}
    }
}
