package antiphon.corpus;

import antiphon.music.Note;
import antiphon.music.Performance;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.List;

/** A digest of a piece's intervals: the same for the same piece in another key, tempo, touch, file or voice. Pure. */
final class Fingerprint {
    private static final Comparator<Note> BY_ONSET_AND_PITCH =
            Comparator.comparingLong(Note::onsetNanos).thenComparingInt(Note::pitch);

    private Fingerprint() {}

    /** 32 bytes. */
    static byte[] of(Performance performance) {
        List<Note> notes =
                performance.notes().stream().sorted(BY_ONSET_AND_PITCH).toList();
        byte[] intervals = new byte[notes.size()];
        for (int i = 1; i < intervals.length; i++) {
            intervals[i] = (byte) (notes.get(i).pitch() - notes.get(i - 1).pitch());
        }
        return digest(intervals);
    }

    /** 32 bytes that stand for a {@link Piece#group}. */
    static byte[] ofGroup(String group) {
        return digest(("group " + group).getBytes(StandardCharsets.UTF_8));
    }

    /** 32 bytes that stand for a {@link Piece#name}. */
    static byte[] ofName(String name) {
        return digest(name.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] digest(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
