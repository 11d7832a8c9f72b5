package antiphon.bench;

import antiphon.Amount;
import antiphon.music.Message;
import java.util.Arrays;
import java.util.Random;

/**
 * Which message the witness sends at which frame, made before the run: the latency of a message counts from its
 * frame here, even if the machine stalled and sent it later, so that every message of a stall shows the stall.
 *
 * <p>Note-ons and note-offs take turns, one note at a time, with gaps between half and one and a half times the mean,
 * so that messages fall on all frames of a cycle. Velocities rise and start again, so that a message differs from all
 * its neighbours. After every {@value #NOTES_PER_BLOCK} notes there is a rest: if answers are lost, matching starts
 * again there.
 *
 * @param frames of each message, rising; even places are note-ons, odd ones their note-offs
 * @param messages three bytes each, status first, as in 0x904064
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record BenchSchedule(long[] frames, int[] messages) {
    static final int NOTES_PER_BLOCK = 1000;
    static final int MESSAGES_PER_BLOCK = 2 * NOTES_PER_BLOCK;
    private static final double REST_SECONDS = 0.25;

    private static final int NOTE_ON = 0x90_00_00;
    private static final int NOTE_OFF = 0x80_00_00;
    private static final int LOWEST_PITCH = 48;
    private static final int PITCHES = 37;
    private static final int LOWEST_VELOCITY = 20;
    private static final int VELOCITIES = 107;

    /**
     * Makes a schedule; the same arguments make the same one.
     *
     * @param notes note-ons; there are twice as many messages
     * @param sampleRate frames a second
     */
    static BenchSchedule of(int notes, double notesPerSecond, int sampleRate, long seed) {
        Random random = new Random(seed);
        long[] frames = new long[2 * notes];
        int[] messages = new int[2 * notes];
        double gapFrames = sampleRate / notesPerSecond / 2;
        double at = 0;
        for (int i = 0; i < messages.length; i++) {
            int note = i / 2;
            boolean on = i % 2 == 0;
            boolean rest = i > 0 && i % MESSAGES_PER_BLOCK == 0;
            at += gapFrames * (0.5 + random.nextDouble()) + (rest ? REST_SECONDS * sampleRate : 0);
            frames[i] = Math.max((long) at, i == 0 ? 0 : frames[i - 1] + 1);
            int pitch = on ? LOWEST_PITCH + random.nextInt(PITCHES) : pitch(messages[i - 1]);
            messages[i] = (on ? NOTE_ON : NOTE_OFF) + (pitch << 8) + LOWEST_VELOCITY + note % VELOCITIES;
        }
        return new BenchSchedule(frames, messages);
    }

    /** In the witness's own format: a line for each message, frame and bytes. */
    String text() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < frames.length; i++) {
            text.append(frames[i])
                    .append(' ')
                    .append(Integer.toHexString(messages[i]))
                    .append('\n');
        }
        return text.toString();
    }

    static boolean isNoteOn(int message) {
        return (message & 0xF0_00_00) == NOTE_ON && (message & 0x7F) != 0;
    }

    static boolean isNoteOff(int message) {
        return (message & 0xF0_00_00) == NOTE_OFF || ((message & 0xF0_00_00) == NOTE_ON && (message & 0x7F) == 0);
    }

    /** 0 to 15. */
    static int channel(int message) {
        return (message >> 16) & 0xF;
    }

    private static int pitch(int message) {
        return (message >> 8) & 0x7F;
    }

    /** Packed as in {@link antiphon.music.Message}. */
    static int packed(int message) {
        return Message.of(message >> 16, (message >> 8) & 0xFF, message & 0xFF);
    }

    @Override
    public String toString() {
        return Amount.of(messages.length, "message") + " at "
                + Arrays.stream(frames).limit(3).boxed().toList() + "...";
    }
}
