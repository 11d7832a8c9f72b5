package antiphon.improv;

import antiphon.HotPath;
import antiphon.improv.listen.Hands;
import antiphon.music.Lateness;
import antiphon.music.Message;
import antiphon.music.MessageSink;
import java.util.Arrays;

/**
 * The order in which the parts of an {@link Ensemble} hear and play. The first part, and those that answer each note with
 * one, hear the human at once. The others hear, and play, one in each {@linkplain #advance call}, so that nothing that
 * comes meanwhile waits for the networks of all of them. One thread; allocates nothing.
 */
@HotPath
final class Rounds {
    private static final int PARTS = Lineup.PARTS;

    /** A part hears a note that leads it so much before the time when it has to answer, for others may be busy then. */
    private static final long AHEAD_NANOS = 2_000_000L;

    private static final int OF_HOST = 4;
    private static final int COPIED = 8;

    private final Lineup lineup;
    private final Said[] said = new Said[PARTS];

    /** What the human did that some have not heard yet. */
    private final Waiting waiting = new Waiting();

    /** What parts have sent and others have not heard yet: each hears it when it sounds, not when it is committed. */
    private final Waiting overheard = new Waiting();

    /** When the latest was played that each part has heard. What it hears next was not played before, to its mind. */
    private final long[] latestNanos = new long[PARTS];

    /** The parts beside the first that this round has yet to let play, as bits. */
    private int owed;

    /** When each part beside the first plays on by itself. */
    private final long[] againNanos = new long[PARTS];

    /** Something was heard since the last {@link #advance}. */
    private boolean fresh;

    Rounds(Lineup lineup) {
        this.lineup = lineup;
        for (int number = 0; number < PARTS; number++) {
            said[number] = new Said(number);
        }
    }

    /** Where a part's messages go: out, and to the other parts. */
    private final class Said implements MessageSink {
        private final int number;
        private MessageSink out = (message, dueNanos) -> {};

        Said(int number) {
            this.number = number;
        }

        @Override
        public void send(int message, long dueNanos) {
            out.send(message, dueNanos);
            if (!lineup.isAlone() && (Message.isNoteOn(message) || Message.isNoteOff(message))) {
                tellOthers(number, message, dueNanos);
            }
        }
    }

    /** Where the messages of a part go that it sends in the call at work. */
    MessageSink said(int number) {
        return said[number];
    }

    MessageSink said(int number, MessageSink out) {
        said[number].out = out;
        return said[number];
    }

    /** A time that is not before that of what this part heard last. */
    long notBefore(int number, long nanos) {
        latestNanos[number] = Math.max(latestNanos[number], nanos);
        return latestNanos[number];
    }

    /** A new piece begins: nothing waits to be heard. */
    void forget() {
        waiting.clear();
        overheard.clear();
    }

    /** A new piece begins at this time. */
    void begin(long nanos) {
        forget();
        Arrays.fill(latestNanos, nanos);
    }

    /** True if every part has heard everything. */
    boolean allIsHeard() {
        return waiting.isEmpty() && overheard.isEmpty();
    }

    /** See {@link Ensemble#hear}. */
    void hear(int input, int message, long nanos, long nowNanos, MessageSink out) {
        makeRoom(nowNanos, out);
        for (int number = 1; number < PARTS; number++) {
            Improviser part = lineup.playing(number);
            if (part != null && !answersEachNote(part)) {
                waiting.add(number, Waiting.HEARD, input, message, nanos, nowNanos);
            }
        }
        for (int number = 0; number < PARTS; number++) {
            Improviser part = lineup.playing(number);
            if (part != null && (number == 0 || answersEachNote(part))) {
                part.hear(input, message, notBefore(number, nanos), nowNanos, said(number, out));
            }
        }
        fresh = true;
    }

    private static boolean answersEachNote(Improviser part) {
        return part.dials().mode() == Mode.HARMONY;
    }

    /** Others must hear first what they have not heard yet, if that is much. */
    private void makeRoom(long nowNanos, MessageSink out) {
        while (waiting.isLong()) {
            hearNext(waiting, nowNanos, out);
        }
    }

    /** All that is to be heard until some time is heard now. */
    void hearAll(long untilNanos, long nowNanos, MessageSink out) {
        while (!waiting.isEmpty()) {
            hearNext(waiting, nowNanos, out);
        }
        while (!overheard.isEmpty() && overheard.firstNanos() <= untilNanos) {
            // What is played at once with it comes from parts further behind, so that ends.
            hearNext(overheard, nowNanos, out);
        }
    }

    /** See {@link Ensemble#hearClock}. */
    void hearClock(int input, int message, long nanos, long nowNanos, boolean ofHost, boolean copied, MessageSink out) {
        makeRoom(nowNanos, out);
        lineup.first().hearClock(input, message, notBefore(0, nanos), nowNanos, ofHost, copied, said(0, out));
        int what = Waiting.CLOCK | (ofHost ? OF_HOST : 0) | (copied ? COPIED : 0);
        for (int number = 1; number < PARTS; number++) {
            if (lineup.playing(number) != null) {
                waiting.add(number, what, input, message, nanos, nowNanos);
            }
        }
        fresh = true;
    }

    /** See {@link Ensemble#advance}. */
    long advance(long nowNanos, MessageSink out) {
        long soonestNanos = lineup.first().advance(nowNanos, said(0, out));
        boolean hears = !waiting.isEmpty() || overheard.firstNanos() <= nowNanos;
        if (fresh || (owed == 0 && !hears)) {
            owed = lineup.beside();
        }
        if (fresh) {
            fresh = false;
        } else if (hears) {
            hearNext(waiting.isEmpty() ? overheard : waiting, nowNanos, out);
        } else {
            advanceNext(nowNanos, out);
        }
        if (owed != 0 || !waiting.isEmpty()) {
            return nowNanos;
        }
        soonestNanos = Math.min(soonestNanos, overheard.firstNanos());
        for (int number = 1; number < PARTS; number++) {
            soonestNanos = Math.min(soonestNanos, lineup.playing(number) == null ? Long.MAX_VALUE : againNanos[number]);
        }
        return soonestNanos;
    }

    private void advanceNext(long nowNanos, MessageSink out) {
        int number = Integer.numberOfTrailingZeros(owed);
        owed &= owed - 1;
        Improviser part = lineup.playing(number);
        if (part != null) {
            againNanos[number] = part.advance(nowNanos, said(number, out));
        }
    }

    private void hearNext(Waiting from, long nowNanos, MessageSink out) {
        from.take();
        int number = from.part();
        Improviser part = lineup.playing(number);
        if (part == null) {
            return;
        }
        owed |= number == 0 ? 0 : 1 << number;
        if (from.what() == Waiting.TOLD) {
            tell(part, number, nowNanos, said(number, out));
        } else {
            hear(part, number, nowNanos, said(number, out));
        }
    }

    private void hear(Improviser part, int number, long nowNanos, MessageSink out) {
        long atNanos = waiting.nanos();
        // What waited so long that it cannot be answered at once any more.
        long takenNanos = nowNanos - atNanos > Lateness.MAX_NANOS ? nowNanos : waiting.nowNanos();
        long nanos = notBefore(number, atNanos);
        int what = waiting.what();
        if (what == Waiting.HEARD) {
            part.hear(waiting.from(), waiting.message(), nanos, takenNanos, out);
        } else {
            boolean ofHost = (what & OF_HOST) != 0;
            boolean copied = (what & COPIED) != 0;
            part.hearClock(waiting.from(), waiting.message(), nanos, takenNanos, ofHost, copied, out);
        }
    }

    /** Lets a part hear a note of another one's. */
    private void tell(Improviser part, int number, long nowNanos, MessageSink out) {
        int from = overheard.from();
        int message = overheard.message();
        long nanos = overheard.nowNanos();
        if (number > from) {
            int asKey = Message.of(message & 0xF0, Message.data1(message), Message.data2(message)) | from;
            part.hearNote(Hands.PARTS, asKey, notBefore(number, nanos), nowNanos, out);
        } else if (part.stage().voice().overhears(message, part.isAnswering())) {
            // Not while it thinks of an answer: it would have to begin again with each note.
            part.part().wake();
            part.stage().voice().overhear(message, notBefore(number, nanos));
        }
    }

    private void tellOthers(int from, int message, long dueNanos) {
        for (int number = 0; number < PARTS; number++) {
            Improviser part = lineup.playing(number);
            if (part != null && number != from) {
                // Then a voice that goes with it at once is due at the same time.
                long asNanos = dueNanos - part.dials().immediateNanos();
                long atNanos = number < from ? asNanos : asNanos - AHEAD_NANOS;
                overheard.addInTime(number, Waiting.TOLD, from, message, atNanos, asNanos);
            }
        }
    }
}
