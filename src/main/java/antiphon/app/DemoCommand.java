package antiphon.app;

import antiphon.Amount;
import antiphon.config.Config;
import antiphon.live.LiveSession;
import antiphon.live.Meter;
import antiphon.live.Meters;
import antiphon.live.Ports;
import antiphon.midi.audio.WavRenderer;
import antiphon.midi.file.MidiFileReader;
import antiphon.midi.file.MidiFileWriter;
import antiphon.midi.memory.MemoryBackend;
import antiphon.music.TimedMessages;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code antiphon demo}: hear it without any gear. */
@Command(
        name = "demo",
        description = "Play a phrase to the live engine in real time, without any MIDI or audio system, and write what"
                + " it answers to answer.mid and answer.wav.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Runnable {
    private static final long POLL_NANOS = 10_000_000L;
    private static final long SPIN_NANOS = 200_000L;
    private static final long MAX_ANSWER_NANOS = 30_000_000_000L;
    private static final double NANOS_PER_MICRO = 1e3;

    @Option(names = "--out", paramLabel = "DIR", description = "Where to write the files. Default: here.")
    private Path folder = Path.of(".");

    @Mixin
    private PlayOptions options;

    @Override
    public void run() {
        makeFolder();
        options.put("play.mode", "call");
        Config config = options.load();
        Performer performer = Performer.of(config);
        TimedMessages phrase = phrase();
        MemoryBackend backend = new MemoryBackend();
        LiveSession session = new LiveSession(
                backend,
                performer.model(),
                performer.settings(),
                performer.seed(),
                Ports.unconnected(true),
                Performer.threads(config));
        session.start();
        System.out.println("You play:  " + Amount.of(phrase.noteOns(), "note") + " in " + seconds(phrase.endNanos())
                + " s. Listening ...");
        long startNanos = System.nanoTime();
        play(phrase, backend.input("in"), startNanos);
        awaitAnswer(session);
        session.close();
        TimedMessages answer = answer(backend.output("out"), startNanos);
        if (answer.noteOns() == 0) {
            throw new UserException("demo: no answer within " + seconds(MAX_ANSWER_NANOS)
                    + " s; one expected. Is the machine busy? Try again.");
        }
        write(phrase, answer, performer.seed());
        printLatency(session.meters());
        System.out.println("Next:      connect a keyboard and a synthesiser, and play: antiphon run");
    }

    /** Called before anything is played: if the files cannot be written, the music would be lost. */
    private void makeFolder() {
        try {
            Files.createDirectories(folder);
        } catch (FileAlreadyExistsException file) {
            throw new UserException(folder + ": not a folder; allowed: a folder, new or not. Choose another --out.");
        } catch (IOException failure) {
            throw new UserException(folder + ": cannot be made (" + failure + "). Choose another --out.");
        }
        if (!Files.isWritable(folder)) {
            throw new UserException(
                    folder + ": may not be written to; allowed: a folder of yours. Choose another --out.");
        }
    }

    /** Plays in real time, as a keyboard would. */
    private static void play(TimedMessages phrase, MemoryBackend.Input keyboard, long startNanos) {
        for (int i = 0; i < phrase.size(); i++) {
            long dueNanos = startNanos + phrase.nanos(i);
            long leftNanos = dueNanos - System.nanoTime();
            while (leftNanos > 0) {
                if (leftNanos > SPIN_NANOS) {
                    LockSupport.parkNanos(leftNanos - SPIN_NANOS);
                }
                leftNanos = dueNanos - System.nanoTime();
            }
            keyboard.inject(phrase.message(i), System.nanoTime());
        }
    }

    private static void awaitAnswer(LiveSession session) {
        long deadlineNanos = System.nanoTime() + MAX_ANSWER_NANOS;
        boolean told = false;
        while (System.nanoTime() < deadlineNanos
                && (session.answers() == 0 || session.hearing().answering())) {
            if (!told && session.hearing().answering()) {
                System.out.println("It answers ...");
                told = true;
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private static TimedMessages answer(MemoryBackend.Output output, long startNanos) {
        TimedMessages.Recorder recorder = new TimedMessages.Recorder();
        for (int i = 0; i < output.size(); i++) {
            if (!output.isThru(i)) {
                recorder.send(output.message(i), output.sentNanos(i) - startNanos);
            }
        }
        return recorder.messages();
    }

    private void write(TimedMessages phrase, TimedMessages answer, long seed) {
        Path midi = folder.resolve("answer.mid");
        Path wav = folder.resolve("answer.wav");
        List<MidiFileWriter.Track> tracks =
                List.of(new MidiFileWriter.Track("human", phrase), new MidiFileWriter.Track("answer", answer));
        MidiFileWriter.write(midi, tracks);
        new WavRenderer().render(MidiFileReader.read(midi).toDialogue(), wav);
        System.out.println("Answered:  " + Amount.of(answer.noteOns(), "note") + " in "
                + seconds(answer.endNanos() - answer.nanos(0)) + " s (seed " + seed + ").");
        System.out.println("Files:     " + midi.normalize());
        System.out.println("           " + wav.normalize() + " (you left, the answer right)");
    }

    private static void printLatency(Meters meters) {
        System.out.println("Latency:   in µs                         median       p99     worst  messages");
        print("note in to thru out", meters.inToThruNanos);
        print("note in to network", meters.inToHeardNanos);
        print("answer sent after its due", meters.sentMinusDueNanos);
    }

    private static void print(String what, Meter meter) {
        Histogram histogram = meter.sinceStart();
        System.out.printf(
                Locale.ROOT,
                "           %-27s %9.1f %9.1f %9.1f %9d%n",
                what,
                histogram.getValueAtPercentile(50) / NANOS_PER_MICRO,
                histogram.getValueAtPercentile(99) / NANOS_PER_MICRO,
                histogram.getMaxValue() / NANOS_PER_MICRO,
                histogram.getTotalCount());
    }

    private static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.1f", nanos / 1e9);
    }

    private static TimedMessages phrase() {
        try (InputStream in = DemoCommand.class.getResourceAsStream("demo.mid")) {
            if (in == null) {
                throw new IllegalStateException("demo.mid is not in the jar");
            }
            return MidiFileReader.read(in.readAllBytes(), "demo.mid").messages();
        } catch (IOException failure) {
            throw new IllegalStateException("demo.mid cannot be read from the jar", failure);
        }
    }
}
