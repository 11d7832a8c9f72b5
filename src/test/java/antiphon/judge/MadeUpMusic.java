package antiphon.judge;

import antiphon.corpus.Piece;
import antiphon.music.Note;
import antiphon.music.Performance;
import antiphon.music.Voice;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Music for tests in which it is known what there is to find: the same seed gives the same. */
final class MadeUpMusic {
    static final long MILLI = 1_000_000L;
    static final int[] MAJOR = {0, 2, 4, 5, 7, 9, 11};

    private MadeUpMusic() {}

    static Note note(int voice, double seconds, double duration, int pitch, int velocity) {
        return new Note(voice, Math.round(seconds * 1e9), Math.round(duration * 1e9), pitch, velocity);
    }

    /** One note after the other, a quarter of a second each. */
    static List<Note> melody(int voice, int... pitches) {
        return IntStream.range(0, pitches.length)
                .mapToObj(i -> note(voice, i * 0.25, 0.2, pitches[i], 64))
                .toList();
    }

    /**
     * Pieces each with its own key, register, pace and loudness, which phrase and answer share: 16 notes at random in
     * the key, a rest, 16 more.
     */
    static List<Piece> pieces(int count, int phrasesEach) {
        List<Piece> pieces = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            pieces.add(new Piece("made up " + i, piece(i, phrasesEach)));
        }
        return pieces;
    }

    private static Performance piece(int seed, int phrases) {
        SplittableRandom random = new SplittableRandom(seed);
        int lowest = 30 + random.nextInt(50);
        double pace = 0.22 + 0.2 * random.nextDouble();
        int loudness = 30 + random.nextInt(80);
        List<Note> notes = new ArrayList<>();
        double seconds = 0;
        for (int phrase = 0; phrase < phrases; phrase++) {
            for (int i = 0; i < 16; i++) {
                int pitch = lowest + MAJOR[random.nextInt(7)] + (i % 8 == 0 ? 12 : 0);
                notes.add(note(Voice.HUMAN, seconds, pace * 0.9, pitch, loudness + random.nextInt(8)));
                seconds += pace;
            }
            seconds += 1.2;
        }
        return Performance.of(notes);
    }

    static Exchanges exchanges(int count) {
        return Exchanges.of(pieces(count, 4), count, 700 * MILLI);
    }
}
