package antiphon.live;

import antiphon.HotPath;
import antiphon.music.Lasting;
import antiphon.music.Message;

/**
 * Ends what the ledger holds, and what thru copied without the ledger's knowledge, as far as the way out has room; the
 * rest with the next {@link #work}. The engine's thread.
 */
@HotPath
final class Releasing {
    /** What panic sends on every channel besides the rest of every controller. */
    private static final int[] SILENCING = {Message.ALL_NOTES_OFF, Message.ALL_SOUND_OFF};

    private static final int SILENCING_EACH = Lasting.COUNT + 2;
    private static final int SILENCED = Message.CHANNELS * SILENCING_EACH;

    private final int output;
    private final NoteLedger ledger;
    private final Thru[] thrus;
    private final NoteLedger.Release out;

    /** By input and number of an end: how many of the {@link Thru#missed} were ended. */
    private final int[][] ended;

    /** Sections of the ledger that still have to be released, a bit each. */
    private long sections;

    /** The next message of a panic, or {@link #SILENCED} when all were sent. */
    private int silencing = SILENCED;

    /**
     * Has nothing to do yet.
     *
     * @param output the number of the output that this is for
     * @param thrus the receivers of all inputs, in their order
     * @param out where releases are sent
     */
    Releasing(int output, NoteLedger ledger, Thru[] thrus, NoteLedger.Release out) {
        this.output = output;
        this.ledger = ledger;
        this.thrus = thrus;
        this.out = out;
        ended = new int[thrus.length][Ends.HELD];
    }

    /** From the next {@link #work} on, ends everything that was sent and still sounds. */
    void all() {
        sections = (1L << ledger.sections()) - 1;
    }

    /** Likewise what a section of the ledger holds. */
    void section(int section) {
        sections |= 1L << section;
    }

    /** Likewise everything on every channel, whether we know of it or not. */
    void silence() {
        all();
        silencing = 0;
    }

    boolean isDone() {
        return sections == 0 && silencing == SILENCED;
    }

    /** Sends what there is to send and the way out takes, due at this time. */
    void work(long dueNanos) {
        for (int section = 0; section < ledger.sections(); section++) {
            long bit = 1L << section;
            if ((sections & bit) != 0) {
                boolean done = section == NoteLedger.ANSWERS || releaseMissed(section - 1, dueNanos);
                if (ledger.release(section, dueNanos, out) && done) {
                    sections &= ~bit;
                }
            }
        }
        while (silencing < SILENCED && out.send(silencingMessage(), dueNanos)) {
            silencing++;
        }
    }

    private int silencingMessage() {
        int channel = silencing / SILENCING_EACH;
        int each = silencing % SILENCING_EACH;
        return each < Lasting.COUNT
                ? Lasting.atRest(each, channel)
                : Message.control(channel, SILENCING[each - Lasting.COUNT], 0);
    }

    /** Ends what thru copied while the in ring was full: the ledger does not know of it. */
    private boolean releaseMissed(int input, long dueNanos) {
        for (int end = 0; end < Ends.HELD; end++) {
            if (!releaseMissed(input, end, Ends.message(end), dueNanos)) {
                return false;
            }
        }
        return true;
    }

    private boolean releaseMissed(int input, int end, int message, long dueNanos) {
        int count = thrus[input].missed(output, end);
        if (count != ended[input][end]) {
            if (!out.send(message, dueNanos)) {
                return false;
            }
            ended[input][end] = count;
        }
        return true;
    }

    /** Ends what thru has begun and did not end with this message, because the port or the ring had no room for it. */
    void endNotCopied(int input, int message, long dueNanos) {
        int section = NoteLedger.ofInput(input);
        if (ledger.isEndOfHeld(section, message)) {
            if (out.send(message, dueNanos)) {
                ledger.sent(section, message, dueNanos);
            } else {
                section(section);
            }
        }
        int end = Ends.of(message);
        if (end >= 0 && end < Ends.HELD && !releaseMissed(input, end, message, dueNanos)) {
            section(section);
        }
    }
}
