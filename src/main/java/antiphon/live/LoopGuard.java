package antiphon.live;

import antiphon.HotPath;
import antiphon.music.Message;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Recognises what we sent ourselves when it comes back by an input: an output connected to our input, a program that
 * sends on what it receives, at once or up to {@link #MAX_NANOS} later. Without it an answer would be taken for the next
 * call, and a copied message would go round for ever.
 *
 * <p>What comes back looks like what somebody plays, so a likeness is only a suspicion. A {@link LoopProbe} that comes
 * back proves it, and then how long it takes is known. From the proof on whatever was sent so long ago is dropped when it
 * comes in; everything else is still heard. When nothing comes back any more the loop is gone.
 *
 * <p>What comes back transposed is recognised as well: see {@link TransposedEcho}.
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

    /** Messages are compared before they leave. */
    static final long EARLY_NANOS = 20_000_000L;

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
    static final int LOST_NOTES = 4;

    /** Clock messages come at most so often: 500 quarters a minute. */
    private static final long MIN_TICK_NANOS = 5_000_000L;

    private static final int CHANNEL_MESSAGES_BELOW = 0xF0;

    /** So many notes of an answer in a row came back transposed: they are taken for no call, one more is proof. */
    private static final int WITHHELD_TRANSPOSED = 2;

    private final Returned[] sent;
    private final TransposedEcho transposed;

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

    /** By how much what comes back is transposed on the way. */
    private int semitones;

    /**
     * Makes a guard of one input.
     *
     * @param answers what the engine sends
     * @param copied what each input's thru has copied
     */
    LoopGuard(SentMessages answers, List<SentMessages> copied) {
        List<SentMessages> all =
                Stream.concat(Stream.of(answers), copied.stream()).toList();
        sent = all.stream().map(Returned::new).toArray(Returned[]::new);
        transposed = new TransposedEcho(all);
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
            prove(probe.ageNanos(nanos), probe.semitones());
        }
        return true;
    }

    private void prove(long delayNanos, int moved) {
        loopNanos = Math.max(0, delayNanos);
        semitones = moved;
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
            return suspectTransposed(message, nanos);
        }
        wantsProbe = true;
        if (sent[0].lost(nanos, MAX_NANOS) > 0) {
            // Nothing came back so far: it is chance, as it happens with voices that follow the keys.
            withheld[key] = false;
            return HEAR;
        }
        answersReturned++;
        if (answersReturned >= PROVING_NOTES) {
            prove(delayNanos, 0);
            return DROP;
        }
        return COPY_ONLY;
    }

    private int suspectTransposed(int message, long nanos) {
        transposed.hear(message, nanos);
        int inARow = transposed.inARow();
        wantsProbe |= inARow >= (transposed.isOfAnswer() ? 1 : PROVING_NOTES - 1);
        if (!transposed.isOfAnswer() || inARow < WITHHELD_TRANSPOSED) {
            return HEAR;
        }
        if (inARow >= PROVING_NOTES - 1) {
            prove(transposed.delayNanos(), transposed.semitones());
            return DROP;
        }
        withheld[Message.key(message)] = true;
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
        SentMessages answers = sent[0].messages();
        long end = answers.count();
        long oldestNanos = NONE;
        boolean found = false;
        for (long number = answers.oldest(); number < end; number++) {
            long sentNanos = answers.nanos(number);
            if (!Message.isNoteOn(answers.message(number))
                    || nanos - sentNanos > MAX_NANOS
                    || nanos - sentNanos < -EARLY_NANOS
                    || sent[0].has(number)) {
                continue;
            }
            oldestNanos = found ? oldestNanos : sentNanos;
            found = true;
            if (sentNanos - oldestNanos > CHORD_NANOS) {
                return NONE;
            }
            if (Returned.isSame(answers.message(number), message, 0, true)) {
                sent[0].mark(number);
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
            transposed.reset();
        }
        return HEAR;
    }

    /** Of what was sent so long ago nothing has come back lately. */
    private boolean isLoopGone(long nanos, long delayNanos) {
        int lost = 0;
        for (int i = 0; i < sent.length; i++) {
            int lostOfThis = sent[i].lost(nanos, delayNanos);
            if (lostOfThis < 0) {
                return false;
            }
            lost += lostOfThis;
        }
        return lost >= LOST_NOTES;
    }

    /** As {@link Returned#find}; the guard's channel becomes that of what was found. */
    private long find(int which, int message, long nanos, long minAgeNanos, long maxAgeNanos, boolean exactly) {
        long number = sent[which].find(message, nanos, minAgeNanos, maxAgeNanos, exactly ? 0 : semitones, exactly);
        if (number == NONE) {
            return NONE;
        }
        channel = Message.channel(sent[which].messages().message(number));
        return Math.max(0, nanos - sent[which].messages().nanos(number));
    }
}
