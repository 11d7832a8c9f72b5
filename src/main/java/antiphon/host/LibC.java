package antiphon.host;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;

/** Functions of the C library, for cold code: each is looked up when it is called. Any thread. */
final class LibC {
    /**
     * The shape that {@code midi.jack} links all its functions with: the linker has made it already, and another would
     * cost some 30 ms.
     */
    private static final FunctionDescriptor SHAPE =
            FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);

    private LibC() {}

    /** Calls a function that returns an int; arguments that it does not have are 0. */
    static int call(String name, long first, long second, long third, long fourth) {
        try {
            Linker linker = Linker.nativeLinker();
            MethodHandle function =
                    linker.downcallHandle(linker.defaultLookup().find(name).orElseThrow(), SHAPE);
            return (int) (long) function.invokeExact(first, second, third, fourth, 0L);
        } catch (Throwable t) {
            throw new AssertionError("libc binding of " + name, t);
        }
    }
}
