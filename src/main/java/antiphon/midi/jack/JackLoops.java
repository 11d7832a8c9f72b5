package antiphon.midi.jack;

import antiphon.midi.MidiBackend.PortObserver;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Finds out which of our inputs hear a program that hears us: a DAW that sends its clock and records our answers. In such
 * a loop JACK hands over one of the connections a period late; which one depends on what was connected first, and cannot
 * be asked. Either way what we play to its clock would come back to it a period late. JACK's watch thread.
 */
final class JackLoops implements PortObserver {
    private final List<JackInPort> inputs;
    private final List<JackOutPort> outputs;
    private final Function<String, List<String>> connections;

    /**
     * @param inputs those that are open; may change
     * @param outputs those that are open; may change
     * @param connections the full names of the ports that the port of this full name is connected to
     */
    JackLoops(List<JackInPort> inputs, List<JackOutPort> outputs, Function<String, List<String>> connections) {
        this.inputs = inputs;
        this.outputs = outputs;
        this.connections = connections;
    }

    @Override
    public void portsChanged() {
        Set<String> listeners = outputs.stream()
                .flatMap(output -> connections.apply(output.fullName()).stream())
                .map(JackLoops::client)
                .collect(Collectors.toSet());
        for (JackInPort input : inputs) {
            String ours = client(input.fullName());
            boolean looped = connections.apply(input.fullName()).stream()
                    .map(JackLoops::client)
                    .anyMatch(client -> listeners.contains(client) && !client.equals(ours));
            input.port().inLoop(looped);
        }
    }

    @Override
    public void systemLost(String reason) {}

    private static String client(String port) {
        int colon = port.indexOf(':');
        return colon < 0 ? port : port.substring(0, colon);
    }
}
