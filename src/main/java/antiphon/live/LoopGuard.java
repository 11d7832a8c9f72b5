package antiphon.live;

import antiphon.HotPath;
import antiphon.music.Message;
import java.util.Arrays;
import java.util.List;

/**
 * Recognises what we sent ourselves when it comes back by an input: an output connected to our input, a program that
 * sends on what it receives, at once or up to {@link #MAX_NANOS} later. Without it an answer would be taken for the next
 * call, and a copied message would go round for ever.
 *
 * <p>What comes back looks like what somebody plays, so a likeness is only a suspicion. A {@link LoopProbe} that comes
 * back proves it, and then how long it takes is known. From the proof on whatever was sent so long ago is dropped when it
 * comes in; everything else is still heard. When nothing comes back any more the loop is gone.
 *
 * <p>Of one input; its thread only, unless said otherwise. Allocates nothing.
 */
@HotPath
final class LoopGuard {
    /** What to do with a message: hear it, and copy it if thru is on. */
    static final int HEAR = 0;

    /** Copy it if thru is on, but it is no call: it is probably a note of our answer. */
    static final int COPY_ONLY = 1;

    /** Our own: neither. */
    static final int DROP = 2;

    /** The longest way round that is recognised. */
    static final long MAX_NANOS = 2_500_000_000L;

    /** No loop. */
    static final long NONE = -1;

    private static final long EARLY_NANOS = 20_000_000L;

    /** A key cannot be struck again so soon. */
    private static final long AT_ONCE_NANOS = 30_000_000L;

    /** Two messages that come back have taken the same time, give or take this. */
    private static final long SAME_NANOS = 10_000_000L;

    /** Notes of a chord may come back in another order. */
    private static final long CHORD_NANOS = 30_000_000L;

    /** So many messages in a row that took the same time are asked about again soon, although no probe came back. */
    private static final int STRONG = 6;

    /** So many notes of an answer, one after the other, with nothing between them: a loop, even if no probe returns. */
    private static final int PROVING_NOTES = 4;

    /** So many notes that did not come back: the loop is gone. */
    private static final int LOST_NOTES = 4;

    /** Clock messages come at most so often: 500 quarters a minute. */
    private static final long MIN_TICK_NANOS = 5_000_000L;

    private static final int CHANNEL_MESSAGES_BELOW = 0xF0;

    private final SentMessages answers;
    private final SentMessages[] sent;

    /** By what was sent, the inverted numbers of the messages that have come back. */
    private final long[][] returned;

    private final boolean[] down = new boolean[Ends.KEYS];
    private final boolean[] withheld = new boolean[Ends.KEYS];

    /** How often a key that is down was begun at the receivers by copies. */
    private final int[] copies = new int[Ends.KEYS];

    private long lastDelayNanos = NONE;
    private int sameDelays;
    private int answersReturned;
    private long lastOfSystemNanos = NONE;
    private int lastLength;
    private long lastLongNanos = NONE;
    private int channel;
    private final LoopProbe probe = new LoopProbe();
    private boolean wantsProbe;
    private boolean proved;
    private boolean heardOwn;

    /** How long what we send takes to come back; {@link #NONE} if it does not. Written by the input's thread. */
    private volatile long loopNanos = NONE;

    /**
     * Makes a guard of one input.
     *
     * @param answers what the engine sends
     * @param copied what each input's thru has copied
     */
    LoopGuard(SentMessages answers, List<SentMessages> copied) {
        this.answers = answers;
        sent = new SentMessages[copied.size() + 1];
        sent[0] = answers;
        for (int i = 0; i < copied.size(); i++) {
            sent[i + 1] = copied.get(i);
        }
        returned = new long[sent.length][SentMessages.CAPACITY];
    }

    /** How long what we send takes to come back; {@link #NONE} if it does not. Any thread. */
    long loopNanos() {
        return loopNanos;
    }

    /** What to do with a message that has come in: {@link #HEAR}, {@link #COPY_ONLY} or {@link #DROP}. */
    int judge(int message, long nanos) {
        proved = false;
        if (Message.status(message) >= CHANNEL_MESSAGES_BELOW) {
            return judgeOfSystem(nanos);
        }
        if (isProbe(message, nanos)) {
            return DROP;
        }
        int verdict = loopNanos == NONE ? suspect(message, nanos) : judgeInLoop(message, nanos);
        if (Message.isNoteOn(message)) {
            down[Message.key(message)] |= verdict != DROP;
        } else if (Message.isNoteOff(message) && verdict != DROP) {
            down[Message.key(message)] = false;
        }
        return verdict;
    }

    /** Messages of the whole system are all alike: in a loop none are heard, and too many are a suspicion. */
    private int judgeOfSystem(long nanos) {
        if (loopNanos != NONE) {
            return DROP;
        }
        wantsProbe |= lastOfSystemNanos != NONE && nanos - lastOfSystemNanos < MIN_TICK_NANOS;
        lastOfSystemNanos = nanos;
        return HEAR;
    }

    /** The same for a system exclusive message, which is only copied. */
    int judgeLong(int length, long nanos) {
        if (loopNanos != NONE) {
            return DROP;
        }
        wantsProbe |= length == lastLength && lastLongNanos != NONE && nanos - lastLongNanos < MAX_NANOS;
        lastLength = length;
        lastLongNanos = nanos;
        return HEAR;
    }

    /** A clock comes in although we send one ourselves: perhaps ours. */
    void suspectClock() {
        wantsProbe = true;
    }

    /** Takes note that a message was copied to the output. */
    void copied(int message) {
        if (Message.isNoteOn(message)) {
            copies[Message.key(message)]++;
        } else if (Message.isNoteOff(message)) {
            copies[Message.key(message)] = Math.max(0, copies[Message.key(message)] - 1);
        }
    }

    /** How many copied note-ons of a key a single note-off would leave; then forgets them. */
    int takeSurplus(int key) {
        int surplus = Math.max(0, copies[key] - 1);
        copies[key] = 0;
        return surplus;
    }

    /** True if the last message judged proved that there is a loop. */
    boolean proved() {
        return proved;
    }

    /** True if something that we had copied was heard before the proof as if somebody had played it. */
    boolean heardOwn() {
        return heardOwn;
    }

    /** True if a probe is to be sent now: {@link #probeMessages} of {@link #probeMessage}. */
    boolean startProbe(long nanos) {
        boolean wants = wantsProbe;
        wantsProbe = false;
        return wants && loopNanos == NONE && probe.begin(nanos, sameDelays >= STRONG);
    }

    int probeMessages() {
        return probe.size();
    }

    int probeMessage(int number) {
        return probe.message(number, channel);
    }

    private boolean isProbe(int message, long nanos) {
        boolean isNote = Message.isNoteOn(message) || Message.isNoteOff(message);
        if (!isNote || down[Message.key(message)] || !probe.isPart(message, nanos)) {
            return false;
        }
        if (probe.isBack()) {
            prove(probe.ageNanos(nanos));
        }
        return true;
    }

    private void prove(long delayNanos) {
        loopNanos = Math.max(0, delayNanos);
        proved = true;
        heardOwn |= lastDelayNanos != NONE;
        probe.reset();
        answersReturned = 0;
        Arrays.fill(withheld, false);
        Arrays.fill(down, false);
    }

    /** Without proof a note of our answer is no call, but what we copied is played again by people all the time. */
    private int suspect(int message, long nanos) {
        int key = Message.key(message);
        if (!Message.isNoteOn(message)) {
            compare(message, nanos);
            boolean was = Message.isNoteOff(message) && withheld[key];
            withheld[key] &= !Message.isNoteOff(message);
            return was ? COPY_ONLY : HEAR;
        }
        if (down[key] && findCopy(message, nanos, AT_ONCE_NANOS) != NONE) {
            wantsProbe = true;
            heardOwn = true;
            return HEAR;
        }
        long delayNanos = returnNextAnswer(message, nanos);
        withheld[key] = delayNanos != NONE;
        if (delayNanos == NONE) {
            answersReturned = 0;
            compare(message, nanos);
            return HEAR;
        }
        wantsProbe = true;
        if (lost(0, nanos, MAX_NANOS) > 0) {
            // Nothing came back so far: it is chance, as it happens with voices that follow the keys.
            withheld[key] = false;
            return HEAR;
        }
        answersReturned++;
        if (answersReturned >= PROVING_NOTES) {
            prove(delayNanos);
            return DROP;
        }
        return COPY_ONLY;
    }

    /** A suspicion if the same was copied, and the last one that came back had taken as long. */
    private void compare(int message, long nanos) {
        long delayNanos = findCopy(message, nanos, MAX_NANOS);
        // A note-off says little: it is like every other of its key.
        if (delayNanos != NONE && !Message.isNoteOff(message)) {
            boolean same = lastDelayNanos != NONE && Math.abs(delayNanos - lastDelayNanos) < SAME_NANOS;
            sameDelays = same ? sameDelays + 1 : 0;
            wantsProbe |= same;
            lastDelayNanos = delayNanos;
        }
    }

    /** How long ago at most the very same was copied, and marks it as come back; {@link #NONE} if it was not. */
    private long findCopy(int message, long nanos, long maxAgeNanos) {
        long delayNanos = NONE;
        for (int i = 1; i < sent.length && delayNanos == NONE; i++) {
            delayNanos = find(i, message, nanos, 0, maxAgeNanos, true);
        }
        return delayNanos;
    }

    /**
     * How long ago this note of an answer was sent if it is the oldest one that has not come back, or of the same chord: a
     * loop keeps their order. Marks it as come back.
     */
    private long returnNextAnswer(int message, long nanos) {
        long end = answers.count();
        long oldestNanos = NONE;
        boolean found = false;
        for (long number = answers.oldest(); number < end; number++) {
            long sentNanos = answers.nanos(number);
            if (!Message.isNoteOn(answers.message(number))
                    || nanos - sentNanos > MAX_NANOS
                    || nanos - sentNanos < -EARLY_NANOS
                    || hasReturned(0, number)) {
                continue;
            }
            oldestNanos = found ? oldestNanos : sentNanos;
            found = true;
            if (sentNanos - oldestNanos > CHORD_NANOS) {
                return NONE;
            }
            if (isSame(answers.message(number), message, true)) {
                markReturned(0, number);
                channel = Message.channel(answers.message(number));
                return Math.max(0, nanos - sentNanos);
            }
        }
        return NONE;
    }

    private int judgeInLoop(int message, long nanos) {
        long tolerance = EARLY_NANOS + loopNanos / 16;
        for (int i = 0; i < sent.length; i++) {
            long delayNanos = find(i, message, nanos, loopNanos - tolerance, loopNanos + tolerance, false);
            if (delayNanos != NONE) {
                loopNanos = Math.max(0, loopNanos + (delayNanos - loopNanos) / 8);
                return DROP;
            }
        }
        if (Message.isNoteOn(message) && isLoopGone(nanos, loopNanos + 2 * tolerance)) {
            loopNanos = NONE;
            lastDelayNanos = NONE;
            heardOwn = false;
            sameDelays = 0;
        }
        return HEAR;
    }

    /** Of what was sent so long ago nothing has come back lately. */
    private boolean isLoopGone(long nanos, long delayNanos) {
        int lost = 0;
        for (int i = 0; i < sent.length; i++) {
            int lostOfThis = lost(i, nanos, delayNanos);
            if (lostOfThis < 0) {
                return false;
            }
            lost += lostOfThis;
        }
        return lost >= LOST_NOTES;
    }

    /** How many of the last notes have not come back, at most {@value #LOST_NOTES}; -1 if one of them has. */
    private int lost(int which, long nanos, long delayNanos) {
        SentMessages from = sent[which];
        int lost = 0;
        for (long number = from.count() - 1; number >= from.oldest() && lost < LOST_NOTES; number--) {
            if (Message.isNoteOn(from.message(number)) && nanos - from.nanos(number) > delayNanos) {
                if (hasReturned(which, number)) {
                    return -1;
                }
                lost++;
            }
        }
        return lost;
    }

    /**
     * The age of the oldest message of this kind that was sent within these ages and has not come back, which is marked as
     * come back; or {@link #NONE}.
     *
     * @param exactly also of the same velocity or value
     */
    private long find(int which, int message, long nanos, long minAgeNanos, long maxAgeNanos, boolean exactly) {
        SentMessages from = sent[which];
        long end = from.count();
        for (long number = from.oldest(); number < end; number++) {
            long ageNanos = nanos - from.nanos(number);
            if (ageNanos <= maxAgeNanos
                    && ageNanos >= minAgeNanos - EARLY_NANOS
                    && !hasReturned(which, number)
                    && isSame(from.message(number), message, exactly)) {
                markReturned(which, number);
                channel = Message.channel(from.message(number));
                return Math.max(0, ageNanos);
            }
        }
        return NONE;
    }

    private boolean hasReturned(int which, long number) {
        return returned[which][SentMessages.place(number)] == ~number;
    }

    private void markReturned(int which, long number) {
        returned[which][SentMessages.place(number)] = ~number;
    }

    /** The same kind of message of the same key or controller, whatever its channel: other programs change that. */
    private static boolean isSame(int one, int other, boolean exactly) {
        if (Message.isNoteOff(one) || Message.isNoteOff(other)) {
            return Message.isNoteOff(one) && Message.isNoteOff(other) && Message.data1(one) == Message.data1(other);
        }
        boolean sameKind = (Message.status(one) & 0xF0) == (Message.status(other) & 0xF0)
                && Message.data1(one) == Message.data1(other);
        return sameKind && (Message.data2(one) == Message.data2(other) || (!exactly && Message.isNoteOn(one)));
    }
}
