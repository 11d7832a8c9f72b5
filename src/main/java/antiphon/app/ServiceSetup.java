package antiphon.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a service is made of, on any system.
 *
 * @param system for the whole machine, not for one user
 * @param user as whom a service of the whole machine runs
 * @param home the installation
 * @param java the JDK that it is to use: a service has no PATH of ours
 * @param options of {@code antiphon run}
 * @param onKeyboard started when a keyboard is plugged in, not at login
 * @param environment of whoever installs it
 */
record ServiceSetup(
        boolean system,
        String user,
        Path home,
        Path java,
        List<String> options,
        boolean onKeyboard,
        Map<String, String> environment) {
    static final String NAME = "antiphon";

    /** By which JACK's clients find their server. */
    private static final List<String> OF_JACK = List.of("JACK_DEFAULT_SERVER", "JACK_PROMISCUOUS_SERVER");

    /** The program, with these arguments. */
    List<String> antiphon(List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(home.resolve("bin/antiphon").toString());
        command.addAll(arguments);
        return command;
    }

    /** What is started: the page is the service's only face, and nobody may sit at the screen. */
    List<String> run() {
        List<String> arguments = new ArrayList<>(List.of("run", "--page", "--no-open", "--guard"));
        arguments.addAll(options);
        return antiphon(arguments);
    }

    /** What it is started with: no compiler, the JDK that was found now, the same JACK server. */
    Map<String, String> variables() {
        Map<String, String> variables = new TreeMap<>();
        variables.put("ANTIPHON_BUILD", "no");
        variables.put("ANTIPHON_JAVA_HOME", java.toString());
        for (String name : OF_JACK) {
            String value = environment.getOrDefault(name, "");
            if (!value.isEmpty()) {
                variables.put(name, value);
            }
        }
        return variables;
    }

    /** Adds what makes the caches that a service must not make itself. */
    ServicePlan prepared() {
        return new ServicePlan()
                .run(antiphon(List.of("run", "--backend", "none", "--until-ready"))
                        .toArray(String[]::new))
                .run(antiphon(List.of("release")).toArray(String[]::new));
    }
}
