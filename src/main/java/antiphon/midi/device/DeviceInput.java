package antiphon.midi.device;

import antiphon.midi.MidiBackend;
import antiphon.midi.MidiException;
import antiphon.midi.MidiReceiver;
import antiphon.midi.PortInfo;
import antiphon.midi.SysexAssembler;
import antiphon.music.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import javax.sound.midi.MidiDevice;
import javax.sound.midi.MidiMessage;
import javax.sound.midi.MidiUnavailableException;
import javax.sound.midi.Receiver;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.Transmitter;
import org.jspecify.annotations.Nullable;

/** A port of ours that hears one or more devices, each on a thread of its own. */
final class DeviceInput implements MidiBackend.InputPort {
    private final String name;
    private final MidiReceiver receiver;
    private final Consumer<DeviceInput> closing;
    private final List<Peer> peers = new ArrayList<>();
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicLong receiverErrors = new AtomicLong();
    private volatile boolean closed;

    DeviceInput(String name, List<PortInfo> sources, MidiReceiver receiver, Consumer<DeviceInput> closing) {
        this.name = name;
        this.receiver = receiver;
        this.closing = closing;
        sources.forEach(source -> peers.add(new Peer(source.name())));
    }

    void reopen(List<DeviceSource.Named> devices) {
        peers.forEach(peer -> peer.follow(devices));
    }

    /** The names of the devices that are open. */
    List<String> open() {
        return peers.stream().filter(DevicePeer::isOpen).map(DevicePeer::name).toList();
    }

    void requireAll() {
        try {
            peers.forEach(peer -> peer.require("midi.in"));
        } catch (MidiException e) {
            close();
            throw e;
        }
    }

    long dropped() {
        return dropped.get();
    }

    long receiverErrors() {
        return receiverErrors.get();
    }

    @Override
    public String fullName() {
        return name;
    }

    @Override
    public void close() {
        closed = true;
        closing.accept(this);
        peers.forEach(DevicePeer::release);
    }

    private final class Peer extends DevicePeer implements Receiver {
        private final SysexAssembler sysex = new SysexAssembler(MidiReceiver.MAX_LONG_BYTES);
        private volatile @Nullable Transmitter transmitter;

        Peer(String name) {
            super(name);
        }

        @Override
        boolean isWanted(DeviceSource.Named candidate) {
            return candidate.isSource();
        }

        @Override
        void attach(MidiDevice opened) throws MidiUnavailableException {
            Transmitter from = opened.getTransmitter();
            from.setReceiver(this);
            transmitter = from;
        }

        @Override
        void detach() {
            Transmitter from = transmitter;
            transmitter = null;
            if (from != null) {
                from.close();
            }
        }

        /** Reads the clock instead of the device's time stamps, because their zero differs between systems. */
        @Override
        public void send(MidiMessage message, long timeStamp) {
            if (closed) {
                return;
            }
            long nanos = System.nanoTime();
            try {
                if (message instanceof ShortMessage note && note.getStatus() != 0xF7) {
                    breakOffSysex(note.getStatus());
                    receiver.receive(Message.of(note.getStatus(), note.getData1(), note.getData2()), nanos);
                } else {
                    pieceOfSysex(message, nanos);
                }
            } catch (RuntimeException e) {
                // An exception would end the JDK's reader thread, and the device would be silent.
                receiverErrors.incrementAndGet();
            }
        }

        /** The device closes what it sends to; there is nothing of ours to close. */
        @Override
        public void close() {}

        private void breakOffSysex(int status) {
            if (!SysexAssembler.isRealTime(status) && sysex.breakOff()) {
                dropped.incrementAndGet();
            }
        }

        private void pieceOfSysex(MidiMessage message, long nanos) {
            if (message.getStatus() == 0xF0) {
                breakOffSysex(0xF0);
            }
            switch (sysex.add(message.getMessage(), message.getLength())) {
                case WHOLE -> receiver.receiveLong(sysex.bytes(), sysex.length(), nanos);
                case REFUSED -> dropped.incrementAndGet();
                case MORE -> {}
            }
        }
    }
}
