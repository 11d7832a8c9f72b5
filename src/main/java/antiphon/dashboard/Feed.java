package antiphon.dashboard;

import antiphon.live.Keyboard;
import antiphon.music.Message;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.http.WritableHeaders;
import io.helidon.websocket.WsListener;
import io.helidon.websocket.WsSession;
import io.helidon.websocket.WsUpgradeException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One browser's WebSocket. Frames that it has not taken wait in a queue; when that is full, it loses frames and is told
 * so. What it plays goes to the keyboard; what it holds when it goes is ended.
 *
 * <p>It sends lists: {@code ["on", pitch, velocity]}, {@code ["off", pitch]}, {@code ["pedal", 0 or 1]}; and what a MIDI
 * keyboard at the browser plays as {@code ["midi", status, data1, data2]}: {@link BrowserHands} says which messages.
 */
final class Feed implements WsListener, Feeds.Page {
    static final int MAX_MESSAGE_CHARS = 64;
    private static final int MAX_WAITING = 256;
    private static final double MESSAGES_PER_SECOND = 400;
    private static final double MESSAGES_AT_ONCE = 400;

    /** A page is told something every second, so this is how long the thread of one that has gone may wait. */
    private static final long CLOSED_SECONDS = 5;

    private static final int DOWN = Message.PITCHES - 1;
    private static final int POLICY_VIOLATION = 1008;

    /** A reason for closing has 123 bytes at most. */
    private static final String NOT_UNDERSTOOD =
            "not understood; allowed: [\"on\", pitch, velocity], [\"off\", pitch], [\"pedal\", 0 or 1], [\"midi\", status, data1, data2].";

    private final Feeds feeds;
    private final Gate gate;
    private final Runnable wake;
    private final BlockingQueue<String> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
    private final Allowance allowance = new Allowance(MESSAGES_PER_SECOND, MESSAGES_AT_ONCE, System::nanoTime);

    /** Held by whoever plays or ends what is held: the connection's thread, or one that ends the connection. */
    private final ReentrantLock playing = new ReentrantLock();

    private final BrowserHands hands;
    private volatile boolean open;
    private volatile boolean lost;
    private volatile long sendingSinceNanos;
    private volatile @Nullable WsSession session;
    private volatile @Nullable Headers shown;

    /** @param wake called when the page is there, and when it plays */
    Feed(Feeds feeds, Gate gate, Keyboard keyboard, Runnable wake) {
        this.wake = wake;
        this.feeds = feeds;
        this.gate = gate;
        hands = new BrowserHands(keyboard::play);
    }

    @Override
    public Optional<Headers> onHttpUpgrade(HttpPrologue prologue, Headers headers) throws WsUpgradeException {
        if (!gate.isOurHost(headers) || !gate.isOurOrigin(headers)) {
            throw new WsUpgradeException("Host or Origin: another site; allowed: this page.");
        }
        if (!feeds.hasRoom()) {
            throw new WsUpgradeException("too many pages are open; close one.");
        }
        shown = headers;
        if (!Pass.asksForProtocol(headers)) {
            return Optional.empty();
        }
        WritableHeaders<?> answer = WritableHeaders.create();
        answer.set(Pass.PROTOCOLS, Pass.PROTOCOL);
        return Optional.of(answer);
    }

    @Override
    public void onOpen(WsSession opened) {
        // The gate has seen it already, as every request. But whoever is here plays, so this does not rest on the
        // server's running its filters before an upgrade.
        Headers headers = shown;
        Pass.Verdict verdict = headers == null
                ? Pass.Verdict.STRANGER
                : gate.verdict(opened.socketContext().remotePeer().address(), headers);
        if (verdict != Pass.Verdict.KNOWN) {
            refuse(opened, Gate.why(verdict));
            return;
        }
        session = opened;
        open = true;
        if (feeds.add(this)) {
            Thread.ofVirtual().name("antiphon-feed").start(() -> send(opened));
            wake.run();
        } else {
            refuse(opened, "too many pages are open; close one.");
        }
    }

    private void send(WsSession to) {
        try {
            while (open) {
                String frame = waiting.poll(CLOSED_SECONDS, TimeUnit.SECONDS);
                if (frame != null) {
                    sendingSinceNanos = System.nanoTime();
                    to.send(frame, true);
                    sendingSinceNanos = 0;
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException gone) {
            end();
        }
    }

    /** The broadcaster's thread. */
    @Override
    public void offer(String frame, String afterLoss) {
        if (lost && waiting.isEmpty()) {
            lost = false;
            waiting.add(afterLoss);
        }
        if (lost || !waiting.offer(frame)) {
            lost = true;
        }
    }

    /** How many frames wait. */
    int waiting() {
        return waiting.size();
    }

    @Override
    public boolean isStalled(long nanos) {
        long since = sendingSinceNanos;
        return since != 0 && System.nanoTime() - since > nanos;
    }

    @Override
    public void terminate() {
        WsSession ended = session;
        end();
        try {
            if (ended != null) {
                ended.terminate();
            }
        } catch (RuntimeException gone) {
            // The other side was faster.
        }
    }

    @Override
    public void onMessage(WsSession from, String text, boolean last) {
        if (text.length() > MAX_MESSAGE_CHARS || !last || !allowance.take()) {
            refuse(from, "too long or too many messages; allowed: 64 characters, 400 a second.");
            return;
        }
        if (!isUnderstood(text)) {
            refuse(from, NOT_UNDERSTOOD);
        }
    }

    private boolean isUnderstood(String text) {
        playing.lock();
        try {
            if (open) {
                take(Json.list(text));
            }
            return true;
        } catch (IOException | ClassCastException notOurs) {
            return false;
        } finally {
            playing.unlock();
        }
    }

    private void refuse(WsSession from, String why) {
        end();
        try {
            from.close(POLICY_VIOLATION, why);
        } catch (RuntimeException gone) {
            // The other side was faster.
        }
    }

    private void take(List<Object> words) throws IOException {
        String what = words.isEmpty() ? "" : String.valueOf(words.getFirst());
        int message =
                switch (what + words.size()) {
                    case "on3" -> Message.noteOn(0, number(words.get(1)), number(words.get(2)));
                    case "off2" -> Message.noteOff(0, number(words.get(1)));
                    case "pedal2" -> Message.control(0, Message.SUSTAIN_PEDAL, number(words.get(1)) > 0 ? DOWN : 0);
                    case "midi4" ->
                        BrowserHands.message(status(words.get(1)), number(words.get(2)), number(words.get(3)));
                    default -> throw new IOException("what");
                };
        if (what.equals("on") && !Message.isNoteOn(message)) {
            throw new IOException("velocity");
        }
        hands.play(message);
        if (Message.isNoteOn(message)) {
            wake.run();
        }
    }

    /** From 0 to 127. */
    private static int number(Object word) throws IOException {
        if (word instanceof Integer whole && whole >= 0 && whole < Message.PITCHES) {
            return whole;
        }
        throw new IOException("number");
    }

    private static int status(Object word) throws IOException {
        if (word instanceof Integer whole) {
            return whole;
        }
        throw new IOException("status");
    }

    @Override
    public void onClose(WsSession closed, int status, String reason) {
        end();
    }

    @Override
    public void onError(WsSession failed, Throwable failure) {
        end();
    }

    private void end() {
        playing.lock();
        try {
            open = false;
            feeds.remove(this);
            hands.letGo();
        } finally {
            playing.unlock();
        }
    }
}
