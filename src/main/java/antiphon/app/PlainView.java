package antiphon.app;

import antiphon.live.LiveSession;
import antiphon.live.Tap;
import antiphon.music.Message;
import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Plain lines, for a log: one when the program is ready, and one for each answer. A reader of the tap on a cold thread.
 */
final class PlainView implements View {
    /** Soon enough for a log; each look costs time while nobody plays. */
    private static final long PERIOD_MILLIS = 1_000;

    private static final double NANOS_PER_SECOND = 1e9;

    private final Tap.Reader reader;
    private final PrintStream out;
    private final CountDownLatch ended = new CountDownLatch(1);
    private Tap.Turn turn = Tap.Turn.LISTENING;
    private int heard;
    private int sent;
    private long answerNanos;

    PlainView(LiveSession session, PrintStream out) {
        this.reader = session.tap().newReader();
        this.out = out;
    }

    @Override
    public void begin(String ready) {
        say(ready);
        Thread.ofPlatform().daemon().name("antiphon-view").start(this::run);
    }

    @Override
    public void say(String line) {
        if (!line.isEmpty()) {
            out.println(line);
            out.flush();
        }
    }

    @Override
    public void end() {
        ended.countDown();
    }

    private void run() {
        try {
            while (!ended.await(PERIOD_MILLIS, TimeUnit.MILLISECONDS)) {
                while (reader.read(this::take)) {
                    // It has been taken.
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Package-private for its test. */
    void take(Tap.Entry entry) {
        if (entry.what() == Tap.HEARD && Message.isNoteOn(entry.message())) {
            heard++;
        } else if (entry.what() == Tap.SENT && Message.isNoteOn(entry.message())) {
            sent++;
        } else if (entry.what() == Tap.STATE) {
            changed(Tap.Turn.of(entry.message()), entry.nanos());
        }
    }

    private void changed(Tap.Turn now, long nanos) {
        if (now == turn) {
            return;
        }
        if (turn == Tap.Turn.ANSWERING) {
            say(String.format(
                    Locale.ROOT,
                    "turn: you %d note%s, answered by %d in %.1f s.",
                    heard,
                    heard == 1 ? "" : "s",
                    sent,
                    (nanos - answerNanos) / NANOS_PER_SECOND));
            heard = 0;
            sent = 0;
        }
        turn = now;
        answerNanos = nanos;
    }
}
