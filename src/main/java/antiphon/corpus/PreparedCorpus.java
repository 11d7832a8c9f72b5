package antiphon.corpus;

import antiphon.file.AtomicFile;
import antiphon.improv.listen.Places;
import antiphon.music.Event;
import antiphon.music.Place;
import antiphon.music.Vocabulary;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/**
 * A corpus written out as events, for trainers in other languages: a folder with {@value #INDEX} and files of packed
 * {@link Event}s, each with its {@link Place} behind it, 32 bits each, little-endian, every piece beginning with
 * {@link Event#PIECE_START}.
 *
 * <p>There is one file to learn from for each pass, with a dialogue of every piece in an order of its own, and one of
 * the pieces as they are for each held-out side of the {@link Split}. Every file is written beside its place and moved
 * there, the index last and an old one removed first: a folder that has an index is whole. The passes are written by as
 * many threads as there are processors, each of which holds one piece's events at a time.
 *
 * @param train one for each pass
 * @param valid the pieces to choose the best weights by
 * @param test the pieces to judge them by
 */
public record PreparedCorpus(List<Part> train, Part valid, Part test) {
    /** The file that describes the others. */
    public static final String INDEX = "prepared.json";

    private static final int MAX_PASSES = 1000;
    private static final int BUFFER_BYTES = 1 << 20;

    /**
     * One file of events.
     *
     * @param file its name below the folder
     * @param events in the file, the starts of pieces included
     * @param notes note-ons among them
     * @param pieces starts of pieces among them
     */
    public record Part(String file, long events, long notes, int pieces) {
        private Map<String, Object> toMap() {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("file", file);
            map.put("events", events);
            map.put("notes", notes);
            map.put("pieces", pieces);
            return map;
        }
    }

    /** Hears how it goes, from several threads. */
    @FunctionalInterface
    public interface Listener {
        /** Some of the pieces of a file have been written. */
        void progress(String file, int done, int pieces);
    }

    /**
     * Writes a corpus to a folder, which is made if it is missing.
     *
     * @param passes files to learn from, 1 to 1000
     * @param seed decides dialogues and order; the same seed and corpus give the same bytes
     * @throws CorpusException one line, if nothing is left to learn from or the folder cannot be written
     */
    public static PreparedCorpus write(Corpus corpus, Path folder, int passes, long seed, Listener listener) {
        if (passes < 1 || passes > MAX_PASSES) {
            throw new CorpusException("--passes: found " + passes + "; allowed: 1 to " + MAX_PASSES + ".");
        }
        List<Piece> pieces = Split.TRAIN.select(corpus.pieces());
        if (pieces.isEmpty()) {
            throw new CorpusException("corpus: all " + corpus.pieces().size()
                    + " pieces are held out for judging; one at least must be left to learn from. Add pieces.");
        }
        try {
            Files.createDirectories(folder);
            Files.deleteIfExists(folder.resolve(INDEX));
            List<Part> train = writePasses(pieces, folder, passes, seed, listener);
            Part valid = asTheyAre(folder.resolve("valid.events"), Split.VALID.select(corpus.pieces()), listener);
            Part test = asTheyAre(folder.resolve("test.events"), Split.TEST.select(corpus.pieces()), listener);
            PreparedCorpus prepared = new PreparedCorpus(train, valid, test);
            prepared.writeIndex(folder.resolve(INDEX), seed, corpus.description());
            return prepared;
        } catch (IOException failure) {
            throw new CorpusException(
                    folder + ": cannot be written (" + failure.getMessage() + "); a folder with room needed. Free"
                            + " space, or give -o another place.",
                    failure);
        }
    }

    private static List<Part> writePasses(List<Piece> pieces, Path folder, int passes, long seed, Listener listener)
            throws IOException {
        List<Callable<Part>> tasks = new ArrayList<>();
        for (int pass = 0; pass < passes; pass++) {
            Path path = folder.resolve(String.format(Locale.ROOT, "train-%03d.events", pass));
            DialogueSupply supply = new DialogueSupply(pieces, seed, (long) pass * pieces.size());
            tasks.add(() -> writePart(path, supply::next, pieces.size(), listener));
        }
        List<Part> train = new ArrayList<>();
        try (ExecutorService threads =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
            for (Future<Part> part : threads.invokeAll(tasks)) {
                train.add(part.get());
            }
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof IOException failure) {
                throw failure;
            }
            if (failed.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
        return train;
    }

    private static Part asTheyAre(Path path, List<Piece> pieces, Listener listener) throws IOException {
        int[] next = {0};
        return writePart(
                path, () -> DialogueSupply.begun(pieces.get(next[0]++).performance()), pieces.size(), listener);
    }

    private static Part writePart(Path path, Supplier<int[]> supply, int pieces, Listener listener) throws IOException {
        String file = String.valueOf(path.getFileName());
        long[] counts = new long[2]; // events, notes
        Places places = new Places();
        AtomicFile.write(path, draft -> {
            ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
            try (FileChannel channel = FileChannel.open(
                    draft, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
                for (int piece = 0; piece < pieces; piece++) {
                    listener.progress(file, piece, pieces);
                    for (int event : supply.get()) {
                        if (!buffer.hasRemaining()) {
                            drain(buffer, channel);
                        }
                        buffer.putInt(event);
                        buffer.putInt(places.hear(event, true));
                        counts[0]++;
                        counts[1] += Event.isNoteOn(Event.kind(event)) ? 1 : 0;
                    }
                }
                drain(buffer, channel);
            }
        });
        return new Part(file, counts[0], counts[1], pieces);
    }

    private static void drain(ByteBuffer buffer, FileChannel channel) throws IOException {
        buffer.flip();
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        buffer.clear();
    }

    private void writeIndex(Path path, long seed, String description) throws IOException {
        int[] sizes = new int[Vocabulary.FIELDS];
        for (int field = 0; field < sizes.length; field++) {
            sizes[field] = Vocabulary.fieldSize(field);
        }
        double[] gridBits = new double[Vocabulary.TIME_BINS];
        for (int bin = 0; bin < gridBits.length; bin++) {
            gridBits[bin] = Surprise.gridBits(Event.of(Event.START, bin, 0, 0));
        }
        long[] timeNanos = new long[Vocabulary.TIME_BINS];
        Arrays.setAll(timeNanos, Vocabulary::timeNanos);
        int[] placeSizes = new int[Place.FIELDS];
        Arrays.setAll(placeSizes, Place::fieldSize);
        Map<String, Object> index = new LinkedHashMap<>();
        index.put("format", 2);
        index.put("vocabulary", Vocabulary.NAME);
        index.put("fieldSizes", sizes);
        index.put("timeGridBits", gridBits);
        index.put("timeNanos", timeNanos);
        index.put("placeSizes", placeSizes);
        index.put("phases", Place.PHASES);
        index.put("beatNanos", new double[] {Place.SHORTEST_NANOS, Place.LONGEST_NANOS});
        index.put("seed", seed);
        index.put("passes", train.size());
        index.put("description", description);
        index.put("train", train.stream().map(Part::toMap).toList());
        index.put("valid", valid.toMap());
        index.put("test", test.toMap());
        AtomicFile.write(path, draft -> Files.writeString(draft, JSON.std.asString(index) + "\n"));
    }
}
