package antiphon.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** Has the page's WebSocket open and counts its frames (RFC 6455, section 5.2), or takes none once it is open. */
final class CrowdBrowser extends CrowdMember {
    private static final int STALLED_BUFFER_BYTES = 4_096;
    private static final int LENGTH_BITS = 0x7F;
    private static final int TWO_BYTES = 126;
    private static final int EIGHT_BYTES = 127;
    private static final byte[] HEAD_END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final String ACCEPTED = "HTTP/1.1 101";

    private final boolean stalls;
    private final byte[] handshake;
    private final StringBuilder status = new StringBuilder();
    private int headEnd;
    private boolean open;
    private boolean ended;
    private long frames;

    /** Bytes of a frame's beginning that are still to come, what they say, and bytes of its content. */
    private int lengthBytes = -1;

    private long length;
    private long content;

    /** @param stalls reads nothing once it is open, and has little room for what arrives */
    CrowdBrowser(Selector selector, InetSocketAddress server, boolean stalls) {
        super(selector, server);
        this.stalls = stalls;
        String host = server.getHostString() + ":" + server.getPort();
        handshake = ("GET /api/v1/feed HTTP/1.1\r\nHost: " + host + "\r\nOrigin: http://" + host
                        + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    void prepare(SocketChannel made) throws IOException {
        if (stalls) {
            made.setOption(StandardSocketOptions.SO_RCVBUF, STALLED_BUFFER_BYTES);
        }
    }

    @Override
    void connected() {
        // The first message of a connection fits into any buffer.
        send(ByteBuffer.wrap(handshake));
    }

    @Override
    void take(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining() && !open) {
            head(bytes.get());
        }
        while (bytes.hasRemaining()) {
            frame(bytes);
        }
    }

    private void head(byte next) throws IOException {
        if (status.length() < ACCEPTED.length()) {
            status.append((char) next);
            if (status.length() == ACCEPTED.length() && !status.toString().equals(ACCEPTED)) {
                throw new IOException(status.toString());
            }
        }
        headEnd = next == HEAD_END[headEnd] ? headEnd + 1 : next == HEAD_END[0] ? 1 : 0;
        open = headEnd == HEAD_END.length;
        if (open && stalls) {
            await(0);
        }
    }

    private void frame(ByteBuffer bytes) {
        if (content > 0) {
            int taken = (int) Math.min(content, bytes.remaining());
            bytes.position(bytes.position() + taken);
            content -= taken;
        } else if (lengthBytes < 0) {
            // What kind of frame it is; the server sends texts only.
            bytes.get();
            lengthBytes = 0;
            length = -1;
        } else if (length < 0) {
            int bits = bytes.get() & LENGTH_BITS;
            lengthBytes = bits == TWO_BYTES ? Short.BYTES : bits == EIGHT_BYTES ? Long.BYTES : 0;
            length = lengthBytes == 0 ? bits : 0;
            complete();
        } else {
            length = (length << Byte.SIZE) | (bytes.get() & 0xFF);
            lengthBytes--;
            complete();
        }
    }

    private void complete() {
        if (lengthBytes == 0) {
            frames++;
            content = length;
            lengthBytes = -1;
        }
    }

    @Override
    void ended() {
        ended = true;
    }

    /** Reads again. */
    void wake() {
        await(SelectionKey.OP_READ);
    }

    boolean isOpen() {
        return open;
    }

    boolean isEnded() {
        return ended;
    }

    long frames() {
        return frames;
    }
}
