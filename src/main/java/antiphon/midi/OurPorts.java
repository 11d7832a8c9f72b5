package antiphon.midi;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The ports that a back end has opened, where it alone knows which peers they are connected with. Any thread, if the lists
 * may be read by any.
 *
 * @param inputs the back end's own list, which it changes
 * @param outputs as well
 */
public record OurPorts<O extends MidiBackend.OutputPort>(List<FedInput> inputs, List<O> outputs) {
    /** What is done with the port of this full name; false if there is none. */
    public boolean with(String port, Predicate<FedInput> input, Predicate<O> output) {
        return inputs.stream().anyMatch(each -> each.fullName().equals(port) && input.test(each))
                || outputs.stream().anyMatch(each -> each.fullName().equals(port) && output.test(each));
    }

    /** The full names of those that are so. */
    public List<String> which(Predicate<FedInput> input, Predicate<O> output) {
        return Stream.concat(
                        inputs.stream().filter(input).map(FedInput::fullName),
                        outputs.stream().filter(output).map(MidiBackend.OutputPort::fullName))
                .toList();
    }
}
