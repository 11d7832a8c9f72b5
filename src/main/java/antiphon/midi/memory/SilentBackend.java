package antiphon.midi.memory;

import antiphon.HotPath;
import antiphon.midi.MidiBackend;
import antiphon.midi.MidiReceiver;
import antiphon.midi.PortInfo;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** No MIDI at all ({@code --backend none}): nothing comes in, and what is sent goes nowhere. */
public final class SilentBackend implements MidiBackend {
    @Override
    public String name() {
        return "none";
    }

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.of(Capability.VIRTUAL_PORTS, Capability.SCHEDULED_OUTPUT);
    }

    @Override
    public List<PortInfo> list() {
        return List.of();
    }

    @Override
    public InputPort openInput(String name, List<PortInfo> sources, MidiReceiver receiver) {
        return new Port("none:" + name);
    }

    @Override
    public OutputPort openOutput(String name, List<PortInfo> destinations) {
        return new Port("none:" + name);
    }

    @Override
    public void start() {}

    @Override
    public void observe(PortObserver observer) {}

    @Override
    public void close() {}

    private record Port(String fullName) implements InputPort, OutputPort {
        @Override
        @HotPath
        public boolean send(int message, long dueNanos) {
            return true;
        }

        @Override
        @HotPath
        public boolean thru(int message, long nanos) {
            return true;
        }

        @Override
        @HotPath
        public boolean thruLong(byte[] bytes, int length, long nanos) {
            return true;
        }

        @Override
        public long lateCount() {
            return 0;
        }

        @Override
        public void close() {}
    }
}
