package antiphon.config;

import antiphon.config.SettingType.Switch;
import antiphon.config.SettingType.Texts;
import antiphon.config.SettingType.Whole;
import java.util.List;

/** The settings of MIDI over a network: {@code rtp.*}. Each is declared once, in the order of the file. */
public final class RtpSetting {
    private static final SettingRows ROWS = new SettingRows();

    public static final Setting<String> ADDRESS = ROWS.fixed(
            "rtp.address",
            SettingType.text("[0-9A-Fa-f.:]{2,45}", "an IP address, such as 127.0.0.1"),
            "127.0.0.1",
            "For midi.backend = \"rtp\" (antiphon run --rtp): the address of this machine at which others join our session."
                    + " 127.0.0.1: programs on this machine alone. With another, or 0.0.0.0 for all, everybody in that network"
                    + " can play to us and hear us: RTP-MIDI knows no password.");
    public static final Setting<Long> PORT = ROWS.fixed(
            "rtp.port",
            new Whole(0, 65_534),
            5_004L,
            "The UDP port of the session; the music comes on the next one. If one of them is taken, the next two that are free."
                    + " 0: any.");
    public static final Setting<List<String>> CONNECT = ROWS.fixed(
            "rtp.connect",
            new Texts(),
            List.of(),
            "Whose sessions we join, as \"studio.local\" or \"192.168.1.20:5004\". They are asked until they answer, and again"
                    + " when they come back. rtp.address must be one from which they can be reached. Empty: we wait to be joined.");
    public static final Setting<List<String>> ALLOW = ROWS.fixed(
            "rtp.allow",
            new Texts(),
            List.of(),
            "Who may join us, by address, with one * for anything: \"192.168.1.*\". This machine always may. Empty: everybody"
                    + " whom rtp.address lets in.");
    public static final Setting<Boolean> ANNOUNCE = ROWS.fixed(
            "rtp.announce",
            new Switch(),
            true,
            "true tells the network of our session by mDNS (Bonjour), so that others see it in their lists. Not with rtp.address ="
                    + " 127.0.0.1, where nobody could join.");
    public static final Setting<Long> RELEASE = ROWS.row(
            "rtp.release-seconds",
            "s",
            new Whole(1, 600),
            25L,
            SettingRows.FIXED,
            "When nothing at all has come from somebody for so long, what is held there ends. Peers send a clock every 10 s or"
                    + " more often, and one may be lost.");
    public static final Setting<Long> TIMEOUT = ROWS.row(
            "rtp.timeout-seconds",
            "s",
            new Whole(5, 600),
            60L,
            SettingRows.FIXED,
            "When nothing at all has come from somebody for so long, the session with them ends.");

    /** All of them, in the order of the file. */
    static final List<Setting<?>> ALL = ROWS.all();

    private RtpSetting() {}
}
