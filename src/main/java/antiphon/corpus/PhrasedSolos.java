package antiphon.corpus;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Jazz solos whose phrases and beats people have marked: the best there is to judge turn-taking by. */
public final class PhrasedSolos {
    private static final int FEWEST_PHRASES = 2;

    private PhrasedSolos() {}

    /**
     * Loads them, without the bass. The same folder gives the same pieces.
     *
     * @param folder holds jazz_csv, as {@code .tar.xz} or unpacked
     * @param sides of the split that are wanted
     * @param size pieces at most, taken evenly from all of these sides
     * @throws CorpusException one line, if it is missing or cannot be read
     */
    public static List<PhrasedPiece> load(Path folder, Set<Split> sides, int size) {
        List<PhrasedPiece> all = BeatSet.within(folder, "jazz_csv", JazzSolos::withBeats).stream()
                .filter(piece -> sides.contains(piece.side()))
                .filter(piece -> piece.phraseOnsetsNanos().size() >= FEWEST_PHRASES)
                .toList();
        return EvenSample.of(all, size);
    }
}
