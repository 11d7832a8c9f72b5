package antiphon.bench;

import antiphon.model.Contender;
import antiphon.model.KernelStep;
import antiphon.model.LstmBatch;
import antiphon.model.LstmState;
import antiphon.model.Sampler;
import antiphon.model.StackedLstm;
import antiphon.model.StepModel;
import antiphon.train.Contenders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Measures how the cost grows and writes it as CSV, which {@code src/jmh/curves.py} draws: step time against
 * parameters, events per second against voices, time of a decision against the depth of its roll-out.
 *
 * <p>{@code StepCurves DIR [SECONDS]}: seconds for each curve. The points of a curve are measured in turns.
 */
public final class StepCurves {
    private static final int BLOCK = 20;
    private static final int[] WIDTHS = {112, 160, 224, 288, 384, 512, 640, 768, 896, 960};
    private static final int[] VOICES = {1, 2, 3, 4, 6, 8, 12, 16};
    private static final int[] DEPTHS = {0, 1, 2, 4, 8, 16, 32};

    private final Path folder;
    private final double seconds;

    private StepCurves(Path folder, double seconds) {
        this.folder = folder;
        this.seconds = seconds;
    }

    /** Command line. */
    public static void main(String[] arguments) throws IOException {
        StepCurves curves =
                new StepCurves(Path.of(arguments[0]), arguments.length > 1 ? Double.parseDouble(arguments[1]) : 30);
        System.out.println(Machine.line());
        curves.sizes();
        curves.voices();
        curves.rollOuts();
        System.exit(0);
    }

    private void write(String name, String header, List<String> rows) throws IOException {
        List<String> lines = new ArrayList<>(List.of("# " + Machine.line(), header));
        lines.addAll(rows);
        Files.createDirectories(folder);
        Files.write(folder.resolve(name), lines);
        lines.forEach(System.out::println);
    }

    private void sizes() throws IOException {
        Race race = new Race();
        List<String> points = new ArrayList<>();
        List<String> names = new ArrayList<>(Contenders.OURS);
        names.addAll(Contenders.LIMITS);
        for (int width : WIDTHS) {
            StepModel model = StepModel.random(width);
            int[] events = StepModel.events(new StackedLstm(model.file()));
            for (String name : names) {
                Contender contender = Contenders.named(name, model);
                race.add(StepTable.stepping(contender, events));
                points.add(width + "," + model.parameters() + "," + name);
            }
        }
        race.warmUp();
        race.run(seconds, BLOCK, () -> {});
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < points.size(); i++) {
            rows.add(points.get(i) + times(race, i));
        }
        write("performance-size.csv", "width,parameters,contender,median_micros,p99_micros", rows);
    }

    private static String times(Race race, int place) {
        return String.format(Locale.ROOT, ",%.2f,%.2f", race.micros(place, 50), race.micros(place, 99));
    }

    /** One thread, one event for each voice in turn: what a partner with several voices would need. */
    private void voices() throws IOException {
        StepModel model = StepModel.named("shipped");
        Race race = new Race();
        List<String> names = new ArrayList<>();
        for (String name : Contenders.OURS) {
            StackedLstm kernel = Contenders.kernel(name, model);
            int[] events = StepModel.events(kernel);
            for (int voices : VOICES) {
                names.add(voices + "," + name);
                race.add(stepAll(kernel, events, voices));
            }
            for (int voices : VOICES) {
                names.add(voices + "," + name + " together");
                race.add(stepTogether(kernel, events, voices));
            }
        }
        race.warmUp();
        race.run(seconds, BLOCK, () -> {});
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            int voices = VOICES[i % VOICES.length];
            double micros = race.micros(i, 50);
            rows.add(names.get(i) + String.format(Locale.ROOT, ",%.2f,%.0f", micros, voices * 1e6 / micros));
        }
        write("performance-voices.csv", "voices,kernel,median_micros,events_per_second", rows);
    }

    private static Runnable stepAll(StackedLstm kernel, int[] events, int voices) {
        List<Runnable> steps = new ArrayList<>();
        for (int voice = 0; voice < voices; voice++) {
            steps.add(StepTable.stepping(new KernelStep("voice", kernel, false), events));
        }
        return () -> {
            for (Runnable step : steps) {
                step.run();
            }
        };
    }

    /** The same with one pass over the weights for all voices. */
    private static Runnable stepTogether(StackedLstm kernel, int[] events, int voices) {
        LstmBatch batch = kernel.newBatch(voices);
        float[] logits = new float[kernel.fieldSize(StackedLstm.KIND)];
        int[] next = {0};
        return () -> {
            for (int voice = 0; voice < voices; voice++) {
                int at = next[0];
                next[0] = (at + StackedLstm.FIELDS) % events.length;
                batch.setEvent(voice, events[at], events[at + 1], events[at + 2], events[at + 3]);
            }
            kernel.step(batch, voices);
            for (int voice = 0; voice < voices; voice++) {
                kernel.logits(batch.state(voice), StackedLstm.KIND, 0, 0, 0, logits);
            }
        };
    }

    private void rollOuts() throws IOException {
        StepModel model = StepModel.named("shipped");
        Race race = new Race();
        List<String> names = new ArrayList<>();
        for (String name : Contenders.OURS) {
            StackedLstm kernel = Contenders.kernel(name, model);
            for (int depth : DEPTHS) {
                names.add(depth + "," + name);
                race.add(rollOut(kernel, depth));
            }
        }
        race.warmUp();
        race.run(seconds, BLOCK, () -> {});
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            rows.add(names.get(i) + times(race, i));
        }
        write("performance-rollout.csv", "depth,kernel,median_micros,p99_micros", rows);
    }

    /**
     * A decision is four fields drawn one after another; depth 0 is the decision alone, and each further level hears
     * the last decision on a copied state and decides again.
     */
    private static Runnable rollOut(StackedLstm kernel, int depth) {
        LstmState played = kernel.newState();
        LstmState ghost = kernel.newState();
        kernel.step(played, 0, 0, 0, 0);
        Sampler sampler = new Sampler(1, 1, 0, 1);
        int largest = 0;
        for (int field = 0; field < StackedLstm.FIELDS; field++) {
            largest = Math.max(largest, kernel.fieldSize(field));
        }
        float[] logits = new float[largest];
        int[] chosen = new int[StackedLstm.FIELDS];
        return () -> {
            ghost.copyFrom(played);
            decide(kernel, ghost, sampler, logits, chosen);
            for (int level = 0; level < depth; level++) {
                kernel.step(ghost, chosen[0], chosen[1], chosen[2], chosen[3]);
                decide(kernel, ghost, sampler, logits, chosen);
            }
        };
    }

    private static void decide(
            StackedLstm kernel, LstmState state, Sampler sampler, float[] logits, int[] chosen) {
        for (int head = 0; head < StackedLstm.FIELDS; head++) {
            kernel.logits(state, head, chosen[0], chosen[1], chosen[2], logits);
            chosen[head] = Math.max(0, sampler.draw(logits, kernel.fieldSize(head)));
        }
    }
}
