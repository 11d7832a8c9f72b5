package antiphon.remote;

import antiphon.config.LiveSettings;
import antiphon.config.Setting;
import antiphon.improv.Control;
import antiphon.live.Keyboard;
import antiphon.live.Tap;
import antiphon.music.Message;
import antiphon.status.StatusServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * OSC over UDP: settings, presets, actions and notes come in, and what changes goes out. Two cold threads: one waits for
 * packets, one looks at the tap if anything is to be sent. What is no OSC, or too much, is dropped and counted.
 */
public final class Osc implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Osc.class);
    private static final int MAX_VALUE = 127;
    private static final int MAX_A_SECOND = 1_000;
    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final String DO = OscAddresses.ROOT + "do/";
    private static final Set<String> ACTIONS = Set.of("panic", "answer", "again", "veto", "forget", "tap");
    private static final Pattern CONTROL_CHARACTERS = Pattern.compile("\\p{Cntrl}");

    private final DatagramChannel channel;
    private final StatusServer.Orders orders;
    private final Keyboard keyboard;
    private final List<InetSocketAddress> receivers;
    private final LongSupplier nanoClock;
    private final OscAddresses addresses = new OscAddresses();
    private final TapThread teller;
    private final boolean[] held = new boolean[MAX_VALUE + 1];
    private boolean pedal;
    private int state = -1;
    private long secondNanos;
    private int thisSecond;
    private volatile long dropped;

    private Osc(
            DatagramChannel channel,
            Tap tap,
            StatusServer.Orders orders,
            Keyboard keyboard,
            List<InetSocketAddress> receivers,
            LongSupplier nanoClock) {
        this.channel = channel;
        this.nanoClock = nanoClock;
        this.orders = orders;
        this.keyboard = keyboard;
        this.receivers = List.copyOf(receivers);
        teller = new TapThread("antiphon-osc-out", tap, this::tell, () -> {}, () -> !receivers.isEmpty());
    }

    /**
     * Begins to listen, and to tell.
     *
     * @param address to listen on
     * @param receivers who is told what changes; may be none
     * @throws IOException if the address cannot be listened to
     */
    public static Osc open(
            InetSocketAddress address,
            List<InetSocketAddress> receivers,
            Tap tap,
            StatusServer.Orders orders,
            Keyboard keyboard)
            throws IOException {
        return open(address, receivers, tap, orders, keyboard, System::nanoTime);
    }

    /** @param nanoClock by which messages are too many */
    static Osc open(
            InetSocketAddress address,
            List<InetSocketAddress> receivers,
            Tap tap,
            StatusServer.Orders orders,
            Keyboard keyboard,
            LongSupplier nanoClock)
            throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        try {
            channel.bind(address);
        } catch (IOException | RuntimeException failure) {
            channel.close();
            throw failure;
        }
        Osc osc = new Osc(channel, tap, orders, keyboard, receivers, nanoClock);
        osc.teller.start();
        Thread.ofPlatform().daemon().name("antiphon-osc-in").start(osc::listen);
        return osc;
    }

    /** The port that is listened on. */
    public int port() {
        return channel.socket().getLocalPort();
    }

    /** How many packets were no OSC, unknown or too many. Any thread. */
    public long dropped() {
        return dropped;
    }

    private void listen() {
        // One more than allowed, to see what is too long.
        ByteBuffer packet = ByteBuffer.allocate(OscCodec.MAX_BYTES + 1);
        while (channel.isOpen()) {
            try {
                packet.clear();
                SocketAddress from = channel.receive(packet);
                if (from != null) {
                    take(packet.flip());
                }
            } catch (ClosedChannelException closed) {
                return;
            } catch (IOException | RuntimeException failure) {
                drop(failure.toString());
            }
        }
    }

    private void take(ByteBuffer packet) {
        try {
            for (OscMessage message : OscCodec.read(packet)) {
                if (isTooMany()) {
                    drop("more than " + MAX_A_SECOND + " messages a second");
                    return;
                }
                carryOut(message);
            }
        } catch (OscException wrong) {
            drop(String.valueOf(wrong.getMessage()));
        }
    }

    private boolean isTooMany() {
        long now = nanoClock.getAsLong();
        if (now - secondNanos > SECOND_NANOS) {
            secondNanos = now;
            thisSecond = 0;
        }
        thisSecond++;
        return thisSecond > MAX_A_SECOND;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // The listening thread alone writes it.
    private void drop(String why) {
        dropped = dropped + 1;
        // Whoever sends nonsense must not fill the log.
        if (dropped == 1) {
            LOG.warn("osc: a packet was dropped: {}. Further ones are only counted.", why);
        }
    }

    private void carryOut(OscMessage message) {
        String address = message.address();
        List<Object> arguments = message.arguments();
        if (address.startsWith(DO) && ACTIONS.contains(address.substring(DO.length()))) {
            if (OscAddresses.isPressed(arguments)) {
                order(address.substring(DO.length()));
            }
        } else if (address.equals(OscAddresses.ROOT + "note") && arguments.size() == 2) {
            play(number(arguments.get(0)), number(arguments.get(1)));
        } else if (address.equals(OscAddresses.ROOT + "pedal") && arguments.size() == 1) {
            press(number(arguments.getFirst()) > 0);
        } else if (address.equals(OscAddresses.ROOT + "preset") && arguments.size() == 1) {
            order("preset " + arguments.getFirst());
        } else {
            addresses
                    .setting(address)
                    .ifPresentOrElse(setting -> set(setting, arguments), () -> drop("no such address"));
        }
    }

    /** Without an argument it is a question. */
    private void set(Setting<?> setting, List<Object> arguments) {
        if (arguments.isEmpty()) {
            String value = orders.carryOut("get " + setting.id());
            send(OscMessage.of(OscAddresses.of(setting), OscAddresses.argument(setting, value)));
        } else {
            order("set " + setting.id() + " " + OscAddresses.text(setting, arguments.getFirst()));
        }
    }

    private void order(String order) {
        String answer = order.length() > OscCodec.MAX_BYTES
                        || CONTROL_CHARACTERS.matcher(order).find()
                ? StatusServer.Orders.REFUSED + "not one line"
                : orders.carryOut(order);
        if (StatusServer.Orders.isRefusal(answer)) {
            drop(StatusServer.Orders.reason(answer));
            send(OscMessage.of(OscAddresses.ROOT + "error", StatusServer.Orders.reason(answer)));
        }
    }

    /** −1 if it is none from 0 to 127. */
    private static int number(Object argument) {
        int value = argument instanceof Number number ? (int) Math.round(number.doubleValue()) : -1;
        return value > MAX_VALUE ? -1 : value;
    }

    private void play(int pitch, int velocity) {
        if (pitch < 0 || velocity < 0) {
            drop("a note needs a pitch and a velocity from 0 to 127");
            return;
        }
        if (held[pitch]) {
            held[pitch] = false;
            keyboard.play(Message.noteOff(0, pitch));
        }
        if (velocity > 0) {
            held[pitch] = true;
            keyboard.play(Message.noteOn(0, pitch, velocity));
        }
    }

    private void press(boolean down) {
        if (down != pedal) {
            pedal = down;
            keyboard.play(Message.control(0, Message.SUSTAIN_PEDAL, down ? MAX_VALUE : 0));
        }
    }

    private void tell(Tap.Entry entry) {
        switch (entry.what()) {
            case Tap.HEARD -> note("human", entry.message());
            case Tap.SENT -> note("answer", entry.message());
            case Tap.CONTROL ->
                LiveSettings.setting(Control.of(entry.message())).ifPresent(setting -> {
                    String text = LiveSettings.text(setting, entry.value());
                    send(OscMessage.of(OscAddresses.of(setting), OscAddresses.argument(setting, text)));
                });
            case Tap.STATE -> {
                if (entry.message() != state) {
                    state = entry.message();
                    String turn = Tap.Turn.of(state).name().toLowerCase(Locale.ROOT);
                    send(OscMessage.of(OscAddresses.ROOT + "state", turn));
                }
            }
            default -> {
                // Nothing that is told.
            }
        }
    }

    private void note(String who, int message) {
        if (Message.isNoteOn(message) || Message.isNoteOff(message)) {
            int velocity = Message.isNoteOn(message) ? Message.data2(message) : 0;
            send(OscMessage.of(OscAddresses.ROOT + who + "/note", Message.data1(message), velocity));
        }
    }

    private void send(OscMessage message) {
        byte[] bytes = OscCodec.write(message);
        for (InetSocketAddress receiver : receivers) {
            try {
                channel.send(ByteBuffer.wrap(bytes), receiver);
            } catch (IOException gone) {
                // Nobody listens there now.
                LOG.debug("osc: {}", gone.toString());
            }
        }
    }

    /** Ends what its keys hold, and closes the socket. */
    @Override
    public void close() {
        teller.stop();
        try {
            channel.close();
        } catch (IOException failure) {
            LOG.debug("osc: {}", failure.toString());
        }
        for (int pitch = 0; pitch <= MAX_VALUE; pitch++) {
            play(pitch, 0);
        }
        press(false);
    }
}
