package antiphon.bench;

import antiphon.bench.BenchRecord.Stream;
import antiphon.music.NotePairing;
import java.util.ArrayDeque;
import java.util.Arrays;

/**
 * Finds for each message sent what came back for it.
 *
 * <p>A message that came back by thru has the bytes of the one that was sent. The k-th answer belongs to the k-th note of its block (see {@link BenchSchedule}): one
 * note at a time is played, each is answered by one, and order is kept. If an answer is lost, the later ones of its
 * block count as late, never as early.
 */
final class BenchMatch {
    /** The messages are played on the first channel, and answered on the second. */
    private static final int PLAYED_CHANNEL = 0;

    private static final int ANSWER_CHANNEL = 1;

    /** How many messages in a row may be lost before we no longer know which one it is. */
    private static final int MAX_LOST_IN_A_ROW = 100;

    private static final int INITIAL_NOTES = 32;
    private static final long LOST = -1;

    /** Does nothing, because only the number of notes is needed. */
    private static final NotePairing.Ear DEAF = (lane, channel, pitch, velocity, onsetNanos, nanos) -> {};

    private final BenchRecord record;
    private final Stream stream;
    private final Latencies thru;
    private final Latencies answers;
    private final Latencies releases;
    private final Answers expected;
    private int surplus;

    /** What comes back besides thru. */
    enum Answers {
        /** Each note is answered by one. */
        EACH,
        /** The same, and what other parts play, on the channels after the answers', is not looked at. */
        EACH_BESIDE_PARTS,
        /** There may be answers; they are not looked at. */
        NOT_EACH;

        boolean each() {
            return this != NOT_EACH;
        }
    }

    BenchMatch(BenchRecord record, Stream stream, Answers expected) {
        this.record = record;
        this.stream = stream;
        this.expected = expected;
        thru = new Latencies(matchThru());
        answers = new Latencies(expected.each() ? matchAnswers(true) : new long[0]);
        releases = new Latencies(expected.each() ? matchAnswers(false) : new long[0]);
    }

    /** Frames from each message's due frame to its coming back by thru; -1 where it did not. */
    Latencies thru() {
        return thru;
    }

    /** Frames from each note-on to the answer's note-on. */
    Latencies answers() {
        return answers;
    }

    /** Frames from each note-off to the answer's note-off. */
    Latencies releases() {
        return releases;
    }

    /** Messages that came back although nothing was sent for them. */
    int surplus() {
        return surplus;
    }

    /**
     * Notes that still sound at the end: thru's and the answer's. A partner that plays on after the last note is not
     * waited for, so its notes are not counted.
     */
    int hanging() {
        NotePairing pairing = new NotePairing(NotePairing.Overlap.QUEUE, INITIAL_NOTES);
        for (int i = 0; i < stream.size(); i++) {
            if (isNotLookedAt(BenchSchedule.channel(stream.messages()[i]))) {
                continue;
            }
            pairing.accept(0, 0, BenchSchedule.packed(stream.messages()[i]), stream.frames()[i], DEAF);
        }
        return pairing.sounding();
    }

    private boolean isNotLookedAt(int channel) {
        return switch (expected) {
            case EACH -> false;
            case EACH_BESIDE_PARTS -> channel > ANSWER_CHANNEL;
            case NOT_EACH -> channel == ANSWER_CHANNEL;
        };
    }

    private long[] matchThru() {
        int[] sent = record.messages();
        long[] frames = new long[sent.length];
        Arrays.fill(frames, LOST);
        int next = 0;
        for (int i = 0; i < stream.size(); i++) {
            int message = stream.messages()[i];
            int channel = BenchSchedule.channel(message);
            if (channel != PLAYED_CHANNEL) {
                surplus += channel == ANSWER_CHANNEL || isNotLookedAt(channel) ? 0 : 1;
                continue;
            }
            int at = next;
            while (at < sent.length && at - next < MAX_LOST_IN_A_ROW && sent[at] != message) {
                at++;
            }
            if (at < sent.length && sent[at] == message) {
                frames[at] = stream.frames()[i] - record.dueFrames()[at];
                next = at + 1;
            } else {
                surplus++;
            }
        }
        return frames;
    }

    private long[] matchAnswers(boolean noteOns) {
        int first = noteOns ? 0 : 1;
        long[] frames = new long[(record.messages().length + 1 - first) / 2];
        Arrays.fill(frames, LOST);
        ArrayDeque<Integer> unanswered = new ArrayDeque<>();
        int next = 0;
        for (int i = 0; i < stream.size(); i++) {
            int message = stream.messages()[i];
            if (BenchSchedule.channel(message) != ANSWER_CHANNEL || BenchSchedule.isNoteOn(message) != noteOns) {
                continue;
            }
            while (next < frames.length && record.dueFrames()[2 * next + first] <= stream.frames()[i]) {
                if (next % BenchSchedule.NOTES_PER_BLOCK == 0) {
                    unanswered.clear();
                }
                unanswered.add(next++);
            }
            if (unanswered.isEmpty()) {
                surplus++;
            } else {
                int note = unanswered.remove();
                frames[note] = stream.frames()[i] - record.dueFrames()[2 * note + first];
            }
        }
        return frames;
    }
}
