package antiphon.improv.listen;

import antiphon.HotPath;
import antiphon.music.Vocabulary;

/**
 * The phrase that the human is playing: how long it is, how dense, and when it will count as finished. One thread;
 * allocates nothing.
 */
@HotPath
public final class Phrase {
    private static final long MILLI = 1_000_000L;

    /** Onsets closer than this are one chord and say nothing about tempo. */
    private static final long CHORD_NANOS = 50 * MILLI;

    /** A chord held this long with nothing new counts as the end of a phrase, so that pads are answered too. */
    private static final long HELD_NANOS = 3_000 * MILLI;

    /**
     * If so many gaps are known, a chord that is held so many times longer than the longest of them is the last one, and
     * after so long at the earliest: who plays a chorale in slow chords is not kept waiting for more.
     */
    private static final int KNOWN_GAPS = 4;

    private static final double LONGER_THAN_ANY = 1.35;
    private static final long SOONEST_HELD_NANOS = 2_000 * MILLI;

    private static final int MAX_GAPS = 8;
    private static final double SLOW_PLAYING = 1.5;

    /** More keys at once are chords, and from them nobody has learned how lines end. */
    private static final int KEYS_OF_A_LINE = 2;

    private static final int MIN_NOTES = 3;

    /** Whoever has set a shorter rest does not want to be waited for. */
    private static final long SHORT_REST_NANOS = 400 * MILLI;

    private static final int MAX_PATIENCE = 3;

    private final long[] gapNanos = new long[MAX_GAPS];
    private final long[] medianOf = new long[MAX_GAPS];
    private int gaps;
    private final long[] onsetNanos = new long[Vocabulary.PITCHES];
    private final NoteList played = new NoteList();
    private long longestNoteNanos;
    private int notes;
    private int polyphony;
    private boolean everPlayed;
    private long startNanos;
    private long lastOnsetNanos;
    private long lastActivityNanos;
    private long soundsUntilNanos;

    /** Forgets the phrase, but not how fast the human plays. */
    public void reset() {
        notes = 0;
        polyphony = 0;
        longestNoteNanos = 0;
        played.clear();
    }

    /** Becomes the same as another. */
    public void copyFrom(Phrase other) {
        System.arraycopy(other.gapNanos, 0, gapNanos, 0, MAX_GAPS);
        gaps = other.gaps;
        System.arraycopy(other.onsetNanos, 0, onsetNanos, 0, onsetNanos.length);
        longestNoteNanos = other.longestNoteNanos;
        notes = other.notes;
        polyphony = other.polyphony;
        everPlayed = other.everPlayed;
        startNanos = other.startNanos;
        lastOnsetNanos = other.lastOnsetNanos;
        lastActivityNanos = other.lastActivityNanos;
        soundsUntilNanos = other.soundsUntilNanos;
        played.copyFrom(other.played);
    }

    /** Its notes. */
    public NoteList played() {
        return played;
    }

    /**
     * A note has begun. Gaps between phrases count too: if a human was interrupted too early and plays on, the rest
     * that ends a phrase becomes longer.
     */
    public void noteBegan(int pitch, int velocity, long nanos, long restNanos) {
        onsetNanos[pitch] = nanos;
        played.began(pitch, velocity, nanos);
        long gap = nanos - lastOnsetNanos;
        if (everPlayed && gap > CHORD_NANOS && gap <= MAX_PATIENCE * restNanos) {
            gapNanos[gaps++ % MAX_GAPS] = gap;
        }
        if (notes == 0) {
            startNanos = nanos;
            soundsUntilNanos = nanos;
        }
        everPlayed = true;
        notes++;
        lastOnsetNanos = nanos;
        lastActivityNanos = nanos;
    }

    /** A note has ended: its key is up and no pedal holds it. */
    public void noteEnded(int pitch, long nanos) {
        longestNoteNanos = Math.max(longestNoteNanos, nanos - onsetNanos[pitch]);
        lastActivityNanos = nanos;
        played.ended(pitch, nanos);
    }

    /** A key went up, whether or not a pedal keeps its note. */
    public void keyLifted(long nanos) {
        lastActivityNanos = nanos;
    }

    /** A note that is still held or ringing counts as lasting until now. */
    public void stillSounds(int pitch, long nanos) {
        longestNoteNanos = Math.max(longestNoteNanos, nanos - onsetNanos[pitch]);
        soundsUntilNanos = nanos;
    }

    /**
     * How long the longest note was, pedal included. Counts notes that have ended and those given to {@link
     * #stillSounds}.
     */
    public long longestNoteNanos() {
        return longestNoteNanos;
    }

    /** When its first note began. Only if there is one. */
    public long startNanos() {
        return startNanos;
    }

    /** Notes begun. */
    public int notes() {
        return notes;
    }

    /** The largest number of keys held at once. */
    public int polyphony() {
        return polyphony;
    }

    /** Tells how many keys are down. */
    public void keysHeld(int keys) {
        polyphony = Math.max(polyphony, keys);
    }

    /** From the first onset to the last thing that the human did, or until now if notes still sound. */
    public long durationNanos() {
        return Math.max(lastActivityNanos, soundsUntilNanos) - startNanos;
    }

    /** When a key last went down or up. */
    public long lastActivityNanos() {
        return lastActivityNanos;
    }

    /**
     * When the phrase will have ended if nothing more is played, {@link Long#MAX_VALUE} if there is none.
     *
     * @param restNanos the silence asked for; who plays slowly gets up to three times as long
     * @param early a line that sounds finished ends sooner: see {@link PhraseEnd}
     */
    public long endNanos(boolean keysHeld, long restNanos, boolean early) {
        if (notes == 0) {
            return Long.MAX_VALUE;
        }
        if (keysHeld) {
            return lastActivityNanos + Math.max(heldNanos(), restNanos);
        }
        long patience = (long) (SLOW_PLAYING * medianGapNanos(0));
        if (early && patience <= restNanos && isLine() && restNanos >= SHORT_REST_NANOS) {
            return lastActivityNanos + Math.min(restNanos, soundsFinishedNanos(restNanos));
        }
        // Who lets a long last chord go is not kept waiting longer than who holds it.
        long longestNanos = Math.max(0, lastOnsetNanos + heldNanos() - lastActivityNanos);
        return lastActivityNanos
                + Math.max(restNanos, Math.min(Math.min(patience, MAX_PATIENCE * restNanos), longestNanos));
    }

    private boolean isLine() {
        return notes >= MIN_NOTES && polyphony <= KEYS_OF_A_LINE && gaps >= KNOWN_GAPS;
    }

    private long soundsFinishedNanos(long restNanos) {
        return PhraseEnd.silenceNanos(
                medianGapNanos(0),
                lastActivityNanos - lastOnsetNanos,
                notes,
                lastActivityNanos - startNanos,
                restNanos);
    }

    private long heldNanos() {
        int size = Math.min(gaps, MAX_GAPS);
        long longestNanos = 0;
        for (int i = 0; i < size; i++) {
            longestNanos = Math.max(longestNanos, gapNanos[i]);
        }
        return size < KNOWN_GAPS
                ? HELD_NANOS
                : Math.clamp((long) (LONGER_THAN_ANY * longestNanos), SOONEST_HELD_NANOS, HELD_NANOS);
    }

    /** The median time between the last onsets. */
    public long medianGapNanos(long unknown) {
        int size = Math.min(gaps, MAX_GAPS);
        if (size == 0) {
            return unknown;
        }
        System.arraycopy(gapNanos, 0, medianOf, 0, size);
        return Median.of(medianOf, size);
    }
}
