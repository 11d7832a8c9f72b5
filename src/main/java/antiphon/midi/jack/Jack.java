package antiphon.midi.jack;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import antiphon.HotPath;
import antiphon.midi.MidiException;
import antiphon.midi.PortInfo;
import antiphon.midi.library.CFunctions;
import antiphon.midi.library.RawMemory;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;

/**
 * libjack's functions as static methods, by java.lang.foreign. Pointers are plain longs: a {@link MemorySegment} per
 * call would be garbage in the real-time thread. 64-bit only.
 *
 * <p>The functions the process callback uses are linked as critical: they are leaf calls of well under a microsecond,
 * and so skip the JVM's thread-state transition. Function semantics: jackaudio.org/api.
 *
 * <p>Touch this class only after {@link JackLibrary#require}.
 */
final class Jack {
    static final int NO_START_SERVER = 0x01;
    static final int USE_EXACT_NAME = 0x02;
    static final int SERVER_NAME = 0x04;
    static final int STATUS_SERVER_FAILED = 0x10;
    static final int PORT_IS_INPUT = 0x1;
    static final int PORT_IS_OUTPUT = 0x2;
    static final int PORT_IS_PHYSICAL = 0x4;
    static final int PORT_IS_TERMINAL = 0x10;
    static final int ALREADY_CONNECTED = 17; // EEXIST
    static final String MIDI_TYPE = "8 bit raw midi";

    private static final MethodHandle CLIENT_OPEN = Linker.nativeLinker()
            .downcallHandle(
                    address("jack_client_open"),
                    FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG),
                    Linker.Option.firstVariadicArg(3));
    private static final MethodHandle CLIENT_CLOSE = handle("jack_client_close");
    private static final MethodHandle CLIENT_NAME = handle("jack_get_client_name");
    private static final MethodHandle ACTIVATE = handle("jack_activate");
    private static final MethodHandle DEACTIVATE = handle("jack_deactivate");
    private static final MethodHandle SAMPLE_RATE = handle("jack_get_sample_rate");
    private static final MethodHandle BUFFER_SIZE = handle("jack_get_buffer_size");
    private static final MethodHandle PORT_REGISTER = handle("jack_port_register");
    private static final MethodHandle PORT_UNREGISTER = handle("jack_port_unregister");
    private static final MethodHandle PORT_NAME = handle("jack_port_name");
    private static final MethodHandle PORT_BY_NAME = handle("jack_port_by_name");
    private static final MethodHandle PORT_BY_ID = handle("jack_port_by_id");
    private static final MethodHandle PORT_FLAGS = handle("jack_port_flags");
    private static final MethodHandle PORT_IS_MINE = handle("jack_port_is_mine");
    private static final MethodHandle PORT_ALIASES = handle("jack_port_get_aliases");
    private static final MethodHandle PORT_NAME_SIZE = handle("jack_port_name_size");
    private static final MethodHandle GET_PORTS = handle("jack_get_ports");
    private static final MethodHandle CONNECTIONS = handle("jack_port_get_all_connections");
    private static final MethodHandle FREE = handle("jack_free");
    private static final MethodHandle CONNECT = handle("jack_connect");
    private static final MethodHandle DISCONNECT = handle("jack_disconnect");
    private static final MethodHandle REAL_TIME_PRIORITY = handle("jack_client_real_time_priority");

    private static final MethodHandle TIME = CFunctions.leaf(address("jack_get_time"));
    private static final MethodHandle PORT_BUFFER = CFunctions.leaf(address("jack_port_get_buffer"));
    private static final MethodHandle CYCLE_TIMES = CFunctions.leaf(address("jack_get_cycle_times"));
    private static final MethodHandle TRANSPORT = CFunctions.leaf(address("jack_transport_query"));
    private static final MethodHandle EVENT_COUNT = CFunctions.leaf(address("jack_midi_get_event_count"));
    private static final MethodHandle EVENT_GET = CFunctions.leaf(address("jack_midi_event_get"));
    private static final MethodHandle CLEAR_BUFFER = CFunctions.leaf(address("jack_midi_clear_buffer"));
    private static final MethodHandle EVENT_RESERVE = CFunctions.leaf(address("jack_midi_event_reserve"));

    private Jack() {}

    private static MethodHandle handle(String name) {
        return CFunctions.handle(address(name));
    }

    private static MemorySegment address(String name) {
        return JackLibrary.require()
                .find(name)
                .orElseThrow(() -> new MidiException("jack: libjack has no " + name + "; version 0.121 or newer is "
                        + "needed. Upgrade JACK, or use --backend javasound."));
    }

    /** Calls {@code jack_set_<what>_callback}-shaped functions: (client, function, argument). */
    static void setCallback(String name, long client, MemorySegment function) {
        try {
            long unused = (long) handle(name).invokeExact(client, function.address(), 0L, 0L, 0L);
        } catch (Throwable t) {
            throw CFunctions.unexpected(t);
        }
    }

    /** Calls functions that take nothing but a function pointer and return nothing. */
    static void setGlobal(String name, MemorySegment function) {
        try {
            long unused = (long) handle(name).invokeExact(function.address(), 0L, 0L, 0L, 0L);
        } catch (Throwable t) {
            throw CFunctions.unexpected(t);
        }
    }

    /** Returns 0 and the reason in {@code status[0]} if there is no client to be had. */
    static long clientOpen(String name, int options, int[] status, String serverName) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment reason = arena.allocate(JAVA_INT);
            long server = arena.allocateFrom(serverName).address();
            long client = (long)
                    CLIENT_OPEN.invokeExact(arena.allocateFrom(name).address(), options, reason.address(), server);
            status[0] = reason.get(JAVA_INT, 0);
            return client;
        } catch (Throwable t) {
            throw CFunctions.unexpected(t);
        }
    }

    static int clientClose(long client) {
        return callInt(CLIENT_CLOSE, client);
    }

    static int activate(long client) {
        return callInt(ACTIVATE, client);
    }

    static int deactivate(long client) {
        return callInt(DEACTIVATE, client);
    }

    static int sampleRate(long client) {
        return callInt(SAMPLE_RATE, client);
    }

    static int bufferSize(long client) {
        return callInt(BUFFER_SIZE, client);
    }

    /** Of the client's callback thread; below 1 if the server does not run in real time. */
    static int realTimePriority(long client) {
        return callInt(REAL_TIME_PRIORITY, client);
    }

    static int portFlags(long port) {
        return callInt(PORT_FLAGS, port);
    }

    static String clientName(long client) {
        return RawMemory.string(callLong(CLIENT_NAME, client));
    }

    static String portName(long port) {
        return RawMemory.string(callLong(PORT_NAME, port));
    }

    @HotPath
    static long timeMicros() {
        try {
            return (long) TIME.invokeExact(0L, 0L, 0L, 0L, 0L);
        } catch (Throwable t) {
            throw CFunctions.unexpected(t);
        }
    }

    /** Returns 0 if JACK refuses. */
    static long portRegister(long client, String name, int flags) {
        try (Arena arena = Arena.ofConfined()) {
            return (long) PORT_REGISTER.invokeExact(
                    client,
                    arena.allocateFrom(name).address(),
                    arena.allocateFrom(MIDI_TYPE).address(),
                    (long) flags,
                    0L);
        } catch (Throwable t) {
            throw CFunctions.unexpected(t);
        }
    }

    static int portUnregister(long client, long port) {
        return callInt(PORT_UNREGISTER, client, port);
    }

    static boolean portIsMine(long client, long port) {
        return callInt(PORT_IS_MINE, client, port) != 0;
    }

    /** Returns 0 if there is none of that name. */
    static long portByName(long client, String name) {
        try (Arena arena = Arena.ofConfined()) {
            return (long)
                    PORT_BY_NAME.invokeExact(client, arena.allocateFrom(name).address(), 0L, 0L, 0L);
        } catch (Throwable t) {
            throw CFunctions.unexpected(t);
        }
    }

    /** The port that a callback named by its number; 0 if there is none any more. */
    static long portById(long client, long id) {
        return callLong(PORT_BY_ID, client, id);
    }

    static List<String> portAliases(long port) {
        int room = callInt(PORT_NAME_SIZE, 0L);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment names = arena.allocate(2L * room);
            MemorySegment pointers = arena.allocate(16, 8);
            pointers.set(JAVA_LONG, 0, names.address());
            pointers.set(JAVA_LONG, 8, names.address() + room);
            int count = callInt(PORT_ALIASES, port, pointers.address());
            List<String> aliases = new ArrayList<>();
            for (int i = 0; i < Math.min(count, 2); i++) {
                aliases.add(names.getString((long) i * room));
            }
            aliases.removeIf(String::isEmpty); // PipeWire counts those that are not set
            return aliases;
        }
    }

    /** Describes the port with this full name. */
    static PortInfo portInfo(String name, long port) {
        int flags = portFlags(port);
        return new PortInfo(
                name,
                portAliases(port),
                (flags & PORT_IS_OUTPUT) != 0,
                (flags & PORT_IS_INPUT) != 0,
                (flags & PORT_IS_PHYSICAL) != 0,
                (flags & PORT_IS_TERMINAL) != 0);
    }

    /** Full names of all MIDI ports, ours too. */
    static List<String> midiPorts(long client) {
        try (Arena arena = Arena.ofConfined()) {
            return takeNames((long) GET_PORTS.invokeExact(
                    client, 0L, arena.allocateFrom(MIDI_TYPE).address(), 0L, 0L));
        } catch (Throwable t) {
            throw CFunctions.unexpected(t);
        }
    }

    /** Full names of the ports that one is connected to. */
    static List<String> connections(long client, long port) {
        try {
            return takeNames((long) CONNECTIONS.invokeExact(client, port, 0L, 0L, 0L));
        } catch (Throwable t) {
            throw CFunctions.unexpected(t);
        }
    }

    /** What an array of names that libjack made holds; then frees it. */
    private static List<String> takeNames(long array) throws Throwable {
        List<String> names = new ArrayList<>();
        if (array != 0) {
            long at = array;
            for (long name = RawMemory.ALL.get(JAVA_LONG, at); name != 0; name = RawMemory.ALL.get(JAVA_LONG, at)) {
                names.add(RawMemory.string(name));
                at += 8;
            }
            long unused = (long) FREE.invokeExact(array, 0L, 0L, 0L, 0L);
        }
        return names;
    }

    /** Connects two ports, or disconnects them. */
    static int link(boolean connected, long client, String source, String destination) {
        try (Arena arena = Arena.ofConfined()) {
            long from = arena.allocateFrom(source).address();
            long to = arena.allocateFrom(destination).address();
            return (int) (long) (connected ? CONNECT : DISCONNECT).invokeExact(client, from, to, 0L, 0L);
        } catch (Throwable t) {
            throw CFunctions.unexpected(t);
        }
    }

    @HotPath
    static long portBuffer(long port, int frames) {
        try {
            return (long) PORT_BUFFER.invokeExact(port, (long) frames, 0L, 0L, 0L);
        } catch (Throwable t) {
            throw CFunctions.unexpected(t);
        }
    }

    /** Writes current frame (u32), current µs, next µs (u64) and period µs (float) to the four addresses. */
    @HotPath
    static int cycleTimes(long client, long frame, long micros, long nextMicros, long periodMicros) {
        try {
            return (int) (long) CYCLE_TIMES.invokeExact(client, frame, micros, nextMicros, periodMicros);
        } catch (Throwable t) {
            throw CFunctions.unexpected(t);
        }
    }

    /** Fills the jack_position_t at {@code position}; the state, 1 if it rolls. */
    @HotPath
    static int transport(long client, long position) {
        return callInt(TRANSPORT, client, position);
    }

    @HotPath
    static int eventCount(long buffer) {
        return callInt(EVENT_COUNT, buffer);
    }

    /** Fills the 24-byte jack_midi_event_t at {@code event}; not 0 if there is none. */
    @HotPath
    static int eventGet(long event, long buffer, int index) {
        try {
            return (int) (long) EVENT_GET.invokeExact(event, buffer, (long) index, 0L, 0L);
        } catch (Throwable t) {
            throw CFunctions.unexpected(t);
        }
    }

    @HotPath
    static void clearBuffer(long buffer) {
        try {
            long unused = (long) CLEAR_BUFFER.invokeExact(buffer, 0L, 0L, 0L, 0L);
        } catch (Throwable t) {
            throw CFunctions.unexpected(t);
        }
    }

    /** Address to write {@code size} bytes to, or 0 if there is no room or the frame is before the last event's. */
    @HotPath
    static long eventReserve(long buffer, int frame, long size) {
        try {
            return (long) EVENT_RESERVE.invokeExact(buffer, (long) frame, size, 0L, 0L);
        } catch (Throwable t) {
            throw CFunctions.unexpected(t);
        }
    }

    /** True if the library is PipeWire's. */
    static boolean isPipeWire() {
        return JackLibrary.require().find("jack_get_version_string").isPresent()
                && RawMemory.string(callLong(handle("jack_get_version_string"), 0))
                        .contains("PipeWire");
    }

    /**
     * True if another client has the name that this one believes to have. PipeWire lets that be, and others see the later
     * one under a name that it does not know itself.
     */
    static boolean sharesName(long client) {
        if (!isPipeWire()) {
            return false;
        }
        long name = callLong(CLIENT_NAME, client);
        String first = RawMemory.string(callLong(handle("jack_get_uuid_for_client_name"), client, name));
        return !first.isEmpty() && !first.equals(RawMemory.string(callLong(handle("jack_client_get_uuid"), client)));
    }

    private static int callInt(MethodHandle function, long argument) {
        return (int) CFunctions.call(function, argument, 0);
    }

    private static int callInt(MethodHandle function, long first, long second) {
        return (int) CFunctions.call(function, first, second);
    }

    private static long callLong(MethodHandle function, long argument) {
        return CFunctions.call(function, argument, 0);
    }

    private static long callLong(MethodHandle function, long first, long second) {
        return CFunctions.call(function, first, second);
    }
}
