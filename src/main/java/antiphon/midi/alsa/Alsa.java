package antiphon.midi.alsa;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import antiphon.HotPath;
import antiphon.midi.MidiException;
import antiphon.midi.library.CFunctions;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The functions of libasound that the sequencer takes, as static methods, and three of libc. Names, numbers and the layout
 * of an event: alsa-project.org/alsa-doc/alsa-lib, {@code seq_event.h} and {@code seq.h}. 64-bit Linux only.
 *
 * <p>Touch this class only after {@link AlsaLibrary#require}.
 */
final class Alsa {
    static final int TRY_AGAIN = -11;

    /** The ports are connected already. */
    static final int BUSY = -16;

    static final int NO_SPACE = -28;

    static final int CAN_READ = 1 | 1 << 5;
    static final int CAN_WRITE = 1 << 1 | 1 << 6;
    static final int NO_EXPORT = 1 << 7;
    static final int TYPE_GENERIC = 1 << 1;
    static final int TYPE_HARDWARE = 1 << 16;
    static final int TYPE_SOFTWARE = 1 << 17;
    static final int TYPE_SYNTHESIZER = 1 << 18;
    static final int TYPE_APPLICATION = 1 << 20;

    static final int SYSTEM_CLIENT = 0;
    static final int ANNOUNCE_PORT = 1;

    /** An event of a fixed length: all but system exclusive ones. */
    static final int EVENT_BYTES = 28;

    static final int FLAGS = 1;
    static final int QUEUE = 3;
    static final int SECONDS = 4;
    static final int NANOS = 8;
    static final int SOURCE_PORT = 13;
    static final int DESTINATION_CLIENT = 14;
    static final int DESTINATION_PORT = 15;
    static final int DATA = 16;

    /** Of a system exclusive event: its length at {@link #DATA}, and then, packed, the address of its bytes. */
    static final int LONG_ADDRESS = 20;

    static final int FLAG_REAL_TIME = 1;
    static final int FLAG_LONG = 1 << 2;
    static final int NO_QUEUE = 253;
    static final int SUBSCRIBERS = 254;

    static final int CLIENT_EXIT = 61;
    static final int PORT_START = 63;
    static final int PORT_EXIT = 64;
    static final int PORT_UNSUBSCRIBED = 67;
    static final int SYSTEM_EXCLUSIVE = 130;

    private static final int DUPLEX = 3;
    private static final int NON_BLOCKING = 1;
    private static final int START_QUEUE = 30;
    private static final short READABLE = 1;
    private static final int POLL_BYTES = 8;

    private static final MethodHandle INPUT = CFunctions.leaf(address("snd_seq_event_input"));
    private static final MethodHandle OUTPUT = CFunctions.leaf(address("snd_seq_event_output_direct"));
    private static final MethodHandle ENCODE = CFunctions.leaf(address("snd_midi_event_encode"));
    private static final MethodHandle DECODE = CFunctions.leaf(address("snd_midi_event_decode"));
    private static final MethodHandle RESET_ENCODE = CFunctions.leaf(address("snd_midi_event_reset_encode"));
    private static final MethodHandle POLL = CFunctions.ofLibc("poll");

    /** What is called now and then. */
    private static final Map<String, MethodHandle> COLD = new ConcurrentHashMap<>();

    private Alsa() {}

    private static MemorySegment address(String name) {
        SymbolLookup library = AlsaLibrary.require();
        return library.find(name)
                .orElseThrow(() -> new MidiException("alsa: libasound has no " + name + "; version 1.1 or newer is"
                        + " needed. Upgrade it, or use --backend javasound."));
    }

    /** Calls a function of libasound by its name, with up to four arguments. Cold threads. */
    static int call(String name, long... arguments) {
        return (int) callLong(name, arguments);
    }

    /** The same, where an address comes back. */
    static long callLong(String name, long... arguments) {
        MethodHandle function = COLD.computeIfAbsent(name, key -> CFunctions.handle(address(key)));
        return CFunctions.call(
                function, arguments[0], argument(arguments, 1), argument(arguments, 2), argument(arguments, 3));
    }

    private static long argument(long[] arguments, int index) {
        return index < arguments.length ? arguments[index] : 0;
    }

    /** The same, with a text as the second argument. */
    static int callWithText(String name, long first, String text) {
        try (Arena arena = Arena.ofConfined()) {
            return call(name, first, arena.allocateFrom(text).address());
        }
    }

    /** What a function of libasound that makes something writes to its only argument: the thing's address. */
    static long make(String name) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment place = arena.allocate(JAVA_LONG);
            int result = call(name, place.address());
            return require(name, result, place.get(JAVA_LONG, 0));
        }
    }

    /** What turns messages into events and back, with room for so many bytes. To be freed by snd_midi_event_free. */
    static long newCoder(int bytes) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment place = arena.allocate(JAVA_LONG);
            int result = call("snd_midi_event_new", bytes, place.address());
            long coder = require("snd_midi_event_new", result, place.get(JAVA_LONG, 0));
            call("snd_midi_event_init", coder);
            call("snd_midi_event_no_status", coder, 1);
            return coder;
        }
    }

    /** A client of the sequencer that never waits. To be closed by snd_seq_close. */
    static long open() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment place = arena.allocate(JAVA_LONG);
            long name = arena.allocateFrom("default").address();
            int result = call("snd_seq_open", place.address(), name, DUPLEX, NON_BLOCKING);
            return require("snd_seq_open", result, place.get(JAVA_LONG, 0));
        }
    }

    private static long require(String name, int result, long made) {
        require(name, result);
        return made;
    }

    /** @throws MidiException if the result of that function is an error */
    static int require(String name, int result) {
        if (result < 0) {
            throw new MidiException("alsa: " + name + " failed with " + result + "; 0 is expected."
                    + " Close some programs that use the sequencer (aconnect -l), or use --backend javasound.");
        }
        return result;
    }

    /** Starts a queue: its time is zero at that moment. */
    static void startQueue(long sequencer, int queue) {
        require("snd_seq_control_queue", call("snd_seq_control_queue", sequencer, queue, START_QUEUE, 0));
        call("snd_seq_drain_output", sequencer);
    }

    /**
     * Takes the next event that has come in.
     *
     * @param place where the event's address is written; it is valid until the next call
     * @return {@link #TRY_AGAIN} if there is none, {@link #NO_SPACE} if some were lost, another negative number if it
     *     failed
     */
    @HotPath
    static int input(long sequencer, long place) {
        return (int) CFunctions.call(INPUT, sequencer, place);
    }

    /**
     * Hands the event at an address to the kernel, which copies it. For events of a fixed length this is one system call and
     * nothing is shared: several threads may do it at a time.
     *
     * @return negative if the kernel did not take it
     */
    @HotPath
    static int output(long sequencer, long event) {
        return (int) CFunctions.call(OUTPUT, sequencer, event);
    }

    /** Writes an event's type and data for the message of {@code length} bytes; the bytes used, or negative. */
    @HotPath
    static int encode(long coder, long bytes, int length, long event) {
        CFunctions.call(RESET_ENCODE, coder, 0);
        return (int) CFunctions.call(ENCODE, coder, bytes, length, event);
    }

    /** Writes the messages that an event stands for; how many bytes, or negative if it stands for none. */
    @HotPath
    static int decode(long coder, long bytes, int room, long event) {
        return (int) CFunctions.call(DECODE, coder, bytes, room, event);
    }

    /** Waits until one of the files at {@code set} can be read, for so long; -1: for ever. */
    static int poll(long set, int count, int millis) {
        return (int) CFunctions.call(POLL, set, count, millis, 0);
    }

    /** What {@link #poll} waits for: a sequencer's file and another one. */
    static MemorySegment pollSet(Arena arena, long sequencer, int otherFile) {
        MemorySegment set = arena.allocate(2 * POLL_BYTES, POLL_BYTES);
        require("snd_seq_poll_descriptors", call("snd_seq_poll_descriptors", sequencer, set.address(), 1, READABLE));
        set.set(JAVA_INT, POLL_BYTES, otherFile);
        set.set(JAVA_INT, POLL_BYTES + Integer.BYTES, READABLE);
        return set;
    }
}
