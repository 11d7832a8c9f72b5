package antiphon.midi;

import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * One way to reach MIDI ports: JACK, javax.sound.midi, or memory. Opened by one thread, which also closes it.
 *
 * <p>Ports have our own short name ({@code in}, {@code out}, {@code in-2} …). Where the system has
 * {@linkplain Capability#VIRTUAL_PORTS virtual ports}, opening makes a port {@code antiphon:in} that anything can
 * connect to, already connected to the peers given; elsewhere it opens the peers themselves and needs at least one.
 */
public interface MidiBackend extends AutoCloseable {
    /** For spans that are counted in frames. */
    long NANOS_PER_SECOND = 1_000_000_000L;

    /** What a back end can do beyond sending and receiving. */
    enum Capability {
        VIRTUAL_PORTS,
        HOT_PLUG,
        /** {@link OutputPort#send} may be called ahead of time: the system sends when due. */
        SCHEDULED_OUTPUT,
        /** Input times are exact to one audio frame. */
        FRAME_TIMESTAMPS
    }

    /** The name used on the command line: {@code jack}, {@code javasound}, {@code coremidi}, {@code memory}. */
    String name();

    Set<Capability> capabilities();

    /** All ports that other programs and devices have now. */
    List<PortInfo> list();

    InputPort openInput(String name, List<PortInfo> sources, MidiReceiver receiver);

    OutputPort openOutput(String name, List<PortInfo> destinations);

    /** Starts the flow of messages. Open a port before this if it must miss no message; others may be opened later. */
    void start();

    /** Tells the observer, on a cold thread, when ports come and go and when the whole system is lost. */
    void observe(PortObserver observer);

    /**
     * How far ahead {@link OutputPort#send} must be called for a message to leave when due, in nanoseconds; 0 where
     * there is no {@link Capability#SCHEDULED_OUTPUT}. For JACK a period, read at each call, because it may change.
     */
    default long leadNanos() {
        return 0;
    }

    /** Tells of the host's transport from now on, if there is one. Before {@link #start}. */
    default void follow(Transport host) {}

    /** The audio frames of the MIDI system; {@link Frames#NONE} if it has none. Any thread. */
    default Frames frames() {
        return Frames.NONE;
    }

    /**
     * The shortest span from a message's arrival, as its {@link MidiReceiver} is told it, after which an answer to it
     * can leave with the same delay every time, in nanoseconds. 0 where there is no {@link
     * Capability#SCHEDULED_OUTPUT}: there it leaves as soon as it can. For JACK two periods, read at each call.
     */
    default long immediateNanos() {
        return 0;
    }

    /**
     * How long after a message's arrival, as its {@link MidiReceiver} is told it, {@link OutputPort#thru} lets its copy
     * leave, in nanoseconds: what is to sound together with what came in must be due so much later. A period where there
     * are frames, read at each call; otherwise 0.
     */
    default long thruNanos() {
        Frames frames = frames();
        return frames.perSecond() == 0 ? 0 : NANOS_PER_SECOND * frames.perPeriod() / frames.perSecond();
    }

    /**
     * The real-time priority of the thread that calls receivers: our own threads stay below it. Below 1 if it has
     * none, and {@link Integer#MAX_VALUE} where the system has no thread of that kind.
     */
    default int callbackPriority() {
        return Integer.MAX_VALUE;
    }

    /**
     * Connects one of our ports with one of others, as somebody could by hand. A cold thread.
     *
     * @param port our port's full name
     * @return false if that cannot be done now, or never: where there are no {@linkplain Capability#VIRTUAL_PORTS virtual
     *     ports}, a device that comes back is opened again by the back end itself
     */
    default boolean connect(String port, PortInfo peer) {
        return false;
    }

    /**
     * Ends such a connection, as somebody could by hand. A cold thread.
     *
     * @param port our port's full name
     * @return false if that cannot be done now, or never: see {@link #connect}
     */
    default boolean disconnect(String port, PortInfo peer) {
        return false;
    }

    /**
     * Sends messages to one peer and nobody else, by a port that is there only for this. Returns when they have left: a few
     * periods. A cold thread.
     *
     * @param messages packed, see {@link antiphon.music.Message}
     * @return false if the peer was not reached
     */
    default boolean sendOnly(PortInfo peer, int[] messages) {
        return false;
    }

    /**
     * The ports that one of ours is connected to now.
     *
     * @param port its full name, as {@link InputPort#fullName} gives it
     * @return full names; empty also where the back end cannot tell. A cold thread
     */
    default List<String> connections(String port) {
        return List.of();
    }

    /** The command that connects two ports, for people; empty where there is none. */
    default String howToConnect(String source, String destination) {
        return "";
    }

    /** What has gone wrong so far; all zero where the back end cannot know. Any thread. */
    default Troubles troubles() {
        return Troubles.NONE;
    }

    /**
     * Closes all ports. When this returns, every message that was sent and is due has left, unless the system hangs: see
     * {@link #hasSentAll}. Never throws.
     */
    @Override
    void close();

    /** After {@link #close}: whether what was due has left. False if the system hung or was gone. */
    default boolean hasSentAll() {
        return true;
    }

    /**
     * Counts since opening, for meters.
     *
     * @param xruns cycles that the system skipped or ran late, whoever's fault it was
     * @param callbackErrors exceptions caught on the device's thread, receivers' included
     * @param droppedInputs messages that were too long or no whole MIDI message
     * @param droppedOutputs messages that the system had no room for or refused
     */
    record Troubles(long xruns, long callbackErrors, long droppedInputs, long droppedOutputs) {
        public static final Troubles NONE = new Troubles(0, 0, 0, 0);

        /** Both together. */
        public Troubles plus(Troubles other) {
            return new Troubles(
                    xruns + other.xruns,
                    callbackErrors + other.callbackErrors,
                    droppedInputs + other.droppedInputs,
                    droppedOutputs + other.droppedOutputs);
        }
    }

    /**
     * How the system divides time.
     *
     * @param perSecond the sample rate; 0 where there are no frames
     * @param perPeriod frames of a cycle, now
     */
    record Frames(int perSecond, int perPeriod) {
        /** Of a system that knows no frames. */
        public static final Frames NONE = new Frames(0, 0);
    }

    /** A port that brings messages to its {@link MidiReceiver} until closed. */
    interface InputPort extends AutoCloseable {
        /** Full name as other programs see it, such as {@code antiphon:in}. */
        String fullName();

        /** Stops the flow. When this returns the receiver will not be called again. */
        @Override
        void close();
    }

    /** A port that messages leave by. Implementations neither allocate nor block in the send methods. */
    interface OutputPort extends AutoCloseable {
        String fullName();

        /**
         * Sends a short message when it is due; at once where the back end lacks
         * {@link Capability#SCHEDULED_OUTPUT}. Messages of one due time leave in the order sent. A note-on that waited here
         * until it was too late, by {@link antiphon.music.Lateness}, is dropped. From one thread only.
         *
         * @param message packed, see {@link antiphon.music.Message}
         * @return false if there was no room and the message was not taken
         */
        boolean send(int message, long dueNanos);

        /**
         * The same for a message that answers another at once and is due {@link #immediateNanos} after it. Where frames
         * exist it leaves in the first cycle that is possible, at the frame at which the other came in, so that all
         * answers have the same delay.
         *
         * @param causeNanos when that message came, as its {@link MidiReceiver} was told
         */
        default boolean answer(int message, long dueNanos, long causeNanos) {
            return send(message, dueNanos);
        }

        /**
         * Asks to be told how long after its cause each {@link #answer} leaves, in nanoseconds of the back end's own
         * frames, on its real-time thread. Before {@link MidiBackend#start}.
         *
         * @return false if the back end cannot tell
         */
        default boolean observeAnswers(LongConsumer delayNanos) {
            return false;
        }

        /**
         * Passes a message straight on, at the same frame where frames exist. Called only inside
         * {@link MidiReceiver#receive} of an input of the same back end, with the times given there.
         */
        boolean thru(int message, long nanos);

        /** Like {@link #thru} for a system exclusive message. */
        boolean thruLong(byte[] bytes, int length, long nanos);

        /** Messages that left after they were due by more than the back end's own resolution. Any thread. */
        long lateCount();

        /**
         * Note-ons that were sent in time by {@link antiphon.music.Lateness}, left late and were played; 0 where sending
         * is leaving. Any thread.
         */
        default long lateNotes() {
            return 0;
        }

        /** Likewise those that were dropped because they would have left too late. Any thread. */
        default long droppedLateNotes() {
            return 0;
        }

        @Override
        void close();
    }

    /** Told of the transport of the MIDI system's host, as if it sent a MIDI clock. On the real-time thread. */
    interface Transport {
        /**
         * A tick, continue, stop or song position.
         *
         * @param message packed, see {@link antiphon.music.Message#isClock}
         * @param nanos as a {@link MidiReceiver} is told of a message at the same frame
         */
        void clock(int message, long nanos);

        /** How many quarters a bar has, told before the first tick and when it changes. */
        void quartersPerBar(int quarters, long nanos);

        /**
         * Time has passed in which the MIDI system stood, and all that counts its frames: a clock's ticks as well. Told
         * before the messages after it. Only systems whose frames can stand tell it.
         *
         * @param byNanos how much later its frames come than they would have; below 0 if earlier
         */
        default void slipped(long byNanos, long nanos) {}
    }

    /** Told of changes in the MIDI system. Called on a cold thread, never the real-time one. */
    interface PortObserver {
        /**
         * Ports, connections or {@link #frames} have changed, or may have: {@link #list} and {@link #connections} tell. Called
         * again shortly afterwards, because some systems tell of a change before it can be seen.
         */
        void portsChanged();

        /** A port has come since the last call of {@link #portsChanged}, which follows; perhaps one that had been there. */
        default void appeared(String peer) {}

        /** One of our ports has lost a connection since then, even if it has it again by now. */
        default void parted(String port) {}

        /** The whole MIDI system is gone (server stopped); {@code reason} is for people. */
        void systemLost(String reason);

        /** It is back, with our ports but without their connections. {@link #portsChanged} follows. */
        default void systemBack() {}
    }
}
