package antiphon.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;

/** Asks for the state of the program, with several requests on their way at once, and connects again when it is cut off. */
final class CrowdAsker extends CrowdMember {
    private static final int MAX_UNANSWERED = 32;
    private static final byte[] STATUS_LINE = "HTTP/1.1 ".getBytes(StandardCharsets.US_ASCII);
    private static final int STATUS_DIGITS = 3;
    private static final int OK = 200;
    private static final int TOO_MANY = 429;

    private final byte[] request;
    private ByteBuffer sending = ByteBuffer.allocate(0);
    private boolean connected;
    private int unanswered;

    /** How much of a status line was just seen, then its digits. */
    private int seen;

    private int status;
    private long answered;
    private long tooMany;
    private long cutOff;
    private long connections;

    CrowdAsker(Selector selector, InetSocketAddress server) {
        super(selector, server);
        request = ("GET /api/v1/state HTTP/1.1\r\nHost: " + server.getHostString() + ":" + server.getPort()
                        + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** Sends a request; false if the server takes none from this connection now. */
    boolean ask() throws IOException {
        if (!hasConnection()) {
            connections++;
            connect();
            return false;
        }
        if (sending.hasRemaining()) {
            send(sending);
        }
        if (!connected || sending.hasRemaining() || unanswered >= MAX_UNANSWERED) {
            return false;
        }
        unanswered++;
        sending = ByteBuffer.wrap(request);
        send(sending);
        return true;
    }

    @Override
    void connected() {
        connected = true;
    }

    @Override
    void take(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            take(bytes.get());
        }
    }

    private void take(byte next) {
        if (seen < STATUS_LINE.length) {
            seen = next == STATUS_LINE[seen] ? seen + 1 : next == STATUS_LINE[0] ? 1 : 0;
            status = 0;
            return;
        }
        status = 10 * status + next - '0';
        if (++seen < STATUS_LINE.length + STATUS_DIGITS) {
            return;
        }
        seen = 0;
        unanswered--;
        if (status == OK) {
            answered++;
        } else if (status == TOO_MANY) {
            tooMany++;
        } else {
            cutOff++;
        }
    }

    @Override
    void ended() {
        cutOff += unanswered;
        unanswered = 0;
        seen = 0;
        connected = false;
        sending = ByteBuffer.allocate(0);
    }

    long answered() {
        return answered;
    }

    long tooMany() {
        return tooMany;
    }

    /** Also such as were refused with another status. */
    long cutOff() {
        return cutOff;
    }

    long connections() {
        return connections;
    }
}
