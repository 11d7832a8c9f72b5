package antiphon.midi.jack;

import java.util.function.Consumer;

/**
 * The first thing that runs on JACK's real-time thread, before its first cycle. The JVM makes the thread known to
 * itself in this call, and the thread gets its name; both may take their time here.
 *
 * @param systemName gives the calling thread this name for the system's tools. Java does so only for threads that it
 *     has started itself
 */
record JackThread(Consumer<String> systemName) {
    private static final String NAME = "antiphon-jack";

    /** JACK's thread-init callback, in the shape of {@link JackEvents#stub}. */
    long begins(long user, long none, long nothing) {
        Thread.currentThread().setName(NAME);
        systemName.accept(NAME);
        return 0;
    }
}
