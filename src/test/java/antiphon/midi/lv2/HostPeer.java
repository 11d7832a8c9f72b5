package antiphon.midi.lv2;

import antiphon.midi.MidiBackend;
import antiphon.midi.MidiReceiver;
import antiphon.midi.PortInfo;
import antiphon.music.Message;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What is on the other side of the plugin, as a back end: a track of a DAW that plays into an instance and hears what leaves it.
 * Tracks play to each other inside the DAW.
 */
final class HostPeer implements MidiBackend {
    private static final int THRU = 4;
    private static final Map<String, HostPeer> TRACKS = new ConcurrentHashMap<>();

    private final String name;
    private final PluginHost host;
    private final List<MidiReceiver> receivers = new CopyOnWriteArrayList<>();
    private volatile boolean present;

    HostPeer(Path folder, String name) {
        this.name = name;
        host = PluginHost.inRealTime(folder, name, this::line);
        host.tell("port " + THRU + " 0");
        TRACKS.put(name, this);
    }

    private void line(String line) {
        String[] words = line.split(" ", -1);
        if (line.startsWith("present")) {
            present = words[1].equals("1");
        } else if (line.startsWith("out ")) {
            byte[] bytes = HexFormat.of().parseHex(words[3]);
            receivers.forEach(receiver -> receive(receiver, bytes, Long.parseLong(words[1])));
        }
    }

    private static void receive(MidiReceiver receiver, byte[] bytes, long nanos) {
        if ((bytes[0] & 0xFF) == 0xF0) {
            receiver.receiveLong(bytes, bytes.length, nanos);
        } else {
            receiver.receive(
                    Message.of(bytes[0] & 0xFF, bytes.length > 1 ? bytes[1] : 0, bytes.length > 2 ? bytes[2] : 0),
                    nanos);
        }
    }

    @Override
    public String name() {
        return "lv2 host";
    }

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.of(Capability.FRAME_TIMESTAMPS);
    }

    /** The program, when it is connected. */
    @Override
    public List<PortInfo> list() {
        return present ? List.of(new PortInfo(Lv2ContractTest.name("antiphon"), true, true)) : List.of();
    }

    @Override
    public InputPort openInput(String port, List<PortInfo> sources, MidiReceiver receiver) {
        receivers.add(receiver);
        return new InputPort() {
            @Override
            public String fullName() {
                return name + ":" + port;
            }

            @Override
            public void close() {
                receivers.remove(receiver);
            }
        };
    }

    @Override
    public OutputPort openOutput(String port, List<PortInfo> destinations) {
        return new Track(port, destinations);
    }

    private final class Track implements OutputPort {
        private final String port;
        private final List<PortInfo> destinations;

        Track(String port, List<PortInfo> destinations) {
            this.port = port;
            this.destinations = destinations;
        }

        @Override
        public String fullName() {
            return name + ":" + port;
        }

        @Override
        public boolean send(int message, long dueNanos) {
            for (HostPeer track : TRACKS.values()) {
                if (destinations.stream().anyMatch(peer -> peer.name().equals(Lv2ContractTest.name(track.name)))) {
                    track.receivers.forEach(receiver -> receiver.receive(message, dueNanos));
                }
            }
            return true;
        }

        @Override
        public boolean thru(int message, long nanos) {
            StringBuilder hex = new StringBuilder();
            for (int i = 0; i < Message.length(message); i++) {
                hex.append(String.format("%02x", (message >>> (8 * i)) & 0xFF));
            }
            host.tell("midi " + hex);
            return true;
        }

        @Override
        public boolean thruLong(byte[] bytes, int length, long nanos) {
            host.tell("midi " + HexFormat.of().formatHex(bytes, 0, length));
            return true;
        }

        @Override
        public long lateCount() {
            return 0;
        }

        @Override
        public void close() {}
    }

    @Override
    public void start() {}

    @Override
    public void observe(PortObserver observer) {}

    @Override
    public void close() {
        TRACKS.remove(name, this);
        host.close();
    }
}
