package antiphon.app;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Shows a page in the user's browser, where there is a desktop. */
final class Browser {
    private Browser() {}

    /** Does so if it can; where it cannot nothing happens, because the address was told. */
    static void open(String url) {
        List<String> command = new ArrayList<>(command(System.getProperty("os.name", ""), System.getenv()));
        if (command.isEmpty()) {
            return;
        }
        command.add(url);
        try {
            new ProcessBuilder(command)
                    .redirectOutput(Redirect.DISCARD)
                    .redirectError(Redirect.DISCARD)
                    .start();
        } catch (IOException missing) {
            // There is no such program.
        }
    }

    /**
     * The command that opens an address, which is to be its last word; empty if there is no desktop.
     *
     * @param system as Java names it
     */
    static List<String> command(String system, Map<String, String> environment) {
        String name = system.toLowerCase(Locale.ROOT);
        if (name.startsWith("mac")) {
            return List.of("open");
        }
        if (name.startsWith("windows")) {
            return List.of("rundll32", "url.dll,FileProtocolHandler");
        }
        boolean desktop = !environment.getOrDefault("DISPLAY", "").isEmpty()
                || !environment.getOrDefault("WAYLAND_DISPLAY", "").isEmpty();
        return desktop ? List.of("xdg-open") : List.of();
    }
}
