package antiphon.midi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antiphon.midi.MidiBackend.OutputPort;
import antiphon.midi.MidiBackend.PortObserver;
import antiphon.midi.memory.SilentBackend;
import antiphon.music.Message;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every back end with virtual ports must do, seen by a second program: here another back end of the same kind, by
 * the real system. The class of each kind says how it is opened.
 */
@Timeout(120)
public abstract class BackendContractTest {
    private static final long MILLI = 1_000_000L;

    /** Messages that were too late to be heard would fail a test that is about something else. */
    private static final long AHEAD_NANOS = 50 * MILLI;

    private static final byte[] SYSEX = sysex();

    private MidiBackend ours = new SilentBackend();
    private MidiBackend peer = new SilentBackend();
    private final Heard heard = new Heard();

    /** Opens a back end on the system under test. */
    protected abstract MidiBackend open(String clientName);

    /** How long before it is due a message must be handed over, and a connection made, so that it is heard in time. */
    protected long aheadNanos() {
        return AHEAD_NANOS;
    }

    /** What others call a port. */
    protected String named(String client, String port) {
        return client + ":" + port;
    }

    /** What came in, in words. */
    private static final class Heard implements MidiReceiver {
        private final List<String> messages = new CopyOnWriteArrayList<>();
        private final List<Long> nanos = new CopyOnWriteArrayList<>();

        @Override
        public void receive(int message, long at) {
            nanos.add(at);
            messages.add(Integer.toHexString(message));
        }

        @Override
        public void receiveLong(byte[] bytes, int length, long at) {
            nanos.add(at);
            messages.add(Arrays.toString(Arrays.copyOf(bytes, length)));
        }
    }

    private static final class Told implements PortObserver {
        private final List<String> what = new CopyOnWriteArrayList<>();

        @Override
        public void portsChanged() {
            what.add("changed");
        }

        @Override
        public void appeared(String name) {
            what.add("appeared " + name);
        }

        @Override
        public void parted(String port) {
            what.add("parted " + port);
        }

        @Override
        public void systemLost(String reason) {
            what.add("lost");
        }
    }

    private static byte[] sysex() {
        byte[] bytes = new byte[1000];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i & 0x7F);
        }
        bytes[0] = (byte) 0xF0;
        bytes[bytes.length - 1] = (byte) 0xF7;
        return bytes;
    }

    @BeforeEach
    void openBoth() {
        heard.messages.clear();
        heard.nanos.clear();
        ours = open("antiphon");
        peer = open("peer");
    }

    @AfterEach
    void closeBoth() {
        ours.close();
        peer.close();
    }

    private static void await(BooleanSupplier condition, Heard heard) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - deadline)
                    .as("waited for 30 s; heard %d messages", heard.messages.size())
                    .isNegative();
            Thread.sleep(1);
        }
    }

    private void await(BooleanSupplier condition) throws InterruptedException {
        await(condition, heard);
    }

    private PortInfo port(String client, String name) {
        return new PortInfo(named(client, name), true, true);
    }

    /** Our output, connected to the peer's input, which writes down what it hears. */
    private OutputPort toPeer() {
        peer.openInput("in", List.of(), heard);
        peer.start();
        OutputPort output = ours.openOutput("out", List.of(port("peer", "in")));
        ours.start();
        return output;
    }

    @Test
    void shouldShowItsPortsToOthersAndNotToItself() throws InterruptedException {
        toPeer();
        await(() ->
                ours.list().stream().anyMatch(info -> info.name().equals(named("peer", "in")) && info.destination()));
        await(() ->
                peer.list().stream().anyMatch(info -> info.name().equals(named("antiphon", "out")) && info.source()));
        assertThat(ours.list()).extracting(PortInfo::name).doesNotContain(named("antiphon", "out"));
    }

    @Test
    void shouldSendEveryKindOfMessageInItsOrder() throws InterruptedException {
        OutputPort output = toPeer();
        List<Integer> sent = new ArrayList<>();
        for (int channel : new int[] {0, 9, 15}) {
            sent.addAll(List.of(
                    Message.noteOn(channel, 60, 1),
                    Message.noteOn(channel, 127, 127),
                    Message.of(0xA0 + channel, 60, 33),
                    Message.control(channel, 64, 127),
                    Message.control(channel, 1, 0),
                    Message.of(0xC0 + channel, 5, 0),
                    Message.of(0xD0 + channel, 99, 0),
                    Message.of(0xE0 + channel, 1, 127),
                    Message.noteOff(channel, 60)));
        }
        sent.addAll(List.of(
                Message.of(Message.CLOCK, 0, 0),
                Message.of(Message.START, 0, 0),
                Message.songPosition(300),
                Message.of(Message.CONTINUE, 0, 0),
                Message.of(Message.STOP, 0, 0)));
        long due = System.nanoTime() + aheadNanos();
        for (int message : sent) {
            assertThat(output.send(message, due)).isTrue();
        }
        await(() -> heard.messages.size() == sent.size());
        assertThat(heard.messages)
                .isEqualTo(sent.stream().map(Integer::toHexString).toList());
    }

    @Test
    void shouldKeepTheConnectionsOfTwoOutputsApart() throws InterruptedException {
        OutputPort first = toPeer();
        OutputPort second = ours.openOutput("out-2", List.of());
        PortInfo in = port("peer", "in");
        await(() -> ours.connections(first.fullName()).contains(in.name()));
        assertThat(ours.connections(second.fullName())).isEmpty();
        long due = System.nanoTime() + aheadNanos();
        second.send(Message.noteOn(0, 61, 1), due);
        first.send(Message.noteOn(0, 60, 1), due + AHEAD_NANOS);
        await(() -> heard.messages.size() == 1);
        assertThat(heard.messages).containsExactly(Integer.toHexString(Message.noteOn(0, 60, 1)));
        assertThat(ours.connect(second.fullName(), in)).isTrue();
        await(() -> ours.connections(second.fullName()).contains(in.name()));
        assertThat(ours.disconnect(first.fullName(), in)).isTrue();
        await(() -> ours.connections(first.fullName()).isEmpty());
        assertThat(ours.connections(second.fullName())).containsExactly(in.name());
        due = System.nanoTime() + aheadNanos();
        first.send(Message.noteOn(0, 62, 1), due);
        second.send(Message.noteOn(0, 63, 1), due + AHEAD_NANOS);
        await(() -> heard.messages.size() == 2);
        assertThat(heard.messages.getLast()).isEqualTo(Integer.toHexString(Message.noteOn(0, 63, 1)));
    }

    @Test
    void shouldSendInTheOrderOfDueTimesAndNoneTooEarly() throws InterruptedException {
        OutputPort output = toPeer();
        // All must be handed over before the first is due, on a slow machine too.
        long first = System.nanoTime() + aheadNanos() + 40 * AHEAD_NANOS;
        int count = 100;
        for (int i = 0; i < count; i++) {
            int place = i * 7 % count;
            assertThat(output.send(Message.control(0, place, 1), first + place * MILLI))
                    .isTrue();
        }
        await(() -> heard.messages.size() == count);
        for (int i = 0; i < count; i++) {
            assertThat(heard.messages.get(i)).isEqualTo(Integer.toHexString(Message.control(0, i, 1)));
            // JACK says of what another client sent in this cycle that it came a period ago; a timer may be off by 1
            // ms.
            assertThat(heard.nanos.get(i) - (first + i * MILLI))
                    .as("message %d", i)
                    .isGreaterThan(-MILLI - peer.thruNanos());
        }
    }

    @Test
    void shouldPassThroughWhatComesInSystemExclusiveMessagesToo() throws InterruptedException {
        peer.openInput("in", List.of(), heard);
        peer.start();
        MidiBackend source = open("source");
        source.openInput("in", List.of(), new Source(source.openOutput("out", List.of())));
        source.start();
        ThruReceiver thru = ThruReceiver.start(ours);
        assertThat(ours.connect("antiphon:in", port("source", "out"))).isTrue();
        assertThat(ours.connect("antiphon:out", port("peer", "in"))).isTrue();
        MidiBackend third = open("third");
        try {
            OutputPort trigger = third.openOutput("out", List.of(port("source", "in")));
            third.start();
            assertThat(trigger.send(Message.noteOff(0, 1), System.nanoTime() + aheadNanos()))
                    .isTrue();
            await(() -> heard.messages.size() == 2);
            assertThat(heard.messages)
                    .containsExactly(Arrays.toString(SYSEX), Integer.toHexString(Message.noteOn(3, 60, 64)));
            // It is counted a moment after it is passed on.
            await(() -> thru.count() == 2);
        } finally {
            // Some systems end then what it holds.
            third.close();
            source.close();
        }
    }

    /** System exclusive messages can be sent only as thru, on the receiving thread: so something must come in first. */
    private record Source(OutputPort output) implements MidiReceiver {
        @Override
        public void receive(int message, long nanos) {
            output.thruLong(SYSEX, SYSEX.length, nanos);
            output.thru(Message.noteOn(3, 60, 64), nanos);
        }
    }

    @Test
    void shouldSendAllThatIsDueSoonBeforeItCloses() throws InterruptedException {
        OutputPort output = toPeer();
        for (int i = 0; i < 50; i++) {
            assertThat(output.send(Message.noteOff(0, i), System.nanoTime() + ours.leadNanos()))
                    .isTrue();
        }
        ours.close();
        assertThat(ours.hasSentAll()).isTrue();
        await(() -> heard.messages.size() == 50);
    }

    @Test
    void shouldConnectAndDisconnectAndTellOfIt() throws InterruptedException {
        Told told = new Told();
        ours.observe(told);
        toPeer();
        await(() -> ours.connections("antiphon:out").equals(List.of(named("peer", "in"))));
        assertThat(ours.disconnect("antiphon:out", port("peer", "in"))).isTrue();
        await(() -> told.what.contains("parted antiphon:out"));
        assertThat(ours.connections("antiphon:out")).isEmpty();
        assertThat(ours.connect("antiphon:out", port("peer", "in"))).isTrue();
        await(() -> ours.connections("antiphon:out").equals(List.of(named("peer", "in"))));
        assertThat(ours.connect("antiphon:out", port("nobody", "in"))).isFalse();
    }

    @Test
    void shouldTellWhenAPeerComesAndGoes() throws InterruptedException {
        Told told = new Told();
        ours.observe(told);
        toPeer();
        MidiBackend other = open("other");
        try {
            other.openInput("in", List.of(), (message, nanos) -> {});
            other.start();
            await(() -> told.what.contains("appeared " + named("other", "in")));
            assertThat(ours.connect("antiphon:out", port("other", "in"))).isTrue();
            await(() -> ours.connections("antiphon:out").contains(named("other", "in")));
        } finally {
            other.close();
        }
        await(() -> told.what.contains("parted antiphon:out"));
        await(() -> ours.connections("antiphon:out").equals(List.of(named("peer", "in"))));
    }

    @Test
    void shouldSendToOnePeerAlone() throws InterruptedException {
        Heard second = new Heard();
        OutputPort output = toPeer();
        MidiBackend other = open("other");
        try {
            other.openInput("in", List.of(), second);
            other.start();
            assertThat(ours.connect(output.fullName(), port("other", "in"))).isTrue();
            int[] messages = {Message.noteOff(0, 60), Message.control(0, 64, 0)};
            assertThat(ours.sendOnly(port("other", "in"), messages)).isTrue();
            await(() -> second.messages.size() == 2, second);
            assertThat(heard.messages).isEmpty();
            assertThat(ours.sendOnly(port("nobody", "in"), messages)).isFalse();
        } finally {
            other.close();
        }
    }

    @Test
    void shouldRefuseToOpenAPortThatIsToBeConnectedToNobody() {
        ours.start();
        assertThatThrownBy(() -> ours.openOutput("out", List.of(port("nobody", "in"))))
                .isInstanceOf(MidiException.class)
                .hasMessage(ours.name() + ": cannot connect \"antiphon:out\" to \"" + named("nobody", "in")
                        + "\"; both must be there. Run: antiphon ports");
    }
}
