package antiphon.app;

import antiphon.config.MidiSetting;
import antiphon.config.OutSetting;
import antiphon.config.RtpSetting;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of {@code run} that override settings; {@code config show} takes them too. */
final class RunOptions extends PlayOptions.WithMode {
    @Mixin
    private BackendOption backend;

    @Option(names = "--in", paramLabel = "PATTERN", description = "Ports to listen to; part of a name, * allowed.")
    private @Nullable List<String> in;

    @Option(names = "--out", paramLabel = "PATTERN", description = "Ports to play on.")
    private @Nullable List<String> out;

    @Option(
            names = "--not-in",
            paramLabel = "PATTERN",
            description = "Ports that are never listened to, whatever --in and --connect say.")
    private @Nullable List<String> notIn;

    @Option(
            names = "--not-out",
            paramLabel = "PATTERN",
            description = "Ports that are never played on by the first output.")
    private @Nullable List<String> notOut;

    @Option(
            names = "--out2",
            paramLabel = "PATTERN",
            description = "Open a second output, and play on these ports there; see out2 in the settings.")
    private @Nullable List<String> out2;

    @Option(
            names = "--rtp",
            description = "Play over the network (RTP-MIDI): others join our session, see rtp.address; --backend rtp.")
    private boolean rtp;

    @Option(
            names = "--rtp-address",
            paramLabel = "ADDRESS",
            description =
                    "This machine's address in the network whose people may join, or 0.0.0.0 for all; --backend rtp.")
    private @Nullable String rtpAddress;

    @Option(
            names = "--rtp-connect",
            paramLabel = "HOST[:PORT]",
            description = "Join that session over the network, too; --backend rtp.")
    private @Nullable List<String> rtpConnect;

    @Option(
            names = "--lv2",
            arity = "0..1",
            paramLabel = "ID",
            fallbackValue = "",
            description =
                    "Play with our LV2 plugin in a DAW, and with that one alone if its id is given; --backend lv2.")
    private @Nullable String lv2;

    @Option(names = "--client", paramLabel = "NAME", description = "What we are called among JACK's clients.")
    private @Nullable String client;

    @Option(
            names = "--connect",
            paramLabel = "HOW",
            description = "auto: to the first hardware keyboard and the first synthesiser; manual.")
    private @Nullable String connect;

    @Option(names = "--thru", description = "Copy your own notes to the output as well.")
    private boolean thru;

    @Option(
            names = "--record",
            paramLabel = "DIR",
            description =
                    "Record the session in this folder: a journal, and a MIDI file with your notes and the answers.")
    private @Nullable Path record;

    @Option(names = "--page-port", paramLabel = "PORT", description = "Where the page is served; 0: any free port.")
    private @Nullable String pagePort;

    @Option(names = "--no-open", description = "Do not open the page in the browser.")
    private boolean noOpen;

    @Override
    void addFlags() {
        super.addFlags();
        backend.addTo(this);
        put("midi.backend", rtp || rtpAddress != null || rtpConnect != null ? "rtp" : lv2 != null ? "lv2" : null);
        put("rtp.address", rtpAddress);
        putList(RtpSetting.CONNECT, rtpConnect);
        put("lv2.plugin", lv2);
        put("midi.client", client);
        put("midi.connect", connect);
        putList(MidiSetting.IN_PORTS, in);
        putList(MidiSetting.OUT_PORTS, out);
        putList(MidiSetting.IN_EXCLUDE, notIn);
        putList(MidiSetting.OUT_EXCLUDE, notOut);
        putList(OutSetting.OUTS.getFirst().ports(), out2);
        put(OutSetting.OUTS.getFirst().open().id(), out2 == null ? null : "true");
        put("page.port", pagePort);
        put("page.open", noOpen ? "false" : null);
        put("midi.out.thru", thru ? "true" : null);
        put(
                "record.dir",
                record == null || record.toString().isEmpty()
                        ? null
                        : record.toAbsolutePath().toString());
    }
}
