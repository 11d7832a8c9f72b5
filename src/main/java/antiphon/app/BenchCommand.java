package antiphon.app;

import antiphon.bench.Bench;
import antiphon.bench.BenchCondition;
import antiphon.bench.Subject;
import antiphon.midi.MidiException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code antiphon bench}: latency from end to end, measured from outside, with the same figures of a baseline in C
 * beside it.
 */
@Command(
        name = "bench",
        description = "Measure the latency of antiphon run from end to end on a JACK server, with an independent client"
                + " in C and a baseline beside it, under seven conditions.",
        mixinStandardHelpOptions = true,
        subcommands = BenchSenderCommand.class)
final class BenchCommand implements Runnable {
    private static final String PROBE = "src/bench/probe.c";
    private static final int MAX_NOTES = 10_000_000;
    private static final double MAX_NOTES_PER_SECOND = 5_000;

    @Option(
            names = "--events",
            paramLabel = "N",
            description =
                    "Notes per condition; each has a note-off, so there are twice as many messages. Default: 20000.")
    private int notes = 20_000;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Notes a second. Default: 100; in a flood 500, which is 1000 messages.")
    private double rate;

    @Option(
            names = "--conditions",
            paramLabel = "NAME",
            split = ",",
            description = "Which, with commas: idle, flood, gc-storm, busy, planning, parts, browsers. Default: all.")
    private List<String> conditions = BenchCondition.labels();

    @Option(
            names = "--period",
            paramLabel = "FRAMES",
            description = "Start a JACK server with this period. Default: use the one that runs; if none does, start"
                    + " one with 64 frames.")
    private int period;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Seed of the notes played and of the program. Default: 1.")
    private long seed = 1;

    @Option(names = "--mode", paramLabel = "MODE", description = "Mode of the program. Default: harmony.")
    private String mode = "harmony";

    @Option(names = "--model", paramLabel = "FILE", description = "The network to use (.safetensors).")
    private @Nullable Path model;

    @Option(
            names = "--sender-messages",
            paramLabel = "N",
            description = "Messages to the sender thread alone; 0 leaves it out. Default: 2000.")
    private int senderMessages = 2000;

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    @Option(names = "-o", paramLabel = "DIR", description = "Keep raw files and bench.json here.")
    private @Nullable Path output;

    @Override
    public void run() {
        List<BenchCondition> wanted =
                conditions.stream().map(BenchCondition::of).distinct().toList();
        check();
        Bench.Plan plan = new Bench.Plan(wanted, notes, rate, period, seed, senderMessages);
        Subject subject = new Subject(Main.class, StormMain.class, programOptions());
        Bench bench = new Bench(plan, subject, json ? line -> {} : System.out::println, new Progress()::note);
        try {
            String results = bench.measure(Installation.home().resolve(PROBE), output);
            if (json) {
                System.out.println(results);
            }
            if (output != null) {
                Files.writeString(output.resolve("bench.json"), results);
            }
        } catch (MidiException none) {
            throw new PortsUnavailableException(none);
        } catch (IOException failure) {
            throw new UserException("-o " + output + ": cannot be written (" + failure + "). Choose another folder.");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void check() {
        if (notes < 1 || notes > MAX_NOTES) {
            throw new UserException("--events: " + notes + "; allowed: 1 to " + MAX_NOTES + ".");
        }
        if (!(rate >= 0 && rate <= MAX_NOTES_PER_SECOND)) {
            throw new UserException("--rate: " + rate + "; allowed: above 0, at most " + MAX_NOTES_PER_SECOND + ".");
        }
        if (period != 0 && (period < 16 || period > 8192)) {
            throw new UserException("--period: " + period + "; allowed: 16 to 8192 frames.");
        }
        if (senderMessages < 0 || senderMessages > MAX_NOTES) {
            throw new UserException("--sender-messages: " + senderMessages + "; allowed: 0 to " + MAX_NOTES + ".");
        }
    }

    private List<String> programOptions() {
        List<String> options = new ArrayList<>(List.of("--mode", mode, "--seed", Long.toString(seed)));
        if (model != null) {
            options.addAll(List.of("--model", model.toAbsolutePath().toString()));
        }
        return options;
    }
}
