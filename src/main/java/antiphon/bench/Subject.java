package antiphon.bench;

import java.util.List;

/**
 * What is measured: the program, as a JVM of its own.
 *
 * @param main the class that starts it
 * @param mainInStorm the class that starts it with a {@link Neighbour} in its JVM: its first argument is megabytes a
 *     second, the others are the program's; without others the neighbour is alone
 * @param options passed on to {@code run}
 */
public record Subject(Class<?> main, Class<?> mainInStorm, List<String> options) {
    /** The program's client name; not the standard name, which a running program may have. */
    static final String CLIENT = "antiphon-bench-subject";

    public Subject {
        options = List.copyOf(options);
    }
}
