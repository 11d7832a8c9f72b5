package antiphon.midi.jack;

import antiphon.midi.MidiBackend;
import antiphon.midi.PortInfo;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** A {@link JackInput} as the rest of the program sees it. Opened and closed by the thread that owns the back end. */
final class JackInPort implements MidiBackend.InputPort {
    private final String fullName;
    private final JackInput port;
    private final List<PortInfo> sources;
    private final Consumer<JackInPort> closing;

    /**
     * Makes a port that is connected to nothing.
     *
     * @param closing called when this is closed, perhaps more than once: to take it off JACK
     */
    JackInPort(String fullName, JackInput port, List<PortInfo> sources, Consumer<JackInPort> closing) {
        this.fullName = fullName;
        this.port = port;
        this.sources = sources;
        this.closing = closing;
    }

    /** The callback's part of it. */
    JackInput port() {
        return port;
    }

    /** @param connecting connects two ports by their full names */
    void connect(BiConsumer<String, String> connecting) {
        sources.forEach(source -> connecting.accept(source.name(), fullName));
    }

    @Override
    public String fullName() {
        return fullName;
    }

    @Override
    public void close() {
        closing.accept(this);
    }
}
