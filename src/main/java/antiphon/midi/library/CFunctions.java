package antiphon.midi.library;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import antiphon.HotPath;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * Functions of a C library in one shape: five longs, and a long comes back. Each new shape costs the linker some 30 ms
 * of the start. This is right on every 64-bit system that we link a library on: arguments that a function does not have
 * lie in registers that it does not read, narrower ones are read from the lower half, and what is returned is cut to its
 * type by the caller. Not for functions with a variable number of arguments.
 *
 * <p>Pointers are plain longs: a {@link MemorySegment} per call would be garbage in a real-time thread. Any thread.
 */
public final class CFunctions {
    /** Of every function. */
    public static final FunctionDescriptor SHAPE =
            FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);

    /** For leaf calls of a few microseconds at most: they skip the JVM's change of the thread's state. */
    private static final Linker.Option LEAF = Linker.Option.critical(false);

    private CFunctions() {}

    /** A function that may take its time. */
    public static MethodHandle handle(MemorySegment address) {
        return Linker.nativeLinker().downcallHandle(address, SHAPE);
    }

    /** A function that neither blocks nor calls back: while it runs the JVM waits for it. */
    public static MethodHandle leaf(MemorySegment address) {
        return Linker.nativeLinker().downcallHandle(address, SHAPE, LEAF);
    }

    /** A function of the C library that may take its time. */
    public static MethodHandle ofLibc(String name) {
        return handle(Linker.nativeLinker().defaultLookup().find(name).orElseThrow());
    }

    /** Calls a function with two arguments. */
    @HotPath
    public static long call(MethodHandle function, long first, long second) {
        return call(function, first, second, 0, 0);
    }

    /** Calls a function with four arguments. */
    @HotPath
    public static long call(MethodHandle function, long first, long second, long third, long fourth) {
        return call(function, first, second, third, fourth, 0);
    }

    /** Calls a function with five arguments. */
    @HotPath
    public static long call(MethodHandle function, long first, long second, long third, long fourth, long fifth) {
        try {
            return (long) function.invokeExact(first, second, third, fourth, fifth);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    /** invokeExact declares Throwable, but a C function throws nothing: only a wrong binding gets here. */
    public static AssertionError unexpected(Throwable t) {
        return new AssertionError("binding of a C function", t);
    }
}
