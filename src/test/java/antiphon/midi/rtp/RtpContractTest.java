package antiphon.midi.rtp;

import antiphon.midi.BackendContractTest;
import antiphon.midi.MidiBackend;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * RTP-MIDI on this machine. Everyone is in everyone's session; a program is one port here, and who is connected with whom is
 * each one's own affair.
 */
class RtpContractTest extends BackendContractTest {
    private final List<RtpBackend> opened = new ArrayList<>();

    @Override
    protected String named(String client, String port) {
        return client;
    }

    /**
     * What is a connection elsewhere needs both ends here: so all but ours hear whoever plays to them, and "source", which
     * is in our session alone, plays to us.
     */
    @Override
    protected MidiBackend open(String clientName) {
        boolean isSource = clientName.equals("source");
        List<InetSocketAddress> others = opened.stream()
                .limit(isSource ? 1 : Long.MAX_VALUE)
                .map(RtpContractTest::address)
                .toList();
        RtpBackend backend = RtpBackend.open(
                clientName, options(others, !clientName.equals("antiphon"), isSource), priority -> false);
        opened.add(backend);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (backend.list().size() < others.size() && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(1_000_000);
        }
        return backend;
    }

    private static InetSocketAddress address(RtpBackend backend) {
        return new InetSocketAddress(RtpOptions.local().address(), backend.port());
    }

    private static RtpOptions options(List<InetSocketAddress> others, boolean hears, boolean plays) {
        RtpOptions local = RtpOptions.local();
        return new RtpOptions(
                local.address(), 0, others, List.of(), hears, plays, false, local.release(), local.timeout());
    }
}
