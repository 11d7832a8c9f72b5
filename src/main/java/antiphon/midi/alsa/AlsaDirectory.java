package antiphon.midi.alsa;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import antiphon.midi.PortInfo;
import antiphon.midi.library.RawMemory;
import antiphon.music.Message;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The ports of the sequencer and their subscriptions, asked for and changed by a client of ours that has no other work.
 * Cold threads. After {@link #close} there is nothing, and nothing can be done.
 *
 * <p>A port is called {@code client:port} by the names of both, as in JACK; of several with one name the second is
 * {@code client:port #2}. Its alias is its address ({@code 24:0}), which changes when a device is plugged in again.
 */
final class AlsaDirectory {
    private static final int READERS = 0;
    private static final int WRITERS = 1;
    private static final int NOBODY = -1;

    /** For ports on which no time is needed. */
    static final int NO_QUEUE = -1;

    private final long sequencer = Alsa.open();
    private final Arena arena = Arena.ofShared();
    private final AlsaWriter writer;
    private final int port;
    private int hidden = NOBODY;
    private boolean closed;

    /** Joins the sequencer under a name, with a port that nobody is shown. */
    AlsaDirectory(String name) {
        Alsa.callWithText("snd_seq_set_client_name", sequencer, name);
        writer = new AlsaWriter(sequencer, arena);
        port = newPort(sequencer, "watch", Alsa.CAN_READ | Alsa.CAN_WRITE | Alsa.NO_EXPORT, NO_QUEUE);
    }

    /** Does not list another client of ours either. */
    synchronized void hide(int client) {
        hidden = client;
    }

    /** From now on, what changes comes in as events at this client. */
    synchronized void listen() {
        link(true, Alsa.SYSTEM_CLIENT, Alsa.ANNOUNCE_PORT, Alsa.call("snd_seq_client_id", sequencer), port);
    }

    /** The client that asks. */
    long sequencer() {
        return sequencer;
    }

    /**
     * Makes a port of a client of ours.
     *
     * @param can what others may do with it
     * @param queue whose time is written on what comes in at it, or {@link #NO_QUEUE}
     * @return its number, or negative if that cannot be
     */
    static int newPort(long sequencer, String name, int can, int queue) {
        long info = Alsa.make("snd_seq_port_info_malloc");
        Alsa.callWithText("snd_seq_port_info_set_name", info, name);
        Alsa.call("snd_seq_port_info_set_capability", info, can);
        Alsa.call("snd_seq_port_info_set_type", info, Alsa.TYPE_GENERIC | Alsa.TYPE_SOFTWARE | Alsa.TYPE_APPLICATION);
        Alsa.call("snd_seq_port_info_set_midi_channels", info, Message.CHANNELS);
        if (queue != NO_QUEUE) {
            Alsa.call("snd_seq_port_info_set_timestamping", info, 1);
            Alsa.call("snd_seq_port_info_set_timestamp_real", info, 1);
            Alsa.call("snd_seq_port_info_set_timestamp_queue", info, queue);
        }
        int result = Alsa.call("snd_seq_create_port", sequencer, info);
        int number = Alsa.call("snd_seq_port_info_get_port", info);
        Alsa.call("snd_seq_port_info_free", info);
        return result < 0 ? result : number;
    }

    /** All ports that other programs and devices have. */
    synchronized List<AlsaPort> ports() {
        List<AlsaPort> ports = new ArrayList<>();
        if (closed) {
            return ports;
        }
        Map<String, Integer> times = new HashMap<>();
        int own = Alsa.call("snd_seq_client_id", sequencer);
        for (AlsaPort port : all()) {
            int time = times.merge(port.info().name(), 1, Integer::sum);
            boolean ours = port.client() == own || port.client() == hidden;
            if (!ours
                    && port.client() != Alsa.SYSTEM_CLIENT
                    && (port.info().source() || port.info().destination())) {
                ports.add(time == 1 ? port : renamed(port, port.info().name() + " #" + time));
            }
        }
        return ports;
    }

    private static AlsaPort renamed(AlsaPort port, String name) {
        PortInfo info = port.info();
        return new AlsaPort(
                port.client(),
                port.port(),
                new PortInfo(
                        name, info.aliases(), info.source(), info.destination(), info.physical(), info.terminal()));
    }

    private List<AlsaPort> all() {
        List<AlsaPort> ports = new ArrayList<>();
        long client = Alsa.make("snd_seq_client_info_malloc");
        long info = Alsa.make("snd_seq_port_info_malloc");
        Alsa.call("snd_seq_client_info_set_client", client, -1);
        while (Alsa.call("snd_seq_query_next_client", sequencer, client) >= 0) {
            int id = Alsa.call("snd_seq_client_info_get_client", client);
            String name = RawMemory.string(Alsa.callLong("snd_seq_client_info_get_name", client));
            Alsa.call("snd_seq_port_info_set_client", info, id);
            Alsa.call("snd_seq_port_info_set_port", info, -1);
            while (Alsa.call("snd_seq_query_next_port", sequencer, info) >= 0) {
                ports.add(read(id, name, info));
            }
        }
        Alsa.call("snd_seq_port_info_free", info);
        Alsa.call("snd_seq_client_info_free", client);
        return ports;
    }

    private static AlsaPort read(int client, String clientName, long info) {
        int port = Alsa.call("snd_seq_port_info_get_port", info);
        int can = Alsa.call("snd_seq_port_info_get_capability", info);
        int type = Alsa.call("snd_seq_port_info_get_type", info);
        String name = RawMemory.string(Alsa.callLong("snd_seq_port_info_get_name", info))
                .strip();
        boolean exported = (can & Alsa.NO_EXPORT) == 0;
        return new AlsaPort(
                client,
                port,
                new PortInfo(
                        clientName.strip() + ":" + name,
                        List.of(client + ":" + port),
                        exported && (can & Alsa.CAN_READ) == Alsa.CAN_READ,
                        exported && (can & Alsa.CAN_WRITE) == Alsa.CAN_WRITE,
                        (type & Alsa.TYPE_HARDWARE) != 0,
                        (type & (Alsa.TYPE_HARDWARE | Alsa.TYPE_SYNTHESIZER | Alsa.TYPE_APPLICATION)) != 0));
    }

    /** The names of the clients that there are. */
    synchronized List<String> clients() {
        List<String> names = new ArrayList<>();
        long client = Alsa.make("snd_seq_client_info_malloc");
        Alsa.call("snd_seq_client_info_set_client", client, -1);
        while (Alsa.call("snd_seq_query_next_client", sequencer, client) >= 0) {
            names.add(RawMemory.string(Alsa.callLong("snd_seq_client_info_get_name", client)));
        }
        Alsa.call("snd_seq_client_info_free", client);
        return names;
    }

    /** By its full name, or none. */
    Optional<AlsaPort> find(String name) {
        return ports().stream().filter(each -> each.info().name().equals(name)).findFirst();
    }

    /** Names of the ports that one is connected to. */
    synchronized List<String> connections(int client, int ofPort, boolean isOutput) {
        List<Integer> peers = peers(client, ofPort, isOutput);
        return ports().stream()
                .filter(each -> peers.contains(AlsaPort.address(each.client(), each.port())))
                .map(each -> each.info().name())
                .toList();
    }

    /** The same as {@linkplain AlsaPort#address addresses}. */
    synchronized List<Integer> peers(int client, int ofPort, boolean isOutput) {
        List<Integer> peers = new ArrayList<>();
        if (closed) {
            return peers;
        }
        try (Arena own = Arena.ofConfined()) {
            MemorySegment root = address(own, client, ofPort);
            long query = Alsa.make("snd_seq_query_subscribe_malloc");
            Alsa.call("snd_seq_query_subscribe_set_root", query, root.address());
            Alsa.call("snd_seq_query_subscribe_set_type", query, isOutput ? READERS : WRITERS);
            for (int i = 0; subscriber(query, i) >= 0; i++) {
                peers.add(AlsaPort.readAddress(Alsa.callLong("snd_seq_query_subscribe_get_addr", query)));
            }
            Alsa.call("snd_seq_query_subscribe_free", query);
        }
        return peers;
    }

    private int subscriber(long query, int index) {
        Alsa.call("snd_seq_query_subscribe_set_index", query, index);
        return Alsa.call("snd_seq_query_port_subscribers", sequencer, query);
    }

    /** Connects two ports, or disconnects them; true if they are then as wanted. */
    synchronized boolean link(boolean connected, int fromClient, int fromPort, int toClient, int toPort) {
        if (closed) {
            return false;
        }
        try (Arena own = Arena.ofConfined()) {
            long subscription = Alsa.make("snd_seq_port_subscribe_malloc");
            MemorySegment sender = address(own, fromClient, fromPort);
            MemorySegment destination = address(own, toClient, toPort);
            Alsa.call("snd_seq_port_subscribe_set_sender", subscription, sender.address());
            Alsa.call("snd_seq_port_subscribe_set_dest", subscription, destination.address());
            int result = Alsa.call(
                    connected ? "snd_seq_subscribe_port" : "snd_seq_unsubscribe_port", sequencer, subscription);
            Alsa.call("snd_seq_port_subscribe_free", subscription);
            return result >= 0 || (connected && result == Alsa.BUSY);
        }
    }

    /**
     * Sends messages to one port and nobody else. It is connected for that moment, because devices are open only while
     * somebody is connected to them.
     */
    synchronized boolean sendOnly(AlsaPort peer, int[] messages) {
        int own = closed ? NOBODY : Alsa.call("snd_seq_client_id", sequencer);
        if (own == NOBODY || !link(true, own, port, peer.client(), peer.port())) {
            return false;
        }
        writer.to(port, peer.client(), peer.port());
        boolean sent = true;
        for (int message : messages) {
            sent &= writer.send(message);
        }
        link(false, own, port, peer.client(), peer.port());
        return sent;
    }

    synchronized void close() {
        if (!closed) {
            closed = true;
            writer.close();
            Alsa.call("snd_seq_close", sequencer);
            arena.close();
        }
    }

    private static MemorySegment address(Arena arena, int client, int port) {
        return arena.allocateFrom(JAVA_BYTE, (byte) client, (byte) port);
    }
}
