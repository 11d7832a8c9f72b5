package antiphon.live;

import antiphon.HotPath;
import antiphon.music.Message;
import java.util.Arrays;

/**
 * Messages that prove a loop if they come back: three note-offs, in an order in which nobody releases keys, of keys so
 * low that nobody plays them; they end nothing. A program that lets no lone note-offs pass gets notes of the lowest
 * velocity the next time. Of one input's {@link LoopGuard}; its thread only. Allocates nothing.
 */
@HotPath
final class LoopProbe {
    private static final long MAX_PAUSE_NANOS = 60_000_000_000L;
    private static final int LENGTH = 3;

    /** Pitches, three for each probe. */
    private static final int[] PITCHES = {7, 2, 10, 5, 1, 9, 8, 3, 11, 6, 0, 4};

    private static final int SOFTEST = 1;
    private static final int NONE = -128;

    private int first;
    private int returned;
    private long sentNanos;
    private long pauseNanos = LoopGuard.MAX_NANOS;
    private boolean underWay;
    private boolean ofNotes;

    /** The last lone note-offs, the newest last. */
    private final int[] loneOffs = new int[LENGTH];

    private int semitones;

    /** From here on nothing is under way, and the next one is sent at once. */
    void reset() {
        underWay = false;
        ofNotes = false;
        pauseNanos = LoopGuard.MAX_NANOS;
    }

    /**
     * Begins another one, unless one is under way: {@link #size} of {@link #message} are to be sent now.
     *
     * @param strong the suspicion is strong: it is asked again soon although the last one did not come back
     */
    boolean begin(long nanos, boolean strong) {
        if (underWay && nanos - sentNanos < (strong ? LoopGuard.MAX_NANOS : pauseNanos)) {
            return false;
        }
        if (underWay) {
            pauseNanos = Math.min(2 * pauseNanos, MAX_PAUSE_NANOS);
            ofNotes = !ofNotes;
        }
        underWay = true;
        first = (first + LENGTH) % PITCHES.length;
        returned = 0;
        semitones = 0;
        Arrays.fill(loneOffs, NONE);
        sentNanos = nanos;
        return true;
    }

    int size() {
        return ofNotes ? 2 * LENGTH : LENGTH;
    }

    /** None of them begins what another one does not end. */
    int message(int number, int channel) {
        int pitch = PITCHES[first + (ofNotes ? number / 2 : number)];
        return ofNotes && number % 2 == 0 ? Message.noteOn(channel, pitch, SOFTEST) : Message.noteOff(channel, pitch);
    }

    /** True if this note, of a key that is not down, may be one of the probe's. */
    boolean isPart(int message, long nanos) {
        if (!underWay || nanos - sentNanos > LoopGuard.MAX_NANOS) {
            return false;
        }
        int pitch = Message.data1(message);
        if (Message.isNoteOff(message) && isBackTransposed(pitch)) {
            return true;
        }
        boolean part = pitch == PITCHES[first] || pitch == PITCHES[first + 1] || pitch == PITCHES[first + 2];
        if (ofNotes && Message.isNoteOff(message)) {
            return part;
        }
        if (!part || ofNotes != Message.isNoteOn(message)) {
            returned = Message.isNoteOff(message) ? 0 : returned;
            return false;
        }
        returned = pitch == PITCHES[first + returned] ? returned + 1 : 0;
        return true;
    }

    /** True if this lone note-off is the last of the probe, transposed; the two before it did no harm. */
    private boolean isBackTransposed(int pitch) {
        loneOffs[0] = loneOffs[1];
        loneOffs[1] = loneOffs[2];
        loneOffs[2] = pitch;
        int moved = pitch - PITCHES[first + 2];
        if (moved == 0 || loneOffs[0] - PITCHES[first] != moved || loneOffs[1] - PITCHES[first + 1] != moved) {
            return false;
        }
        semitones = moved;
        returned = LENGTH;
        return true;
    }

    /** By how much it was transposed on its way. */
    int semitones() {
        return semitones;
    }

    /** True if all of it has come back. */
    boolean isBack() {
        return returned == LENGTH;
    }

    /** How long ago it was sent. */
    long ageNanos(long nanos) {
        return nanos - sentNanos;
    }
}
