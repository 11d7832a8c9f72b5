package antiphon.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * macOS's launchd: a property list (launchd.plist(5)) of an agent of the user's, or of a daemon of the whole machine. It has
 * nothing that runs after an end; the guard outlives the program, and ends what a killed one left sounding.
 *
 * @param setup what is to be started
 * @param folder of property lists
 * @param logFile where what it prints goes, as log.file; what a start that fails says goes beside it
 * @param userNumber who installs it
 */
record LaunchdService(ServiceSetup setup, Path folder, Path logFile, String userNumber) implements ServiceSystem {
    private static final String BEGIN =
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
            <plist version="1.0">
            <dict>
            """;

    private static final String END =
            """
              <key>RunAtLoad</key>
              <true/>
              <key>AbandonProcessGroup</key>
              <true/>
              <key>KeepAlive</key>
              <dict>
                <key>SuccessfulExit</key>
                <false/>
              </dict>
            </dict>
            </plist>
            """;

    @Override
    public ServicePlan install() {
        OwnFile list = list();
        return setup.prepared()
                .write(list)
                .tryTo("launchctl", "bootout", target())
                .run("launchctl", "bootstrap", domain(), list.path().toString());
    }

    @Override
    public ServicePlan uninstall() {
        return new ServicePlan().tryTo("launchctl", "bootout", target()).remove(list());
    }

    @Override
    public List<String> status() {
        return List.of("launchctl", "print", target());
    }

    @Override
    public List<String> logs(int lines, boolean follow) {
        List<String> command = new ArrayList<>(List.of("tail", "-n", "" + lines));
        if (follow) {
            command.add("-f");
        }
        command.add(startFile());
        command.add(logFile.toString());
        return command;
    }

    /** Of the launcher and of wrong settings: launchd itself puts nothing aside, so it gets only few lines. */
    private String startFile() {
        return logFile.resolveSibling(ServiceSetup.NAME + "-start.log").toString();
    }

    private String domain() {
        return setup.system() ? "system" : "gui/" + userNumber;
    }

    private String target() {
        return domain() + '/' + ServiceSetup.NAME;
    }

    private OwnFile list() {
        StringBuilder text = new StringBuilder(BEGIN);
        string(text, "Label", ServiceSetup.NAME);
        text.append("  <key>ProgramArguments</key>\n  <array>\n");
        setup.run()
                .forEach(word -> text.append("    <string>").append(xml(word)).append("</string>\n"));
        text.append("  </array>\n  <key>EnvironmentVariables</key>\n  <dict>\n");
        for (Map.Entry<String, String> each : setup.variables().entrySet()) {
            text.append("  ");
            string(text, each.getKey(), each.getValue());
        }
        text.append("  ");
        string(text, "ANTIPHON_LOG_FILE", logFile.toString());
        text.append("  </dict>\n");
        if (setup.system()) {
            string(text, "UserName", setup.user());
        }
        string(text, "ProcessType", "Interactive");
        string(text, "StandardOutPath", startFile());
        string(text, "StandardErrorPath", startFile());
        text.append(END);
        return new OwnFile(folder.resolve(ServiceSetup.NAME + ".plist"), text.toString(), "<!-- ", " -->");
    }

    private static void string(StringBuilder text, String key, String value) {
        text.append("  <key>")
                .append(xml(key))
                .append("</key>\n  <string>")
                .append(xml(value))
                .append("</string>\n");
    }

    private static String xml(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
