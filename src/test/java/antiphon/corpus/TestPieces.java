package antiphon.corpus;

import antiphon.music.Event;
import antiphon.music.Note;
import antiphon.music.Performance;
import antiphon.music.Vocabulary;
import antiphon.music.Voice;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Made-up music for tests: the same seed gives the same. */
public final class TestPieces {
    private static final long MILLI = 1_000_000L;

    private TestPieces() {}

    /** A corpus of pieces that repeat a figure of their own; several on each side of the split. */
    public static Corpus corpus(int pieces, int notesEach) {
        List<Piece> made = new ArrayList<>();
        for (int i = 0; i < pieces; i++) {
            made.add(new Piece("piece-" + i, repetitive(i, notesEach)));
        }
        return new Corpus(made, "made up");
    }

    /** Writes pieces as a CSV of notes. */
    public static void writeCsv(Path file, List<Piece> pieces) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            NotesCsv.writeHeader(out);
            for (Piece piece : pieces) {
                NotesCsv.writePiece(out, piece);
            }
        }
    }

    /** A figure of four notes over and over, at 250 ms a note. */
    public static Performance repetitive(int seed, int count) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] figure = {60, 60 + random.nextInt(1, 8), 60 + random.nextInt(1, 12), 60 - random.nextInt(1, 12)};
        List<Note> notes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            notes.add(new Note(Voice.HUMAN, i * (250 * MILLI), 200 * MILLI, figure[i % 4], 64));
        }
        return Performance.of(notes);
    }

    /** Notes at random, chords and overlaps included. */
    public static Performance random(long seed, int count) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Note> notes = new ArrayList<>();
        long nanos = 0;
        for (int i = 0; i < count; i++) {
            nanos += random.nextInt(3) == 0 ? 0 : random.nextLong(700 * MILLI);
            notes.add(new Note(
                    Voice.HUMAN, nanos, random.nextLong(900 * MILLI), random.nextInt(128), random.nextInt(1, 128)));
        }
        return Performance.of(notes);
    }

    /** Events of every kind with fields at random, legal or not: for comparing networks. */
    public static int[] events(long seed, int count) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] events = new int[count];
        for (int i = 0; i < count; i++) {
            events[i] = Event.of(
                    random.nextInt(Vocabulary.fieldSize(0)),
                    random.nextInt(Vocabulary.fieldSize(1)),
                    random.nextInt(Vocabulary.fieldSize(2)),
                    random.nextInt(Vocabulary.fieldSize(3)));
        }
        return events;
    }
}
