package antiphon.remote;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.config.ControllerMap;
import antiphon.config.LiveSettings;
import antiphon.config.Setting;
import antiphon.config.SettingType.Decimal;
import antiphon.live.Commands;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A program that speaks OSC, over real UDP on this machine. */
@Timeout(60)
class OscTest {
    private static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.1");

    private final BlockingQueue<OscMessage> told = new LinkedBlockingQueue<>();
    private final SteeredSession steered = new SteeredSession(
            Path.of("target/no-such-file.toml"), ControllerMap.empty(), Commands.NONE, Remote.Switches.none());
    private final DatagramChannel client;
    private final Osc osc;

    OscTest() throws IOException {
        client = DatagramChannel.open().bind(new InetSocketAddress(HERE, 0));
        InetSocketAddress receiver = (InetSocketAddress) client.getLocalAddress();
        osc = Osc.open(
                new InetSocketAddress(HERE, 0),
                List.of(receiver),
                steered.session.tap(),
                steered.remote,
                steered.keyboard(),
                () -> 0);
        Thread.ofVirtual().start(this::listen);
    }

    private void listen() {
        ByteBuffer packet = ByteBuffer.allocate(OscCodec.MAX_BYTES);
        try {
            while (true) {
                packet.clear();
                client.receive(packet);
                told.addAll(OscCodec.read(packet.flip()));
            }
        } catch (IOException | OscException closed) {
            // The test has ended.
        }
    }

    @AfterEach
    void close() throws IOException {
        osc.close();
        client.close();
        steered.close();
    }

    private void send(String address, Object... arguments) throws IOException {
        send(OscCodec.write(OscMessage.of(address, arguments)));
    }

    private void send(byte[] bytes) throws IOException {
        client.send(ByteBuffer.wrap(bytes), new InetSocketAddress(HERE, osc.port()));
    }

    private OscMessage await(String address) throws InterruptedException {
        while (true) {
            OscMessage message = told.poll(20, TimeUnit.SECONDS);
            if (message == null) {
                throw new AssertionError("nothing came at " + address);
            }
            if (message.address().equals(address)) {
                return message;
            }
        }
    }

    @Test
    void shouldSetWhatItsAddressNamesAndTellTheChange() throws Exception {
        send("/antiphon/play/boldness", 70.4f);
        assertThat(await("/antiphon/play/boldness").arguments()).containsExactly(70);
        assertThat(steered.value("play.boldness")).isEqualTo("70");
        send("/antiphon/play/density", 0.8f);
        assertThat(await("/antiphon/play/density").arguments()).containsExactly(0.8f);
        send("/antiphon/play/mode", "duet");
        assertThat(await("/antiphon/play/mode").arguments()).containsExactly("duet");
        send("/antiphon/play/key-lock", true);
        assertThat(await("/antiphon/play/key-lock").arguments()).containsExactly(1);
        send("/antiphon/play/call/rest-ms");
        assertThat(await("/antiphon/play/call/rest-ms").arguments()).containsExactly(700);
        send("/antiphon/play/boldness", 101);
        assertThat(await("/antiphon/error").arguments()).containsExactly("play.boldness = 101; allowed: 0 to 100.");
        assertThat(steered.value("play.boldness")).isEqualTo("70");
    }

    @Test
    void shouldDoActionsChoosePresetsAndPlayNotes() throws Exception {
        send("/antiphon/do/panic", 0f);
        send("/antiphon/do/panic", 1f);
        send("/antiphon/preset", "ballad");
        send("/antiphon/note", 60, 80);
        assertThat(await("/antiphon/human/note").arguments()).containsExactly(60, 80);
        send("/antiphon/note", 60, 0);
        assertThat(await("/antiphon/human/note").arguments()).containsExactly(60, 0);
        assertThat(steered.orders).containsExactly("panic", "preset ballad");
        send("/antiphon/note", 62, 70);
        await("/antiphon/human/note");
        osc.close();
        SteeredSession.await(() -> steered.session.meters().messagesIn.get() == 4);
    }

    @Test
    void shouldDropWhatItDoesNotUnderstandAndGoOn() throws Exception {
        send(new byte[] {1, 2, 3});
        send(new byte[OscCodec.MAX_BYTES + 100]);
        send("/elsewhere", 1);
        send("/antiphon/record/dir", "/tmp");
        send("/antiphon/note", 60, 200);
        send("/antiphon/play/mode", "duet\npanic");
        send("/antiphon/play/grid", 5);
        assertThat(await("/antiphon/play/grid").arguments()).containsExactly(5);
        assertThat(osc.dropped()).isEqualTo(6);
        assertThat(steered.orders).containsExactly("set play.grid 5");
    }

    /** In one second of the test's clock, however slowly they arrive, and however many UDP loses on the way. */
    @Test
    void shouldRefuseMoreThanAThousandMessagesASecond() throws Exception {
        while (osc.dropped() == 0) {
            send("/antiphon/do/panic", 0f);
        }
        assertThat(steered.orders).isEmpty();
    }

    @Test
    void shouldHaveAnAddressForEverySettingThatAControlCarriesAndReadItsOwnArguments() {
        OscAddresses addresses = new OscAddresses();
        for (Setting<?> setting : LiveSettings.all()) {
            assertThat(addresses.setting(OscAddresses.of(setting))).contains(setting);
            assertReadBack(setting);
        }
    }

    private static <T> void assertReadBack(Setting<T> setting) {
        String text = setting.format(setting.standard());
        String back = OscAddresses.text(setting, OscAddresses.argument(setting, text));
        assertThat(setting.parse(back)).as(setting.id()).isEqualTo(setting.standard());
        assertThat(setting.type() instanceof Decimal && back.length() > 8)
                .as(back)
                .isFalse();
    }
}
