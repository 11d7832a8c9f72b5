package antiphon.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * What the witness has seen, in frames from the start; {@code write_record} in {@code src/bench/probe.c} says how it
 * is written.
 *
 * @param counts by name: {@code rate}, {@code period}, {@code xruns}, {@code unsent}, {@code overflow}, {@code odd},
 *     {@code cycles}, {@code late_cycles}, {@code longest_micros}
 * @param dueFrames of each message of the schedule
 * @param sentFrames when it was sent; later than due after a stall, -1 if never
 * @param messages the schedule's messages
 * @param program what came back from the program
 * @param baseline what came back from the baseline
 * @param jumps of JACK's frame clock
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record BenchRecord(
        Map<String, Integer> counts,
        long[] dueFrames,
        long[] sentFrames,
        int[] messages,
        Stream program,
        Stream baseline,
        int jumps) {

    /** Messages in the order in which they came. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Stream(long[] frames, int[] messages) {
        int size() {
            return messages.length;
        }
    }

    static BenchRecord read(Path file) {
        try {
            return parse(Files.readAllLines(file));
        } catch (IOException failure) {
            throw new BenchException(file + ": cannot be read (" + failure.getMessage() + ").");
        }
    }

    static BenchRecord parse(List<String> lines) {
        Map<String, Integer> counts = new HashMap<>();
        LongStream.Builder due = LongStream.builder();
        LongStream.Builder sent = LongStream.builder();
        LongStream.Builder messages = LongStream.builder();
        Builder program = new Builder();
        Builder baseline = new Builder();
        int jumps = 0;
        for (String line : lines) {
            String[] words = line.split(" ", -1);
            switch (words[0]) {
                case "s" -> {
                    due.add(Long.parseLong(words[1]));
                    sent.add(Long.parseLong(words[2]));
                    messages.add(Integer.parseInt(words[3], 16));
                }
                case "a" -> program.add(words);
                case "e" -> baseline.add(words);
                case "j" -> jumps++;
                default -> counts.put(words[0], Integer.parseInt(words[1]));
            }
        }
        return new BenchRecord(
                counts,
                due.build().toArray(),
                sent.build().toArray(),
                ints(messages),
                program.build(),
                baseline.build(),
                jumps);
    }

    int periodFrames() {
        return count("period");
    }

    int sampleRate() {
        return count("rate");
    }

    int xruns() {
        return count("xruns");
    }

    /** 0 if there is no such count. */
    int count(String name) {
        return counts.getOrDefault(name, 0);
    }

    private static int[] ints(LongStream.Builder numbers) {
        return numbers.build().mapToInt(each -> (int) each).toArray();
    }

    private static final class Builder {
        private final LongStream.Builder frames = LongStream.builder();
        private final LongStream.Builder messages = LongStream.builder();

        void add(String[] words) {
            frames.add(Long.parseLong(words[1]));
            messages.add(Integer.parseInt(words[2], 16));
        }

        Stream build() {
            return new Stream(frames.build().toArray(), ints(messages));
        }
    }
}
