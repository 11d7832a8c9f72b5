package antiphon.app;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.improv.Mode;
import antiphon.improv.Networks;
import antiphon.improv.Settings;
import antiphon.live.LiveSession;
import antiphon.live.Ports;
import antiphon.midi.memory.MemoryBackend;
import antiphon.model.LstmState;
import antiphon.model.NeuralCache;
import antiphon.model.RememberedNotes;
import antiphon.model.StackedLstm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sessions that are opened and closed, and taught without being started. */
@Timeout(60)
class KeptMemoryTest {
    private static final String NAME = "0123456789abcdef".repeat(4);
    private static final String OTHER = "f".repeat(64);

    @TempDir
    private Path folder = Path.of("");

    private final List<String> told = new ArrayList<>();

    private KeptMemory memory() {
        return new KeptMemory(folder.resolve("state"));
    }

    private LiveSession session(String network) {
        LiveSession session = new LiveSession(
                new MemoryBackend(), Networks.TUNED, Settings.standard(Mode.CALL), 1, Ports.unconnected(false));
        memory().takeUp(session, network, told::add);
        session.memory().begin();
        return session;
    }

    private static void teach(LiveSession session, int notes) {
        LstmState state = Networks.TUNED.newState();
        for (int i = 0; i < notes; i++) {
            session.memory().hear(state, 20, 60 + i % 7, 16, true);
            Networks.TUNED.step(state, 1, 20, 60 + i % 7, 16);
        }
    }

    private void play(String network, int notes) {
        try (LiveSession session = session(network)) {
            teach(session, notes);
            memory().keep(session, network, told::add);
        }
    }

    @Test
    void shouldGoOnFromSessionToSession() {
        play(NAME, 20);
        assertThat(told).isEmpty();
        try (LiveSession next = session(NAME)) {
            assertThat(told).containsExactly("play.memory: 20 notes of earlier sessions remembered.");
            assertThat(next.memory().size()).isEqualTo(20);
            teach(next, 10);
            memory().keep(next, NAME, told::add);
        }
        try (LiveSession third = session(NAME)) {
            assertThat(third.memory().size()).isEqualTo(30);
        }
    }

    /** A session that was told to keep its memory only while it played has not begun with what was kept before. */
    @Test
    void shouldKeepWhatWasKeptBeforeBesidesWhatTheSessionHeard() {
        play(NAME, 20);
        try (LiveSession later = new LiveSession(
                new MemoryBackend(), Networks.TUNED, Settings.standard(Mode.CALL), 1, Ports.unconnected(false))) {
            teach(later, 5);
            memory().keep(later, NAME, told::add);
        }
        try (LiveSession next = session(NAME)) {
            assertThat(next.memory().size()).isEqualTo(25);
        }
    }

    @Test
    void shouldForget() {
        play(NAME, 20);
        assertThat(memory().file(NAME)).exists();
        memory().forget(NAME);
        memory().forget(NAME);
        assertThat(memory().file(NAME)).doesNotExist();
        try (LiveSession next = session(NAME)) {
            assertThat(next.memory().size()).isZero();
            memory().keep(next, NAME, told::add);
        }
        assertThat(memory().file(NAME)).as("nothing was heard").doesNotExist();
        assertThat(told).isEmpty();
    }

    @Test
    void shouldLeaveAsideWhatAnotherNetworkWasTaught() {
        play(OTHER, 20);
        try (LiveSession session = session(NAME)) {
            assertThat(session.memory().size()).isZero();
        }
        assertThat(told)
                .containsExactly("play.memory: what is remembered in " + folder.resolve("state")
                        + " was taught to another network, and is left aside.");
        assertThat(memory().file(OTHER)).exists();
    }

    @Test
    void shouldKeepADamagedFileAside() throws IOException {
        play(NAME, 20);
        Path file = memory().file(NAME);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        try (LiveSession session = session(NAME)) {
            assertThat(session.memory().size()).isZero();
        }
        assertThat(told)
                .containsExactly(
                        file + ": damaged: its check sum is wrong; what antiphon has remembered needed. It is now "
                                + file.getFileName() + ".damaged, and nothing of earlier sessions is remembered.");
        assertThat(file).doesNotExist();
        assertThat(Path.of(file + ".damaged")).hasBinaryContent(bytes);
    }

    /** The file of another network by the name of ours, and one that does not fit it. */
    @Test
    void shouldRefuseWhatIsNotOfThisNetwork() throws IOException {
        play(OTHER, 20);
        Files.move(memory().file(OTHER), memory().file(NAME));
        try (LiveSession session = session(NAME)) {
            assertThat(session.memory().size()).isZero();
        }
        assertThat(told).hasSize(1);
        assertThat(told.getFirst()).contains("that of another network");
        told.clear();
        StackedLstm narrow = Networks.PLAIN;
        NeuralCache cache = new NeuralCache(narrow, antiphon.model.CacheWeights.of(new double[10]), 2_000);
        LstmState state = narrow.newState();
        for (int i = 0; i < 1_200; i++) {
            cache.hear(state, 20, 60 + i % 7, 16, true);
        }
        RememberedNotes tooMany = cache.remembered(NAME);
        Files.write(memory().file(NAME), tooMany.bytes());
        try (LiveSession session = session(NAME)) {
            assertThat(session.memory().size()).isZero();
        }
        assertThat(told).hasSize(1);
    }

    @Test
    void shouldSayInOneLineThatItCannotBeWritten() throws IOException {
        Files.writeString(folder.resolve("state"), "a file");
        play(NAME, 20);
        assertThat(told).hasSize(1);
        assertThat(told.getFirst()).startsWith(memory().file(NAME) + ": ");
    }
}
