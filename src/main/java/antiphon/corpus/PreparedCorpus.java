package antiphon.corpus;

import antiphon.file.AtomicFile;
import antiphon.improv.listen.Places;
import antiphon.music.Event;
import antiphon.music.Place;
import antiphon.music.Vocabulary;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
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

/**
 * A corpus written out as events, for trainers in other languages: a folder with {@value #INDEX} and files of packed
 * {@link Event}s, each with its {@link Place} behind it, 32 bits each, little-endian, every piece beginning with
 * {@link Event#PIECE_START}.
 *
 * <p>There is one file to learn from for each pass, with a dialogue of every piece in an order of its own, and one of
 * the pieces as they are for each held-out side of the {@link Split}. Every file is written beside its place and moved
 * there, the index last and an old one removed first: a folder that has an index is whole.
 *
 * <p>Pieces are read when they are needed and made into events by as many threads as there are processors; one thread
 * writes them, in an order that does not depend on the threads. Memory, beside the {@link CorpusIndex}: 4 bytes for each
 * piece, for the order, and at most eight pieces' events for each processor, see {@link InOrder}.
 *
 * @param train one for each pass
 * @param valid the pieces to choose the best weights by
 * @param test the pieces to judge them by
 */
public record PreparedCorpus(List<Part> train, Part valid, Part test) {
    /** The file that describes the others. */
    public static final String INDEX = "prepared.json";

    private static final int MAX_PASSES = 1000;
    private static final int EVENT_BYTES = 8;

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

    /** Hears how it goes, on the writing thread. */
    @FunctionalInterface
    public interface Listener {
        /** Some of the pieces of a file have been written. */
        void progress(String file, int done, int pieces);
    }

    /** The events of one piece as they are written: bytes, and how many notes. */
    private record Packed(ByteBuffer bytes, int notes) {}

    /**
     * Writes a corpus to a folder, which is made if it is missing.
     *
     * @param passes files to learn from, 1 to 1000
     * @param seed decides dialogues and order; the same seed and corpus give the same bytes
     * @throws CorpusException one line, if nothing is left to learn from or the folder cannot be written
     */
    public static PreparedCorpus write(CorpusIndex corpus, Path folder, int passes, long seed, Listener listener) {
        return write(
                corpus, folder, passes, seed, listener, Runtime.getRuntime().availableProcessors());
    }

    /**
     * Refuses a wrong number of passes.
     *
     * @throws CorpusException one line
     */
    public static void requirePasses(int passes) {
        if (passes < 1 || passes > MAX_PASSES) {
            throw new CorpusException("--passes: found " + passes + "; allowed: 1 to " + MAX_PASSES + ".");
        }
    }

    static PreparedCorpus write(
            CorpusIndex corpus, Path folder, int passes, long seed, Listener listener, int threads) {
        requirePasses(passes);
        if (corpus.size(Split.TRAIN) == 0) {
            throw new CorpusException("corpus: all " + corpus.size()
                    + " pieces are held out for judging; one at least must be left to learn from. Add pieces.");
        }
        try (InOrder workers = new InOrder(threads)) {
            Files.createDirectories(folder);
            Files.deleteIfExists(folder.resolve(INDEX));
            List<Part> train = new ArrayList<>();
            for (int pass = 0; pass < passes; pass++) {
                train.add(writePass(corpus, folder, pass, seed, listener, workers));
            }
            Part valid = asTheyAre(corpus, Split.VALID, folder.resolve("valid.events"), listener, workers);
            Part test = asTheyAre(corpus, Split.TEST, folder.resolve("test.events"), listener, workers);
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

    private static Part writePass(
            CorpusIndex corpus, Path folder, int pass, long seed, Listener listener, InOrder workers)
            throws IOException {
        int pieces = corpus.size(Split.TRAIN);
        int[] order = DialogueSupply.order(pieces, seed, pass);
        long first = (long) pass * pieces;
        return writePart(
                folder.resolve(String.format(Locale.ROOT, "train-%03d.events", pass)),
                pieces,
                i -> packed(DialogueSupply.dialogue(corpus.read(Split.TRAIN, order[i]), seed, first + i)),
                listener,
                workers);
    }

    private static Part asTheyAre(CorpusIndex corpus, Split side, Path path, Listener listener, InOrder workers)
            throws IOException {
        return writePart(
                path,
                corpus.size(side),
                i -> packed(DialogueSupply.begun(corpus.read(side, i).performance())),
                listener,
                workers);
    }

    /** Events, each with its place. That begins anew with every piece, so the pieces do not depend on each other. */
    private static Packed packed(int[] events) {
        Places places = new Places();
        ByteBuffer bytes = ByteBuffer.allocate(events.length * EVENT_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        int notes = 0;
        for (int event : events) {
            bytes.putInt(event);
            bytes.putInt(places.hear(event, true));
            notes += Event.isNoteOn(Event.kind(event)) ? 1 : 0;
        }
        return new Packed(bytes.flip(), notes);
    }

    private static Part writePart(Path path, int pieces, InOrder.Job<Packed> supply, Listener listener, InOrder workers)
            throws IOException {
        String file = String.valueOf(path.getFileName());
        long[] counts = new long[2]; // events, notes
        AtomicFile.write(path, draft -> {
            try (FileChannel channel = FileChannel.open(
                    draft, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
                workers.run(pieces, supply, (piece, packed) -> {
                    listener.progress(file, piece, pieces);
                    while (packed.bytes.hasRemaining()) {
                        channel.write(packed.bytes);
                    }
                    counts[0] += packed.bytes.limit() / EVENT_BYTES;
                    counts[1] += packed.notes;
                });
            }
        });
        return new Part(file, counts[0], counts[1], pieces);
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
