package antiphon.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antiphon.app.ServicePlan.Ended;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import picocli.CommandLine;

class ServiceCommandTest {
    @TempDir
    Path folder;

    private final List<String> ran = new ArrayList<>();
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    private ServiceSetup setup(boolean system, boolean onKeyboard, String... options) {
        return new ServiceSetup(
                system,
                "anna",
                Path.of("/opt/my music/100% \"$HOME\" \\"),
                Path.of("/usr/lib/jvm/jdk-25"),
                List.of(options),
                onKeyboard,
                Map.of("JACK_DEFAULT_SERVER", "studio", "HOME", "/home/anna"));
    }

    private SystemdService systemd(boolean onKeyboard, String... options) {
        return new SystemdService(setup(false, onKeyboard, options), folder.resolve("units"));
    }

    private Path unit() {
        return folder.resolve("units/antiphon.service");
    }

    private void perform(ServicePlan plan, String... forced) {
        plan.perform(
                CommandLine.populateCommand(new ForceOption(), forced),
                (command, shown) -> {
                    ran.add(ServicePlan.quoted(command));
                    return new Ended(command.contains("disable") ? 1 : 0, "");
                },
                new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    private List<String> systemctls() {
        return ran.stream().filter(each -> each.startsWith("systemctl")).toList();
    }

    @Test
    void shouldWriteTheUnitAndStartItAndBeContentTheSecondTime() throws Exception {
        perform(systemd(false).install());
        assertThat(unit()).content().contains("\nType=notify\n", "\nWatchdogSec=", "\nMemoryDenyWriteExecute=no\n");
        assertThat(systemctls())
                .containsExactly(
                        "systemctl --user disable --now antiphon.path",
                        "systemctl --user daemon-reload",
                        "systemctl --user enable antiphon.service",
                        "systemctl --user restart antiphon.service");
        assertThat(ran.getFirst()).endsWith("bin/antiphon' run --backend none --until-ready");
        String first = Files.readString(unit());
        ran.clear();
        perform(systemd(false).install());
        assertThat(unit()).hasContent(first);
        assertThat(systemctls())
                .contains("systemctl --user start antiphon.service")
                .noneMatch(each -> each.contains("restart"));
    }

    @Test
    void shouldEscapeWhatMeansSomethingToSystemd() {
        String unit = SystemdUnit.service(setup(false, false, "--in", "Key $1 100%", "--mode", "duet"));
        assertThat(unit)
                .contains(
                        "\nExecStart=\"/opt/my music/100%% \\\"$HOME\\\" \\\\/bin/antiphon\" run --page --no-open --guard"
                                + " --in \"Key $$1 100%%\" --mode duet\n")
                .contains("\nExecStopPost=-\"/opt/my music/100%% \\\"$HOME\\\" \\\\/bin/antiphon\" release\n")
                .contains(
                        "\nEnvironment=ANTIPHON_BUILD=no\n",
                        "\nEnvironment=ANTIPHON_JAVA_HOME=/usr/lib/jvm/jdk-25\n",
                        "\nEnvironment=JACK_DEFAULT_SERVER=studio\n");
        assertThatThrownBy(() -> SystemdUnit.service(setup(false, false, "--in", "a\nb")))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("a\\nb");
    }

    @Test
    void shouldConfineTheMachinesServiceMoreThanTheUsers() {
        assertThat(SystemdUnit.service(setup(true, false)))
                .contains("\nUser=anna\n", "\nProtectSystem=strict\n", "\nPrivateTmp=no\n", "=%t/antiphon ")
                .endsWith("WantedBy=multi-user.target\n");
        assertThat(SystemdUnit.service(setup(false, false)))
                .doesNotContain("User=", "ProtectSystem", "StateDirectory")
                .endsWith("WantedBy=default.target\n");
    }

    @Test
    void shouldStartItWhenAKeyboardIsThereIfThatIsWanted() {
        perform(systemd(true).install());
        assertThat(folder.resolve("units/antiphon.path")).content().contains("\nPathExistsGlob=/dev/snd/midiC*D*\n");
        assertThat(systemctls()).contains("systemctl --user enable --now antiphon.path");
        perform(systemd(false).install());
        assertThat(folder.resolve("units/antiphon.path")).doesNotExist();
    }

    @Test
    void shouldKeepAUnitThatWasEditedUnlessForced() throws Exception {
        perform(systemd(false).install());
        String edited = Files.readString(unit()).replace("RestartSec=1", "RestartSec=9");
        Files.writeString(unit(), edited);
        ran.clear();
        assertThatThrownBy(() -> perform(systemd(false, "--mode", "duet").install()))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("antiphon.service: not as antiphon wrote it")
                .hasMessageContaining("--force");
        assertThatThrownBy(() -> perform(systemd(false).uninstall())).isInstanceOf(UserException.class);
        assertThat(ran).as("nothing was changed").isEmpty();
        assertThat(unit()).hasContent(edited);
        perform(systemd(false, "--mode", "duet").install(), "--force");
        assertThat(unit()).content().contains("RestartSec=1\n", "--mode duet");
    }

    @Test
    void shouldReplaceOneThatItWroteItselfAndKeepOneOfSomebodyElse() throws Exception {
        perform(systemd(false).install());
        perform(systemd(false, "--mode", "duet").install());
        assertThat(unit()).content().contains("--mode duet");
        Files.writeString(unit(), "[Service]\nExecStart=/bin/mine\n");
        assertThatThrownBy(() -> perform(systemd(false).install())).isInstanceOf(UserException.class);
    }

    @Test
    void shouldRemoveWhatItWroteAndBeContentWhereNothingIs() {
        perform(systemd(false).install());
        perform(systemd(false).uninstall());
        assertThat(unit()).doesNotExist();
        perform(systemd(false).uninstall());
        assertThat(systemctls()).contains("systemctl --user disable --now antiphon.service");
    }

    @Test
    void shouldOnlyShowWhatWouldBeDone() {
        systemd(true).install().show(new PrintStream(printed, true, StandardCharsets.UTF_8));
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("would write " + unit() + ":\n[Unit]\n", "would run: systemctl --user daemon-reload\n");
        assertThat(folder).isEmptyDirectory();
        assertThat(ran).isEmpty();
    }

    @Test
    void shouldSayWhichCommandFailed() {
        ServicePlan plan = new ServicePlan().run("systemctl", "--user", "daemon-reload");
        assertThatThrownBy(() -> plan.perform(
                        new ForceOption(), (command, shown) -> new Ended(1, "Failed to connect\nto bus\n"), System.out))
                .isInstanceOf(UserException.class)
                .hasMessage("service: systemctl --user daemon-reload: ended with status 1 (Failed to connect to bus);"
                        + " 0 needed. Run it by hand.");
    }

    @Test
    void shouldRefuseOptionsThatRunDoesNotHave() {
        assertThatThrownBy(() -> ServiceCommand.Install.requireOptionsOfRun(List.of("--mood", "happy")))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("--mood");
        ServiceCommand.Install.requireOptionsOfRun(List.of("--mode", "duet", "--thru"));
    }

    @Test
    void shouldRefuseOptionsThatDoNotGoTogether() {
        ServiceCommand.Scope both = CommandLine.populateCommand(new ServiceCommand.Scope(), "--user", "--system");
        assertThatThrownBy(() -> both.of(List.of(), false, null)).hasMessageStartingWith("--user and --system: ");
        ServiceCommand.Scope users = CommandLine.populateCommand(new ServiceCommand.Scope());
        assertThatThrownBy(() -> users.of(List.of(), false, "anna")).hasMessageStartingWith("--as = anna: ");
    }

    @Test
    void shouldAskTheSystemForStatusAndLogs() {
        assertThat(systemd(false).status())
                .containsExactly("systemctl", "--user", "status", "--no-pager", "antiphon.service");
        assertThat(new SystemdService(setup(true, false), folder).logs(5, true))
                .containsExactly("journalctl", "--no-pager", "--lines", "5", "--follow", "--unit", "antiphon.service");
    }

    @Test
    void shouldWriteAPropertyListForLaunchd() throws Exception {
        LaunchdService launchd = launchd();
        perform(launchd.install());
        String text = Files.readString(folder.resolve("antiphon.plist"));
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        Document list = factory.newDocumentBuilder().parse(new InputSource(new StringReader(text)));
        NodeList strings = list.getElementsByTagName("string");
        List<String> values = new ArrayList<>();
        for (int i = 0; i < strings.getLength(); i++) {
            values.add(strings.item(i).getTextContent());
        }
        assertThat(values)
                .startsWith(
                        "antiphon",
                        "/opt/my music/100% \"$HOME\" \\/bin/antiphon",
                        "run",
                        "--page",
                        "--no-open",
                        "--guard",
                        "--in",
                        "A & <B>",
                        "no");
        assertThat(ran)
                .endsWith(
                        "launchctl bootout gui/501/antiphon",
                        "launchctl bootstrap gui/501 " + folder.resolve("antiphon.plist"));
        assertThat(launchd.status()).containsExactly("launchctl", "print", "gui/501/antiphon");
        perform(launchd.uninstall());
        assertThat(folder).isEmptyDirectory();
    }

    /** The program puts its log aside when it is large; launchd would not. */
    @Test
    void shouldGiveLaunchdOnlyWhatAStartThatFailsSays() throws Exception {
        LaunchdService launchd = launchd();
        perform(launchd.install());
        assertThat(Files.readString(folder.resolve("antiphon.plist")))
                .containsSubsequence(
                        "<key>ANTIPHON_LOG_FILE</key>\n  <string>/Users/anna/Library/Logs/antiphon.log</string>",
                        "<key>StandardOutPath</key>\n  <string>/Users/anna/Library/Logs/antiphon-start.log</string>",
                        "<key>StandardErrorPath</key>\n  <string>/Users/anna/Library/Logs/antiphon-start.log</string>");
        assertThat(launchd.logs(7, false))
                .containsExactly(
                        "tail",
                        "-n",
                        "7",
                        "/Users/anna/Library/Logs/antiphon-start.log",
                        "/Users/anna/Library/Logs/antiphon.log");
    }

    private LaunchdService launchd() {
        return new LaunchdService(
                setup(false, false, "--in", "A & <B>"),
                folder,
                Path.of("/Users/anna/Library/Logs/antiphon.log"),
                "501");
    }
}
