package antiphon.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antiphon.config.Backend;
import antiphon.config.Config;
import antiphon.config.ConfigException;
import antiphon.config.MidiSetting;
import antiphon.config.RtpSetting;
import antiphon.midi.rtp.RtpOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {
    private static final Config RTP = Config.standard().with(MidiSetting.BACKEND, Backend.RTP);

    @Test
    void shouldStayOnThisMachineAndConnectWhoComesByDefault() {
        RtpOptions options = Network.options(RTP);
        assertThat(options.address().isLoopbackAddress()).isTrue();
        assertThat(options.port()).isEqualTo(5004);
        assertThat(options.hears() && options.plays()).isTrue();
        assertThat(options.release()).hasSeconds(25);
    }

    @Test
    void shouldConnectNobodyByItselfWherePortsAreNamed() {
        RtpOptions options = Network.options(RTP.with(MidiSetting.IN_PORTS, List.of("iPad")));
        assertThat(options.hears()).isFalse();
        assertThat(options.plays()).isTrue();
    }

    @Test
    void shouldReadWhoseSessionsToJoin() {
        Config open = RTP.with(RtpSetting.ADDRESS, "0.0.0.0");
        RtpOptions options = Network.options(open.with(
                RtpSetting.CONNECT, List.of("127.0.0.1", "localhost:6000", "::1", "[::1]:7000", "10.1.2.3:65534")));
        assertThat(options.invited())
                .containsExactly(
                        at("127.0.0.1", 5004),
                        at("127.0.0.1", 6000),
                        at("::1", 5004),
                        at("::1", 7000),
                        at("10.1.2.3", 65_534));
    }

    private static InetSocketAddress at(String address, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(address), port);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:0", "127.0.0.1:65535", "127.0.0.1:x", "no.such.host.invalid"})
    void shouldSayWhatIsWrongWithAPeer(String peer) {
        assertThatThrownBy(() -> Network.options(RTP.with(RtpSetting.CONNECT, List.of(peer))))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll("rtp.connect = " + peer, "; allowed: ");
    }

    @Test
    void shouldSayThatNobodyElseCanBeReachedFromThisMachineAlone() {
        assertThatThrownBy(() -> Network.options(RTP.with(RtpSetting.CONNECT, List.of("10.1.2.3"))))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(
                        "rtp.connect = 10.1.2.3: cannot be reached from rtp.address = 127.0.0.1; allowed: this"
                                + " machine. Set rtp.address (--rtp-address)");
    }

    @Test
    void shouldSayThatAnAddressIsNone() {
        assertThatThrownBy(() -> Network.options(RTP.with(RtpSetting.ADDRESS, "1.2.3.400")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("rtp.address = 1.2.3.400; allowed: an IP address");
    }
}
