package antiphon.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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
        StatusServer server = StatusServer.start(socket(), status, StatusServer.Orders.NONE);
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
                new Status.Model("x".repeat(900_000), 0, 0, 0),
                small.counts(),
                small.memory(),
                small.latency());
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
    void shouldSayThatNobodyIsThere() {
        assertThatThrownBy(() -> StatusReader.read(socket())).isInstanceOf(IOException.class);
        assertThat(StatusReader.alive(folder.resolve("nowhere"))).isEmpty();
    }
}
