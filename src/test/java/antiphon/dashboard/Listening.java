package antiphon.dashboard;

import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What a page is told, as text. */
final class Listening implements WebSocket.Listener {
    private static final long PATIENCE_SECONDS = 30;

    private final StringBuilder text = new StringBuilder();
    private final BlockingQueue<String> frames = new LinkedBlockingQueue<>();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
        text.append(part);
        if (last) {
            frames.add(text.toString());
            text.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
        frames.add("closed " + status);
        return null;
    }

    /** Waits for a frame that has this text. */
    String await(String part) throws InterruptedException {
        while (true) {
            String frame = frames.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (frame == null) {
                throw new AssertionError("no frame with " + part);
            }
            if (frame.contains(part)) {
                return frame;
            }
        }
    }
}
