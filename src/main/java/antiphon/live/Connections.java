package antiphon.live;

import java.util.List;

/** Whom a session listens to and plays on, for people to see and to change while it plays. Cold threads, any number. */
public interface Connections {
    /** How one of our ports and one of others are connected. */
    enum State {
        NO,
        CONNECTED,
        /** The port is not there; when it comes it is connected. */
        WAITED_FOR
    }

    /**
     * A port of another program or a device.
     *
     * @param source messages can come from it
     * @param destination messages can be sent to it
     * @param there false if it has gone and is waited for
     * @param in whether we listen to it
     * @param outs by output, whether we play on it
     * @param input the number that {@link Tap.Entry#input} has for what comes from it; -1 if we do not listen to it
     */
    record Port(
            String name,
            List<String> aliases,
            boolean source,
            boolean destination,
            boolean there,
            State in,
            List<State> outs,
            int input) {
        public Port {
            outs = List.copyOf(outs);
        }

        /** Whether the first output plays on it. */
        public State out() {
            return outs.getFirst();
        }
    }

    /** Stands for the inputs where the number of an output, from 0, is asked for. */
    int INPUT = -1;

    /** Those that are there, in the system's order, then those that are waited for. */
    List<Port> ports();

    /** How often what {@link #ports} says has changed. */
    long changes();

    /** Wishes that are not fulfilled, as {@code midi.in "pattern"}. */
    List<String> missing();

    /**
     * Connects a port, which from then on is waited for when it goes, as if the settings had named it.
     *
     * @param output which output is to play on it, or {@value #INPUT} to listen to it
     * @param name one of {@link #ports}
     * @return why not, for people; empty if it is connected, or waited for
     */
    String connect(int output, String name);

    /**
     * Disconnects a port; what it held is ended. It is not connected again until somebody wants that.
     *
     * @param output see {@link #connect}
     * @return why not, for people; empty if it is not connected any more, or not waited for
     */
    String disconnect(int output, String name);
}
