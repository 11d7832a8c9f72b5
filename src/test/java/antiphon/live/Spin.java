package antiphon.live;

import java.util.function.BooleanSupplier;

/** Waits for another thread. */
final class Spin {
    private Spin() {}

    /** Waits until it is true, or for ever; a test's time-out interrupts it. */
    static void until(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            if (Thread.currentThread().isInterrupted()) {
                throw new AssertionError("waited in vain");
            }
            Thread.onSpinWait();
        }
    }
}
