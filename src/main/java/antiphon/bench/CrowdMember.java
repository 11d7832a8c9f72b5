package antiphon.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** One of a {@link Crowd}: a connection that never blocks. The crowd's thread. */
abstract class CrowdMember {
    private static final int READ_BYTES = 1 << 16;

    private final Selector selector;
    private final InetSocketAddress server;
    private final ByteBuffer in = ByteBuffer.allocate(READ_BYTES);
    private @Nullable SocketChannel channel;

    CrowdMember(Selector selector, InetSocketAddress server) {
        this.selector = selector;
        this.server = server;
    }

    /** Begins to connect. */
    final void connect() throws IOException {
        SocketChannel made = SocketChannel.open();
        made.configureBlocking(false);
        made.setOption(StandardSocketOptions.TCP_NODELAY, true);
        made.register(selector, SelectionKey.OP_CONNECT, this);
        prepare(made);
        channel = made;
        try {
            made.connect(server);
        } catch (IOException refused) {
            end();
        }
    }

    /** Sets what must be set before it connects. */
    void prepare(SocketChannel made) throws IOException {}

    /** It is connected. */
    abstract void connected() throws IOException;

    /** Some bytes have come. */
    abstract void take(ByteBuffer bytes) throws IOException;

    /** The connection is no more. */
    abstract void ended();

    /** True if the server or the machine holds a connection of it. */
    final boolean hasConnection() {
        return channel != null;
    }

    /** Sends as much as is taken. */
    final void send(ByteBuffer bytes) {
        try {
            if (channel != null) {
                channel.write(bytes);
            }
        } catch (IOException gone) {
            end();
        }
    }

    /** What to wait for from now on. */
    final void await(int operations) {
        if (channel != null) {
            channel.keyFor(selector).interestOps(operations);
        }
    }

    final void ready(SelectionKey key) {
        try {
            if (channel == null || key.channel() != channel) {
                return;
            }
            if (key.isConnectable() && channel.finishConnect()) {
                key.interestOps(SelectionKey.OP_READ);
                connected();
            } else if (key.isReadable()) {
                in.clear();
                if (channel.read(in) < 0) {
                    end();
                    return;
                }
                take(in.flip());
            }
        } catch (IOException gone) {
            end();
        }
    }

    private void end() {
        if (channel != null) {
            close(channel);
            channel = null;
            ended();
        }
    }

    static void close(Channel channel) {
        try {
            channel.close();
        } catch (IOException ended) {
            // It has ended anyway.
        }
    }
}
