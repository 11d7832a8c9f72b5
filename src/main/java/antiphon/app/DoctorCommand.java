package antiphon.app;

import antiphon.config.Config;
import antiphon.host.Host;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code antiphon doctor}: is everything there that playing needs? */
@Command(
        name = "doctor",
        description =
                "Look at settings, model, ports, real-time rights and disk, and say what is wrong and what to do. The text holds"
                        + " no secrets, and can be put into a report.",
        mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
    @Mixin
    private SettingsOptions options;

    @Mixin
    private BackendOption backendOption;

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    /** 1 if something is at fault; what could only be better is none. */
    @Override
    public Integer call() throws IOException {
        backendOption.addTo(options);
        Checkup checkup = new Checkup(System.getProperty("user.home", ""));
        checkup.machine();
        Config config = checkup.settings(options);
        checkup.model(config);
        checkup.ports(config);
        checkup.threads(config, Host.threads());
        checkup.disk();
        checkup.running(config);
        List<Checkup.Finding> findings = checkup.findings();
        if (json) {
            System.out.println(JSON.std
                    .with(JSON.Feature.PRETTY_PRINT_OUTPUT)
                    .asString(Map.of(
                            "findings",
                            findings.stream().map(DoctorCommand::map).toList())));
        } else {
            Checkup.lines(findings).forEach(System.out::println);
        }
        return Checkup.count(findings, Checkup.Level.FAULT) == 0 ? 0 : Failure.FAILED;
    }

    private static Map<String, Object> map(Checkup.Finding finding) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("level", finding.level().name().toLowerCase(Locale.ROOT));
        map.put("about", finding.about());
        map.put("found", finding.found());
        return map;
    }
}
