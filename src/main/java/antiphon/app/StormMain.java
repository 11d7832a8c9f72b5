package antiphon.app;

import antiphon.bench.Neighbour;
import java.util.Arrays;

/**
 * A main class that only {@code antiphon bench} uses: the program, with a {@link Neighbour} beside it in the same JVM.
 * Without further arguments, only the neighbour.
 */
public final class StormMain {
    private StormMain() {}

    /** First argument: megabytes a second; the others are the program's own. */
    public static void main(String[] args) throws InterruptedException {
        Thread neighbour = Neighbour.start(Long.parseLong(args[0]));
        if (args.length > 1) {
            Main.main(Arrays.copyOfRange(args, 1, args.length));
        } else {
            System.out.println("ready: alone");
            neighbour.join();
        }
    }
}
