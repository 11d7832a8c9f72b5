package antiphon.app;

import java.util.List;

/** A service manager of an operating system: what has to be written and run there. Changes nothing by itself. */
interface ServiceSystem {
    /** Has the program started now, and at each login or start of the system. */
    ServicePlan install();

    /** Undoes that; nothing where it was not done. */
    ServicePlan uninstall();

    /** The command that shows how the service is. */
    List<String> status();

    /**
     * The command that shows what it printed.
     *
     * @param lines the last so many
     * @param follow go on until stopped
     */
    List<String> logs(int lines, boolean follow);
}
