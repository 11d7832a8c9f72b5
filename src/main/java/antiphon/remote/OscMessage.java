package antiphon.remote;

import java.util.List;

/**
 * One OSC message. Immutable.
 *
 * @param address begins with a slash
 * @param arguments each an {@link Integer}, {@link Long}, {@link Float}, {@link Double}, {@link String} or {@link Boolean}
 */
record OscMessage(String address, List<Object> arguments) {
    OscMessage {
        arguments = List.copyOf(arguments);
    }

    /** A message with these arguments. */
    static OscMessage of(String address, Object... arguments) {
        return new OscMessage(address, List.of(arguments));
    }
}
