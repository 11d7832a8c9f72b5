package antiphon.midi.jack;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import antiphon.midi.MidiBackend.Transport;
import antiphon.midi.MidiReceiver;
import antiphon.midi.library.RawMemory;
import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;

/**
 * Runs the process callback's code before real time begins, because the first call of a method handle costs 5 to
 * 18 ms, several cycles' worth: first on made-up buffers with every kind of message, often enough for the JVM to
 * compile it, then through libjack on our own ports, which nothing is connected to yet.
 */
final class JackWarmUp implements JackMidi {
    private static final int CYCLES = 2000;
    private static final int REAL_CYCLES = 3;
    private static final int FRAMES = 128;
    private static final int SAMPLE_RATE = 48_000;
    private static final int SYSEX_BYTES = 12;

    private final long data;
    private final long scratch;
    private long micros = 1_000_000;

    private JackWarmUp(Arena arena) {
        MemorySegment message = arena.allocate(16, 8);
        message.set(JAVA_BYTE, 0, (byte) 0x90);
        message.set(JAVA_BYTE, 4, (byte) 0xF0);
        message.set(JAVA_BYTE, 4 + SYSEX_BYTES - 1, (byte) 0xF7);
        data = message.address();
        scratch = arena.allocate(64, 8).address();
    }

    /** Loads libjack's functions and does {@link #rehearse}; nothing where there is no libjack. */
    static void preload() {
        try {
            if (JackLibrary.SYMBOLS != null) {
                MethodHandles.lookup().ensureInitialized(Jack.class);
                rehearse();
            }
        } catch (IllegalAccessException | LinkageError saidByOpen) {
            // No error yet: perhaps JACK is not wanted at all.
        }
    }

    /** Runs the callback's code on buffers of ours: some 100 ms the first time in a process, few later. */
    static void rehearse() {
        try (Arena arena = Arena.ofConfined()) {
            drive(new JackWarmUp(arena), 1, 2, FRAMES, SAMPLE_RATE, CYCLES, arena);
        }
    }

    /** Does the same, and then runs it through libjack. */
    static void run(JackMidi real, long inputPort, long outputPort, int bufferFrames, int sampleRate) {
        rehearse();
        try (Arena arena = Arena.ofConfined()) {
            drive(real, inputPort, outputPort, bufferFrames, sampleRate, REAL_CYCLES, arena);
        }
    }

    /** Calls the process callback's stub the way JACK will; 0 frames means nothing to do. */
    static void call(MemorySegment stub) {
        try {
            MethodHandle call = Linker.nativeLinker().downcallHandle(stub, JackEvents.SHAPE);
            for (int i = 0; i < 100; i++) {
                long unused = (long) call.invokeExact(0L, 0L, 0L);
            }
        } catch (Throwable t) {
            throw new AssertionError("libjack binding", t);
        }
    }

    private static void drive(
            JackMidi midi, long inputPort, long outputPort, int frames, int sampleRate, int cycles, Arena arena) {
        CycleClock clock = new CycleClock();
        JackProcess process = new JackProcess(midi, clock, arena, sampleRate, System::nanoTime);
        JackOutput output = new JackOutput(outputPort, midi, clock);
        JackInput input = new JackInput(inputPort, new Through(output), clock, arena);
        process.ports(
                inputPort == 0 ? new JackInput[0] : new JackInput[] {input},
                outputPort == 0 ? new JackOutput[0] : new JackOutput[] {output});
        process.follow(new JackTransport(midi, clock, arena, sampleRate, new Nobody()));
        for (int i = 0; i < cycles; i++) {
            // None in the last cycle: nothing may be left in the port's buffer for the first real one.
            if (i < cycles - 1) {
                output.send(0x90, clock.outputNanos(i % 7) - 1_000_000L * (i % 3));
            }
            process.process(frames, 0);
        }
    }

    private record Through(JackOutput output) implements MidiReceiver {
        @Override
        public void receive(int message, long nanos) {
            output.thru(message, nanos);
        }

        @Override
        public void receiveLong(byte[] bytes, int length, long nanos) {
            output.thruLong(bytes, length, nanos);
        }
    }

    private record Nobody() implements Transport {
        @Override
        public void clock(int message, long nanos) {}

        @Override
        public void quartersPerBar(int quarters, long nanos) {}
    }

    @Override
    public long offsetNanos() {
        return 0;
    }

    @Override
    public int cycleTimes(long times) {
        RawMemory.ALL.set(JAVA_LONG, times + 8, micros);
        micros += 2667;
        RawMemory.ALL.set(JAVA_LONG, times + 16, micros);
        return 0;
    }

    /** Rolls, and jumps all the time. */
    @Override
    public int transport(long position) {
        JackTransport.write(position, micros % 100_000 / 8.0, 4, 240);
        return 1;
    }

    @Override
    public long buffer(long port, int frames) {
        return scratch;
    }

    @Override
    public int eventCount(long buffer) {
        return 3;
    }

    /** A note, a system exclusive message, and a broken one. */
    @Override
    public int eventGet(long event, long buffer, int index) {
        RawMemory.ALL.set(JAVA_INT, event, 40 * index);
        RawMemory.ALL.set(JAVA_LONG, event + 8, index == 0 ? 3 : index == 1 ? SYSEX_BYTES : 1);
        RawMemory.ALL.set(JAVA_LONG, event + 16, index == 1 ? data + 4 : data);
        return 0;
    }

    @Override
    public void clear(long buffer) {}

    @Override
    public long reserve(long buffer, int frame, long size) {
        return scratch + 16;
    }
}
