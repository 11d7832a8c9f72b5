package antiphon.midi;

import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.Locale;

/** Opens back ends by the names of the command line. */
public final class Backends {
    /** What {@link #open} knows, in the order people should read it. */
    public static final List<String> NAMES = List.of("auto", "jack", "coremidi", "javasound", "none");

    private Backends() {}

    /**
     * Begins, on a thread of its own, to load what {@link #open} will need: the start need not wait for it. Never
     * fails; {@code open} says what is missing.
     */
    public static void preload() {
        Thread.ofPlatform().daemon().name("antiphon-preload").start(() -> {
            try {
                if (JackLibrary.SYMBOLS != null) {
                    MethodHandles.lookup().ensureInitialized(Jack.class);
                    JackWarmUp.rehearse();
                }
            } catch (IllegalAccessException | LinkageError saidByOpen) {
                // Nobody may want JACK.
            }
        });
    }

    /**
     * Opens a back end. {@code auto} takes JACK if a server answers, else CoreMIDI on a Mac, else javasound.
     *
     * @param name one of {@link #NAMES}
     * @param clientName what we are called where clients have names; JACK changes it if it is taken
     * @throws MidiException if there is no such back end, or it cannot run here
     */
    public static MidiBackend open(String name, String clientName) {
        return switch (name) {
            case "auto" -> openAny(clientName);
            case "jack" -> JackBackend.open(clientName, false, "");
            case "coremidi" -> CoreMidiBackend.open();
            case "javasound" -> new JavaSoundBackend();
            case "none" -> new SilentBackend();
            default ->
                throw new MidiException("midi.backend = \"" + name + "\"; allowed: " + String.join(", ", NAMES)
                        + ". Choose one of these.");
        };
    }

    private static MidiBackend openAny(String clientName) {
        try {
            return JackBackend.open(clientName, false, "");
        } catch (MidiException noJack) {
            // The next best, then: auto means whatever there is.
            return isMac() ? CoreMidiBackend.open() : new JavaSoundBackend();
        }
    }

    static boolean isMac() {
        return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("mac");
    }
}
