package antiphon.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
@SuppressWarnings("try") // Closing early is what is tested.
class StatusServerTest {
    @TempDir
    private Path folder = Path.of("");

    private Path socket() {
        return folder.resolve("run/antiphon.sock");
    }

    private StatusServer start(Supplier<Status> status) {
        return start(status, StatusServer.Orders.NONE);
    }

    private StatusServer start(Supplier<Status> status, StatusServer.Orders orders) {
        StatusServer server = StatusServer.start(socket(), status, orders);
        if (server == null) {
            throw new AssertionError("not started");
        }
        return server;
    }

    @Test
    void shouldAnswerEveryoneWithADocumentAndLeaveNoSocket() throws IOException {
        try (StatusServer server = start(Statuses::sample)) {
            for (int i = 0; i < 50; i++) {
                assertThat(Status.parse(StatusReader.read(socket()))).isEqualTo(Statuses.sample());
            }
            assertThat(StatusReader.alive(folder.resolve("run"))).containsExactly(socket());
            server.close();
            assertThat(socket()).doesNotExist();
            assertThat(StatusReader.isAlive(socket())).isFalse();
        }
    }

    @Test
    void shouldLetNobodyElseIn() throws IOException {
        Files.createDirectories(folder.resolve("run"));
        Files.setPosixFilePermissions(folder.resolve("run"), PosixFilePermissions.fromString("rwxr-xr-x"));
        try (StatusServer server = start(Statuses::sample)) {
            assertThat(server).isNotNull();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("run"))))
                    .isEqualTo("rwx------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket())))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void shouldReplaceTheSocketOfAKilledProcess() throws IOException {
        Files.createDirectories(folder.resolve("run"));
        ServerSocketChannel killed = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        killed.bind(UnixDomainSocketAddress.of(socket()));
        killed.close();
        assertThat(socket()).as("closing takes no file away, as kill does not").exists();
        assertThat(StatusReader.isAlive(socket())).isFalse();
        try (StatusServer server = start(Statuses::sample)) {
            assertThat(server).isNotNull();
            assertThat(StatusReader.read(socket())).contains("4711");
        }
    }

    @Test
    void shouldNeverTakeALivingOnesSocketAway() throws IOException {
        try (StatusServer first = start(Statuses::sample)) {
            assertThat(StatusServer.start(socket(), Statuses::sample, StatusServer.Orders.NONE))
                    .isNull();
            assertThat(StatusReader.read(socket())).contains("4711");
            first.close();
            try (StatusServer second = start(Statuses::sample)) {
                assertThat(second).isNotNull();
                first.close();
                assertThat(StatusReader.read(socket())).contains("4711");
            }
        }
    }

    @Test
    void shouldDoWithoutWhereNoSocketCanBe() throws IOException {
        Files.writeString(folder.resolve("run"), "a file where the folder should be");
        assertThat(StatusServer.start(socket(), Statuses::sample, StatusServer.Orders.NONE))
                .isNull();
        assertThat(StatusServer.start(folder.resolve("x".repeat(150)), Statuses::sample, StatusServer.Orders.NONE))
                .as("longer than a socket's name may be")
                .isNull();
    }

    @Test
    void shouldGiveUpOnWhoAsksAndNeverReads() throws IOException {
        Status small = Statuses.sample();
        Status large = new Status(
                Status.SCHEMA,
                small.program(),
                small.midi(),
                new Status.Model("x".repeat(900_000), 0, 0, 0, ""),
                small.counts(),
                small.memory(),
                small.latency(),
                small.silence());
        try (StatusServer server = start(() -> large);
                SocketChannel deaf = SocketChannel.open(UnixDomainSocketAddress.of(socket()))) {
            assertThat(server).isNotNull();
            assertThat(deaf.isConnected()).isTrue();
            assertThat(Status.parse(StatusReader.read(socket()))).isEqualTo(large);
        }
    }

    @Test
    void shouldLookAnewOnlySoOftenHoweverManyAsk() throws IOException {
        AtomicInteger looks = new AtomicInteger();
        long beginNanos = System.nanoTime();
        try (StatusServer server = start(() -> {
            looks.incrementAndGet();
            return Statuses.sample();
        })) {
            assertThat(server).isNotNull();
            for (int i = 0; i < 200; i++) {
                StatusReader.read(socket());
            }
        }
        long tenths = (System.nanoTime() - beginNanos) / 100_000_000L;
        assertThat((long) looks.get()).isBetween(1L, tenths + 1);
    }

    @Test
    void shouldCarryOutOrdersInTheirOrderAndGiveTheAnswer() throws IOException {
        List<String> orders = new CopyOnWriteArrayList<>();
        try (StatusServer server = start(Statuses::sample, order -> {
            orders.add(order);
            return "done: " + order + "\nand said in two lines, ü";
        })) {
            assertThat(server).isNotNull();
            for (int i = 0; i < 20; i++) {
                assertThat(StatusReader.ask(socket(), "  set play.temperature 0." + i + " "))
                        .isEqualTo("done: set play.temperature 0." + i + "\nand said in two lines, ü\n");
            }
            assertThat(orders).hasSize(20).first().isEqualTo("set play.temperature 0.0");
            assertThat(Status.parse(StatusReader.read(socket())))
                    .as("an empty line asks for the status")
                    .isEqualTo(Statuses.sample());
            assertThat(orders).hasSize(20);
        }
    }

    @Test
    void shouldRefuseOrdersWhereNobodyTakesThem() throws IOException {
        try (StatusServer server = start(Statuses::sample)) {
            assertThat(server).isNotNull();
            assertThat(StatusReader.ask(socket(), "panic")).startsWith("refused: ");
        }
    }

    @Test
    void shouldCarryOutNothingOfALineThatIsTooLong() throws IOException {
        List<String> orders = new CopyOnWriteArrayList<>();
        try (StatusServer server = start(Statuses::sample, order -> {
            orders.add(order);
            return "done";
        })) {
            assertThat(server).isNotNull();
            assertThat(answerTo("x".repeat(4_000))).isEqualTo("done\n");
            assertThat(answerTo("panic" + " ".repeat(1 << 16) + "panic")).isEmpty();
            assertThat(StatusReader.ask(socket(), "again")).as("it serves on").isEqualTo("done\n");
            assertThat(orders).containsExactly("x".repeat(4_000), "again");
        }
    }

    /** A client of ours does neither; whoever writes one by hand may. */
    @Test
    void shouldTakeAnOrderThatComesInPiecesAndOneThatEndsWithoutALineBreak() throws IOException {
        try (StatusServer server = start(Statuses::sample, order -> "done: " + order);
                SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(socket()))) {
            assertThat(server).isNotNull();
            for (String piece : List.of("se", "t a", " 1")) {
                client.write(ByteBuffer.wrap(piece.getBytes(StandardCharsets.UTF_8)));
            }
            client.shutdownOutput();
            assertThat(readAll(client)).isEqualTo("done: set a 1\n");
        }
    }

    @Test
    void shouldServeOnWhenAnOrderFails() throws IOException {
        AtomicInteger orders = new AtomicInteger();
        try (StatusServer server = start(Statuses::sample, order -> {
            if (orders.incrementAndGet() == 1) {
                throw new IllegalStateException("broken on purpose");
            }
            return "done";
        })) {
            assertThat(server).isNotNull();
            assertThat(answerTo("first")).isEmpty();
            assertThat(StatusReader.ask(socket(), "second")).isEqualTo("done\n");
        }
    }

    /** What comes back before the connection ends, however it ends: a server that reads no further may cut it. */
    private String answerTo(String line) throws IOException {
        try (SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(socket()))) {
            try {
                ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    client.write(bytes);
                }
                return readAll(client);
            } catch (IOException cut) {
                return "";
            }
        }
    }

    private static String readAll(SocketChannel client) throws IOException {
        ByteBuffer answer = ByteBuffer.allocate(1 << 16);
        while (client.read(answer) >= 0) {
            assertThat(answer.hasRemaining()).isTrue();
        }
        return new String(answer.array(), 0, answer.position(), StandardCharsets.UTF_8);
    }

    @Test
    void shouldSayThatNobodyIsThere() {
        assertThatThrownBy(() -> StatusReader.read(socket())).isInstanceOf(IOException.class);
        assertThat(StatusReader.alive(folder.resolve("nowhere"))).isEmpty();
    }
}
