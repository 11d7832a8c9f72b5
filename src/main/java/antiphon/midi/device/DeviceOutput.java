package antiphon.midi.device;

import antiphon.HotPath;
import antiphon.midi.MidiBackend;
import antiphon.midi.MidiException;
import antiphon.midi.PortInfo;
import antiphon.music.Message;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import javax.sound.midi.InvalidMidiDataException;
import javax.sound.midi.MidiDevice;
import javax.sound.midi.MidiMessage;
import javax.sound.midi.MidiUnavailableException;
import javax.sound.midi.Receiver;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.SysexMessage;
import org.jspecify.annotations.Nullable;

/**
 * A port of ours that plays one or more devices, at once whatever the due time.
 *
 * <p>Checks every message: a stray 0xF7 or a broken system exclusive message has crashed or scrambled devices on
 * several JDKs. What is sent to a device that has gone is lost; the other
 * devices still get it.
 */
final class DeviceOutput implements MidiBackend.OutputPort {
    /** The JDK's own resolution: its Linux driver sleeps this long between two polls. */
    private static final long RESOLUTION_NANOS = 1_000_000;

    private final String name;
    private final Consumer<DeviceOutput> closing;
    private final Peer[] peers;
    private final AtomicLong late = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();

    /** Filled anew for every message of the sender thread. */
    private final ShortMessage sent = new ShortMessage();

    /** The same for thru, which is called for one input at a time. */
    private final ShortMessage passed = new ShortMessage();

    private volatile boolean closed;

    DeviceOutput(String name, List<PortInfo> destinations, Consumer<DeviceOutput> closing) {
        this.name = name;
        this.closing = closing;
        List<Peer> each = new ArrayList<>();
        destinations.forEach(destination -> each.add(new Peer(destination.name())));
        peers = each.toArray(Peer[]::new);
    }

    void reopen(List<DeviceSource.Named> devices) {
        for (Peer peer : peers) {
            peer.follow(devices);
        }
    }

    /** Sends to one device alone; false if it is not open or does not take the message. A cold thread. */
    boolean sendTo(String device, int message) {
        try {
            ShortMessage own =
                    new ShortMessage(Message.status(message), Message.data1(message), Message.data2(message));
            return Arrays.stream(peers).anyMatch(peer -> peer.name().equals(device) && peer.send(own));
        } catch (InvalidMidiDataException notWhole) {
            return false;
        }
    }

    /** The names of the devices that are open. */
    List<String> open() {
        return Arrays.stream(peers)
                .filter(DevicePeer::isOpen)
                .map(DevicePeer::name)
                .toList();
    }

    void requireAll() {
        try {
            for (Peer peer : peers) {
                peer.require("midi.out");
            }
        } catch (MidiException e) {
            close();
            throw e;
        }
    }

    long dropped() {
        return dropped.get();
    }

    @Override
    public String fullName() {
        return name;
    }

    @Override
    @HotPath
    public boolean send(int message, long dueNanos) {
        if (System.nanoTime() - dueNanos > RESOLUTION_NANOS) {
            late.incrementAndGet();
        }
        return sendShort(sent, message);
    }

    @Override
    @HotPath
    public boolean thru(int message, long nanos) {
        return sendShort(passed, message);
    }

    private boolean sendShort(ShortMessage carrier, int message) {
        if (!isWhole(message)) {
            dropped.incrementAndGet();
            return false;
        }
        try {
            carrier.setMessage(Message.status(message), Message.data1(message), Message.data2(message));
        } catch (InvalidMidiDataException e) {
            dropped.incrementAndGet();
            return false;
        }
        return sendToAll(carrier);
    }

    /** Not 0xF4, 0xF5 or 0xF9, 0xFD, which nobody has defined, nor the two ends of a system exclusive message. */
    private static boolean isWhole(int message) {
        int status = Message.status(message);
        boolean undefined = status == 0xF4 || status == 0xF5 || status == 0xF9 || status == 0xFD;
        return status >= 0x80
                && status != 0xF0
                && status != 0xF7
                && !undefined
                && Message.data1(message) < 0x80
                && Message.data2(message) < 0x80;
    }

    /** Allocates: javax.sound.midi cannot send one otherwise. */
    @Override
    public boolean thruLong(byte[] bytes, int length, long nanos) {
        if (!isSysex(bytes, length)) {
            dropped.incrementAndGet();
            return false;
        }
        try {
            byte[] own = new byte[length];
            System.arraycopy(bytes, 0, own, 0, length);
            return sendToAll(new SysexMessage(own, length));
        } catch (InvalidMidiDataException e) {
            dropped.incrementAndGet();
            return false;
        }
    }

    private static boolean isSysex(byte[] bytes, int length) {
        if (length < 2 || (bytes[0] & 0xFF) != 0xF0 || (bytes[length - 1] & 0xFF) != 0xF7) {
            return false;
        }
        for (int i = 1; i < length - 1; i++) {
            if (bytes[i] < 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * True while we are open, even if a device did not take the message: if the sender tried again for that device, the
     * others would have to wait.
     */
    private boolean sendToAll(MidiMessage message) {
        boolean open = !closed;
        boolean all = open;
        for (Peer peer : peers) {
            all &= peer.send(message);
        }
        if (!all) {
            dropped.incrementAndGet();
        }
        return open;
    }

    @Override
    public long lateCount() {
        return late.get();
    }

    @Override
    public void close() {
        closed = true;
        closing.accept(this);
        for (Peer peer : peers) {
            peer.release();
        }
    }

    private static final class Peer extends DevicePeer {
        private volatile @Nullable Receiver receiver;

        Peer(String name) {
            super(name);
        }

        @Override
        boolean isWanted(DeviceSource.Named candidate) {
            return candidate.isDestination();
        }

        @Override
        void attach(MidiDevice opened) throws MidiUnavailableException {
            receiver = opened.getReceiver();
        }

        @Override
        void detach() {
            Receiver to = receiver;
            receiver = null;
            if (to != null) {
                to.close();
            }
        }

        boolean send(MidiMessage message) {
            Receiver to = receiver;
            if (to == null) {
                return false;
            }
            try {
                to.send(message, -1);
                return true;
            } catch (IllegalStateException justClosed) {
                return false;
            }
        }
    }
}
