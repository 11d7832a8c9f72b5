package antiphon.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * systemd: units in {@code /etc/systemd/system}, or in the user's own {@code ~/.config/systemd/user}.
 *
 * @param setup what is to be started
 * @param units the folder of the units
 */
record SystemdService(ServiceSetup setup, Path units) implements ServiceSystem {
    private static final String SERVICE = ServiceSetup.NAME + ".service";
    private static final String PATH = ServiceSetup.NAME + ".path";

    @Override
    public ServicePlan install() {
        OwnFile service = service();
        OwnFile keyboard = keyboard();
        ServicePlan plan = setup.prepared().write(service);
        if (setup.onKeyboard()) {
            plan.write(keyboard)
                    .run(systemctl("daemon-reload"))
                    .tryTo(systemctl("disable", SERVICE))
                    .run(systemctl("enable", "--now", PATH));
        } else {
            plan.tryTo(systemctl("disable", "--now", PATH))
                    .remove(keyboard)
                    .run(systemctl("daemon-reload"))
                    .run(systemctl("enable", SERVICE))
                    // What runs already goes on undisturbed if nothing has changed.
                    .run(systemctl(service.isWritten() ? "start" : "restart", SERVICE));
        }
        return plan;
    }

    @Override
    public ServicePlan uninstall() {
        return new ServicePlan()
                .tryTo(systemctl("disable", "--now", PATH))
                .tryTo(systemctl("disable", "--now", SERVICE))
                .remove(keyboard())
                .remove(service())
                .run(systemctl("daemon-reload"))
                .tryTo(systemctl("reset-failed", SERVICE));
    }

    @Override
    public List<String> status() {
        return List.of(systemctl("status", "--no-pager", SERVICE));
    }

    @Override
    public List<String> logs(int lines, boolean follow) {
        List<String> command = new ArrayList<>(List.of("journalctl", "--no-pager", "--lines", "" + lines));
        if (follow) {
            command.add("--follow");
        }
        command.addAll(setup.system() ? List.of("--unit", SERVICE) : List.of("--user", "--unit", SERVICE));
        return command;
    }

    private OwnFile service() {
        return new OwnFile(units.resolve(SERVICE), SystemdUnit.service(setup), "# ", "");
    }

    private OwnFile keyboard() {
        return new OwnFile(units.resolve(PATH), SystemdUnit.keyboard(setup), "# ", "");
    }

    private String[] systemctl(String... arguments) {
        List<String> command = new ArrayList<>(List.of("systemctl"));
        if (!setup.system()) {
            command.add("--user");
        }
        command.addAll(List.of(arguments));
        return command.toArray(String[]::new);
    }
}
