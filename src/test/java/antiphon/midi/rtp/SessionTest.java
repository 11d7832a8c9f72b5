package antiphon.midi.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antiphon.midi.MidiException;
import antiphon.midi.PortInfo;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The session's protocol, packet by packet, with whoever sends what he likes. */
@Timeout(60)
class SessionTest {
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();
    private static final String INVITATION = "ffff494e" + "00000002";
    private static final String ACCEPTED = "ffff4f4b" + "00000002";
    private static final String REFUSED = "ffff4e4f" + "00000002";

    private static final int MAX_TRIES = 20;

    private RtpBackend ours;
    private DatagramSocket socket;
    private final List<DatagramSocket> sockets = new ArrayList<>();
    private final List<Integer> heard = new ArrayList<>();

    @BeforeEach
    void open() throws IOException {
        RtpOptions options = new RtpOptions(
                HERE, 0, List.of(), List.of(), true, true, false, Duration.ofSeconds(15), Duration.ofSeconds(60));
        ours = RtpBackend.open("antiphon", options, priority -> false);
        ours.openInput("in", List.of(), (message, nanos) -> heard.add(message));
        ours.start();
        socket = newSocket();
    }

    private DatagramSocket newSocket() throws IOException {
        DatagramSocket made = new DatagramSocket(0, HERE);
        made.setSoTimeout(1000);
        sockets.add(made);
        return made;
    }

    @AfterEach
    void close() {
        ours.close();
        sockets.forEach(DatagramSocket::close);
    }

    private void send(int port, String hex) throws IOException {
        byte[] bytes = HexFormat.of().parseHex(hex);
        socket.send(new DatagramPacket(bytes, bytes.length, HERE, port));
    }

    private String receive() throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[2000], 2000);
        socket.receive(packet);
        return HexFormat.of().formatHex(Arrays.copyOf(packet.getData(), packet.getLength()));
    }

    private String ask(int port, String hex) throws IOException {
        for (int tries = 0; tries < MAX_TRIES; tries++) {
            send(port, hex);
            try {
                return receive();
            } catch (SocketTimeoutException lost) {
                // The system may have had no room for one of them.
            }
        }
        throw new AssertionError("no answer to " + hex);
    }

    private static String name(String name) {
        return HexFormat.of().formatHex(name.getBytes(StandardCharsets.UTF_8)) + "00";
    }

    /** From a port of its own. */
    private void join(String ssrc, String name) throws IOException {
        socket = newSocket();
        String invitation = INVITATION + "0000abcd" + ssrc + name(name);
        assertThat(ask(ours.port(), invitation)).startsWith(ACCEPTED + "0000abcd");
        assertThat(ask(ours.port() + 1, invitation)).startsWith(ACCEPTED + "0000abcd");
    }

    @Test
    void shouldTellItsNameToWhoJoinsAndShowTheGuests() throws IOException {
        String answer = ask(ours.port(), INVITATION + "00000001" + "00000007" + name("iPad"));
        assertThat(answer).startsWith(ACCEPTED + "00000001").endsWith(name("antiphon"));
        join("00000008", "Bösendorfer\n\033[31m");
        join("00000009", "");
        join("0000000a", "Bösendorfer[31m");
        assertThat(ours.list())
                .extracting(PortInfo::name)
                .containsExactly("Bösendorfer[31m", "127.0.0.1", "Bösendorfer[31m 2");
    }

    @Test
    void shouldTakeNoMoreThanEightAndNobodyBySecondHalfAlone() throws IOException {
        assertThat(ask(ours.port() + 1, INVITATION + "0000abcd" + "00000001" + name("x")))
                .startsWith(REFUSED);
        for (int i = 0; i < Session.MAX_PEERS; i++) {
            join("0000010" + i, "peer");
        }
        socket = newSocket();
        assertThat(ours.list()).hasSize(Session.MAX_PEERS);
        assertThat(ask(ours.port(), INVITATION + "0000abcd" + "00000200" + name("x")))
                .startsWith(REFUSED);
    }

    @Test
    void shouldForgetAProgramThatWasKilledWhenItComesAgainFromTheSamePort() throws IOException {
        join("00000001", "x");
        String again = INVITATION + "0000abcd" + "00000002" + name("x");
        assertThat(ask(ours.port(), again)).startsWith(ACCEPTED);
        assertThat(ask(ours.port() + 1, again)).startsWith(ACCEPTED);
        assertThat(ours.list()).extracting(PortInfo::name).containsExactly("x");
    }

    @Test
    void shouldRefuseAnotherVersion() throws IOException {
        assertThat(ask(ours.port(), "ffff494e" + "00000003" + "0000abcd" + "00000001" + name("x")))
                .startsWith(REFUSED);
    }

    @Test
    void shouldAnswerClocksWithItsOwnTime() throws IOException {
        join("00000001", "x");
        String answer =
                ask(ours.port() + 1, "ffff434b" + "00000001" + "00000000" + "0000000000001234" + "00".repeat(16));
        assertThat(answer).startsWith("ffff434b").hasSize(72).contains("01000000" + "0000000000001234");
    }

    @Test
    void shouldHearAndConfirmMusicAndEndItAtGoodbye() throws IOException, InterruptedException {
        join("00000001", "x");
        send(ours.port() + 1, "80610005" + "00000000" + "00000001" + "03" + "903c64");
        assertThat(receive()).startsWith("ffff5253").endsWith("00050000");
        // A stranger's note, and a goodbye of a stranger.
        send(ours.port() + 1, "80610006" + "00000000" + "00000002" + "03" + "904064");
        send(ours.port(), "ffff4259" + "00000002" + "0000abcd" + "00000002");
        send(ours.port(), "ffff4259" + "00000002" + "0000abcd" + "00000001");
        await(() -> ours.list().isEmpty() && ours.troubles().droppedInputs() == 2);
        assertThat(heard).containsExactly(0x643c90, 0x403c80);
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - deadline).as("waited for 20 s").isNegative();
            Thread.sleep(1);
        }
    }

    @Test
    void shouldLiveOnWhateverComes() throws IOException {
        Random random = new Random(3);
        String[] beginnings = {"", "ffff", "ffff494e", "ffff4f4b", "ffff434b", "ffff5253", "ffff4259", "8061"};
        for (int i = 0; i < 4000; i++) {
            byte[] noise = new byte[random.nextInt(60)];
            random.nextBytes(noise);
            send(
                    ours.port() + random.nextInt(2),
                    beginnings[random.nextInt(beginnings.length)]
                            + HexFormat.of().formatHex(noise));
        }
        join("00000001", "x");
        send(ours.port() + 1, "80610005" + "00000000" + "00000001" + "03" + "903c64");
        assertThat(receive()).startsWith("ffff5253");
        assertThat(ours.troubles().droppedInputs()).isPositive();
        assertThat(ours.troubles().callbackErrors()).isZero();
    }

    @Test
    void shouldTakeTheNextTwoPortsIfOneIsTaken() {
        try (UdpPair next = UdpPair.open(HERE, ours.port(), 0)) {
            assertThat(next.port()).isGreaterThan(ours.port() + 1);
        }
    }

    @Test
    void shouldSayThatAnAddressIsNotOurs() {
        assertThatThrownBy(() -> UdpPair.open(InetAddress.ofLiteral("192.0.2.1"), 5004, 0))
                .isInstanceOf(MidiException.class)
                .hasMessageContainingAll("rtp.address = \"192.0.2.1\"", "; allowed: an address of this machine");
    }

    @Test
    void shouldLetInWhomTheOptionsAllow() {
        RtpOptions all = RtpOptions.local();
        RtpOptions some = new RtpOptions(
                HERE,
                0,
                List.of(),
                List.of("192.168.1.*", "10.0.0.7"),
                true,
                true,
                false,
                all.release(),
                all.timeout());
        assertThat(all.allows(InetAddress.ofLiteral("8.8.8.8"))).isTrue();
        assertThat(some.allows(InetAddress.ofLiteral("192.168.1.20"))).isTrue();
        assertThat(some.allows(InetAddress.ofLiteral("192.168.10.2"))).isFalse();
        assertThat(some.allows(InetAddress.ofLiteral("10.0.0.7"))).isTrue();
        assertThat(some.allows(InetAddress.ofLiteral("10.0.0.70"))).isFalse();
        assertThat(some.allows(HERE)).isTrue();
    }
}
