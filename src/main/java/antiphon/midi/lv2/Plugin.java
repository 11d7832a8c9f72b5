package antiphon.midi.lv2;

import antiphon.HotPath;
import antiphon.midi.FedInput;
import antiphon.midi.Heard;
import antiphon.midi.Members;
import antiphon.midi.MidiBackend.OutputPort;
import antiphon.midi.MidiBackend.Transport;
import antiphon.midi.PortInfo;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One plugin instance, as a port that is listened to and played on. It listens to one program at a time: its owner, who
 * shows by a heartbeat that it lives. Connections are made by callers that take turns.
 */
final class Plugin implements Heard {
    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private static final long NOBODY = 0;

    final String id;
    final PortInfo info;
    final FromPlugin from;
    final ToPlugin to;
    private final SharedFile file;
    private final Members<FedInput> inputs = new Members<>(new FedInput[0]);
    private final Members<OutputPort> outputs = new Members<>(new OutputPort[0]);
    private volatile long owner = NOBODY;

    /** The epoch of the plugin that we read in; the reading thread's, once it has this plugin. */
    private long epoch;

    Plugin(String id, SharedFile file) {
        this.id = id;
        this.file = file;
        info = new PortInfo(file.host() + " " + id, List.of(id), true, true);
        from = new FromPlugin(file);
        to = new ToPlugin(file);
    }

    /** False if its host has ended or removed it. */
    boolean isThere() {
        return file.isLocked();
    }

    /** True if no other program that lives plays with it. */
    boolean isFree(long nowNanos) {
        long now = file.number(Layout.OWNER);
        return now == NOBODY || now == owner || nowNanos - file.number(Layout.HEARTBEAT) > 4 * Layout.ALIVE_NANOS;
    }

    /** Makes it ours; false if another program has it. */
    boolean attach(long nowNanos) {
        if (owner != NOBODY) {
            return true;
        }
        long now = file.number(Layout.OWNER);
        long wanted = ProcessHandle.current().pid() << 32 | Integer.toUnsignedLong(NUMBERS.incrementAndGet());
        if (!isFree(nowNanos) || !isThere() || !file.replace(Layout.OWNER, now, wanted)) {
            return false;
        }
        file.number(Layout.HEARTBEAT, nowNanos);
        epoch = 0;
        owner = wanted;
        return true;
    }

    /** It is not ours any more: it ends what we have begun there. */
    void detach() {
        long ours = owner;
        owner = NOBODY;
        file.replace(Layout.OWNER, ours, NOBODY);
    }

    void close() {
        detach();
        file.close();
    }

    /** True if it is ours and listens to us: its host runs it. */
    @HotPath
    boolean isOpen() {
        long ours = owner;
        return ours != NOBODY && file.number(Layout.ACCEPTED) == ours;
    }

    boolean isAttached() {
        return owner != NOBODY;
    }

    /** Shows that we live. The reading thread. */
    @HotPath
    void beat(long nowNanos) {
        if (owner != NOBODY) {
            file.number(Layout.HEARTBEAT, nowNanos);
        }
    }

    /**
     * Looks whether it has begun anew to listen to us: then it has ended what we had begun. The reading thread.
     *
     * @return true if it had listened to us before
     */
    @HotPath
    boolean beginsAnew(@Nullable Transport host) {
        long now = file.number(Layout.EPOCH);
        if (now == epoch || !isOpen()) {
            return false;
        }
        boolean before = epoch != 0;
        epoch = now;
        from.begin(host);
        return before;
    }

    /** For the futex. */
    SharedFile file() {
        return file;
    }

    /** Nanoseconds of the longest cycle lately. */
    @HotPath
    long periodNanos() {
        return frames() * 1_000_000_000L / rate();
    }

    @HotPath
    int rate() {
        return Math.max(1, file.integer(Layout.RATE));
    }

    @HotPath
    int frames() {
        return file.integer(Layout.PERIOD);
    }

    /** True if it copies what comes in to its output by itself. */
    @HotPath
    boolean passes() {
        return (file.integer(Layout.STATE) & Layout.PASSES) != 0;
    }

    /** Messages that did not come through, or were none. */
    long droppedInputs() {
        return file.number(Layout.DROPPED_INPUTS) + from.dropped();
    }

    /** Messages that it could not play. */
    long droppedOutputs() {
        return file.number(Layout.DROPPED_OUTPUTS);
    }

    /** One of the counters of the layout. */
    long count(long counter) {
        return file.number(counter);
    }

    void connect(FedInput input) {
        inputs.add(input);
    }

    void disconnect(FedInput input) {
        inputs.remove(input);
    }

    boolean isConnected(FedInput input) {
        return inputs.contains(input);
    }

    void connect(OutputPort output) {
        outputs.add(output);
    }

    void disconnect(OutputPort output) {
        outputs.remove(output);
    }

    boolean isConnected(OutputPort output) {
        return outputs.contains(output);
    }

    boolean isUsed() {
        return inputs.all().length + outputs.all().length > 0;
    }

    @Override
    @HotPath
    public void message(int message, long nanos) {
        for (FedInput input : inputs.all()) {
            input.message(message, nanos);
        }
    }

    @Override
    @HotPath
    public void sysex(byte[] bytes, int length, long nanos) {
        for (FedInput input : inputs.all()) {
            input.sysex(bytes, length, nanos);
        }
    }
}
