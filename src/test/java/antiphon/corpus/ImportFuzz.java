package antiphon.corpus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Makes mutants of sound MIDI files: bytes changed, taken out, put in, doubled, cut off, and lengths made wrong. The same
 * seed gives the same mutants. As a program it imports ten thousand of them in one run and prints how long the slowest
 * took and how much memory was in use; {@code src/bench/fuzz-import.sh} starts it.
 */
final class ImportFuzz {
    private static final int[] NASTY = {0, 1, 0x2F, 0x51, 0x7F, 0x80, 0x90, 0xB0, 0xF0, 0xF7, 0xFF};
    private static final int REPORT_EVERY = 1_000;
    private static final double NANOS_PER_MILLI = 1e6;

    private ImportFuzz() {}

    /** One mutant of these bytes. */
    static byte[] mutant(byte[] sound, SplittableRandom random) {
        byte[] bytes = sound.clone();
        int changes = 1 + random.nextInt(random.nextInt(4) == 0 ? 64 : 4);
        for (int i = 0; i < changes && bytes.length > 1; i++) {
            int place =
                    random.nextInt(3) == 0 ? random.nextInt(Math.min(40, bytes.length)) : random.nextInt(bytes.length);
            switch (random.nextInt(6)) {
                case 0 -> bytes[place] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[place] = (byte) NASTY[random.nextInt(NASTY.length)];
                case 2 -> bytes = spliced(bytes, place, 1 + random.nextInt(9), new byte[0]);
                case 3 -> {
                    byte[] put = new byte[1 + random.nextInt(9)];
                    random.nextBytes(put);
                    bytes = spliced(bytes, place, 0, put);
                }
                case 4 -> {
                    int end = Math.min(bytes.length, place + 1 + random.nextInt(200));
                    bytes = spliced(bytes, random.nextInt(bytes.length), 0, Arrays.copyOfRange(bytes, place, end));
                }
                default -> bytes = random.nextInt(8) == 0 ? Arrays.copyOf(bytes, place) : bytes;
            }
        }
        return bytes;
    }

    private static byte[] spliced(byte[] bytes, int place, int taken, byte[] put) {
        int after = Math.min(bytes.length, place + taken);
        byte[] all = Arrays.copyOf(bytes, place + put.length + bytes.length - after);
        System.arraycopy(put, 0, all, place, put.length);
        System.arraycopy(bytes, after, all, place + put.length, bytes.length - after);
        return all;
    }

    /** Arguments: a folder of MIDI files, how many of them, how many mutants of all together, the seed. */
    public static void main(String[] arguments) throws IOException {
        int mutants = Integer.parseInt(arguments[2]);
        Path work = Files.createTempDirectory("antiphon-fuzz-");
        Path set = Files.createDirectory(work.resolve("set"));
        writeMutants(sources(Path.of(arguments[0]), Integer.parseInt(arguments[1])), set, mutants, arguments[3]);
        Meter meter = new Meter();
        long begun = System.nanoTime();
        List<ImportTally> tallies = MidiImport.run(List.of(set), work.resolve("notes.csv"), Set.of(), true, meter);
        System.out.printf(
                Locale.ROOT,
                "%d mutants in %.1f s: kept %d pieces, %d lines told, slowest %.0f ms (number %d), heap in use %s MiB%n",
                meter.done,
                (System.nanoTime() - begun) / 1e9,
                tallies.stream().mapToInt(ImportTally::pieces).sum(),
                meter.lines,
                meter.slowestNanos / NANOS_PER_MILLI,
                meter.slowest,
                meter.heap);
        if (meter.done != mutants || meter.wrong > 0) {
            throw new IllegalStateException(meter.wrong + " lines were no lines, " + meter.done + " mutants read");
        }
        try (Stream<Path> all = Files.walk(work)) {
            for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private static List<byte[]> sources(Path folder, int count) throws IOException {
        List<byte[]> sources = new ArrayList<>();
        for (SourceFile file : MusicFiles.find(List.of(folder), System.out::println)) {
            if (!file.isCsv() && sources.size() < count) {
                sources.add(Files.readAllBytes(file.path()));
            }
        }
        return sources;
    }

    private static void writeMutants(List<byte[]> sources, Path set, int mutants, String seed) throws IOException {
        SplittableRandom random = new SplittableRandom(Long.parseLong(seed));
        for (int i = 0; i < mutants; i++) {
            byte[] bytes = mutant(sources.get(i % sources.size()), random);
            Files.write(set.resolve(String.format(Locale.ROOT, "%05d.mid", i)), bytes);
        }
    }

    /** Times each file, and looks at the heap now and then. */
    private static final class Meter implements MidiImport.Listener {
        private final List<Long> heap = new ArrayList<>();
        private long lastNanos = System.nanoTime();
        private long slowestNanos;
        private int slowest;
        private int done;
        private int lines;
        private int wrong;

        @Override
        public void skipped(String message) {
            lines++;
            wrong += message.contains("\n") || message.contains("Exception") ? 1 : 0;
        }

        @Override
        public void progress(String dataSet, int files, int of) {
            long took = System.nanoTime() - lastNanos;
            if (took > slowestNanos) {
                slowestNanos = took;
                slowest = done;
            }
            done++;
            if (done % REPORT_EVERY == 0) {
                System.gc();
                Runtime runtime = Runtime.getRuntime();
                heap.add((runtime.totalMemory() - runtime.freeMemory()) >> 20);
            }
            lastNanos = System.nanoTime();
        }
    }
}
