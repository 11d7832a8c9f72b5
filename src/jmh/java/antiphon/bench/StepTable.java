package antiphon.bench;

import antiphon.model.Contender;
import antiphon.model.StackedLstm;
import antiphon.model.StepModel;
import antiphon.train.CacheSweep;
import antiphon.train.Contenders;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Prints the table of step times: all contenders on the same weights, in turns within one run.
 *
 * <p>{@code StepTable [SECONDS [SIZE]...]}: seconds warm and again cold for each size; a size is a width or
 * {@code shipped}. {@code StepTable dl4j} prints Deeplearning4j's median alone, for choosing its threads.
 */
public final class StepTable {
    private static final int BLOCK = 60;
    private static final int PARITY_EVENTS = 200;
    private static final double MAX_DIFFERENCE = 1e-4;
    private static final List<String> SIZES = List.of("256", "shipped", "512");

    private final StepModel model;
    private final int[] events;
    private final List<Contender> contenders = new ArrayList<>();
    private final Race warm = new Race();
    private final Race cold = new Race();

    private StepTable(String size, List<String> names) {
        model = StepModel.named(size);
        events = StepModel.events(new StackedLstm(model.file()));
        for (String name : names) {
            Contender contender = Contenders.named(name, model);
            contenders.add(contender);
            warm.add(stepping(contender, events), contender::prepare);
            cold.add(stepping(contender, events), contender::prepare);
        }
    }

    /** Command line; exits with 1 if two contenders do not compute the same. */
    public static void main(String[] arguments) {
        if (arguments.length > 0 && arguments[0].equals("dl4j")) {
            StepTable table = new StepTable("shipped", List.of("dl4j"));
            table.warm.warmUp();
            table.warm.run(4, BLOCK, () -> {});
            System.out.printf(Locale.ROOT, "%.0f%n", table.warm.micros(0, 50));
            System.exit(0);
        }
        double seconds = arguments.length > 0 ? Double.parseDouble(arguments[0]) : 30;
        List<String> sizes = arguments.length > 1 ? List.of(arguments).subList(1, arguments.length) : SIZES;
        List<String> names = new ArrayList<>(Contenders.LIMITS);
        names.addAll(Contenders.OURS);
        names.addAll(Contenders.AHEAD);
        names.addAll(Contenders.OTHERS);
        System.out.println(Machine.line() + ", OMP_NUM_THREADS=" + System.getenv("OMP_NUM_THREADS"));
        System.out.println("One step and the kind head, microseconds. Warm: back to back, in turns of " + BLOCK
                + " steps. Cold: caches swept, one event per 5 ms. Prepared: "
                + "the recurrent sums were done before the event came, as the live path does.\n");
        System.out.println("| size | contender | median | p99 | p99.9 | / limit | / ours | cold median | cold p99"
                + " | cold p99.9 | bytes | events warm, cold |");
        System.out.println("|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
        for (String size : sizes) {
            new StepTable(size, names).print(seconds);
        }
        // Deeplearning4j leaves threads behind that are no daemons.
        System.exit(0);
    }

    /** Hears the events round and round. */
    static Runnable stepping(Contender contender, int[] events) {
        int[] next = {0};
        return () -> {
            int at = next[0];
            next[0] = (at + StackedLstm.FIELDS) % events.length;
            contender.step(events[at], events[at + 1], events[at + 2], events[at + 3]);
        };
    }

    private void print(double seconds) {
        double difference = requireSameAnswers();
        CacheSweep sweep = new CacheSweep();
        warm.warmUp();
        warm.run(seconds, BLOCK, () -> {});
        cold.run(seconds, 1, sweep::run);
        int ours = Contenders.LIMITS.size();
        for (int i = 0; i < contenders.size(); i++) {
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %s | %.0f | %.0f | %.0f | %.2f | %.2f | %.0f | %.0f | %.0f | %.0f | %d, %d |%n",
                    model.label(),
                    contenders.get(i).name(),
                    warm.micros(i, 50),
                    warm.micros(i, 99),
                    warm.micros(i, 99.9),
                    warm.ratio(i, 0, 1),
                    warm.ratio(i, ours),
                    cold.micros(i, 50),
                    cold.micros(i, 99),
                    cold.micros(i, 99.9),
                    warm.bytesPerStep(i),
                    warm.count(i),
                    cold.count(i));
        }
        long bytes = (2L * model.layers() - 1) * 4 * model.width() * model.width() * Float.BYTES;
        double limit = Math.min(warm.micros(0, 50), warm.micros(1, 50));
        System.out.printf(
                Locale.ROOT,
                "| %s | limit: %.2f MB at %.1f GB/s; largest difference of logits %.1e | | | | | | | | | | |%n",
                model.label(),
                bytes / 1e6,
                bytes / limit / 1e3,
                difference);
        contenders.forEach(Contender::close);
    }

    /** Time is only worth comparing between those who compute the same. Untrained and trained weights alike. */
    private double requireSameAnswers() {
        Contender reference = contenders.get(Contenders.LIMITS.size());
        double largest = 0;
        for (int i = 0; i < PARITY_EVENTS; i++) {
            int at = i * StackedLstm.FIELDS;
            for (Contender contender : contenders) {
                contender.step(events[at], events[at + 1], events[at + 2], events[at + 3]);
            }
            for (int k = Contenders.LIMITS.size() + Contenders.OURS.size() + Contenders.AHEAD.size(); k < contenders.size(); k++) {
                double difference = difference(
                        reference.kindLogits(), contenders.get(k).kindLogits());
                largest = Math.max(largest, difference);
                if (!(difference < MAX_DIFFERENCE)) {
                    System.err.println(contenders.get(k).name() + ": event " + i + " differs by " + difference
                            + "; allowed: below " + MAX_DIFFERENCE + ".");
                    System.exit(1);
                }
            }
        }
        return largest;
    }

    private static double difference(float[] some, float[] others) {
        double largest = 0;
        for (int i = 0; i < some.length; i++) {
            double difference = some[i] - logSum(some) - others[i] + logSum(others);
            largest = Math.max(largest, Math.abs(difference));
        }
        return largest;
    }

    private static double logSum(float[] logits) {
        double sum = 0;
        for (float logit : logits) {
            sum += Math.exp(logit);
        }
        return Math.log(sum);
    }
}
