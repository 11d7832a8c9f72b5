package antiphon.midi.alsa;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.Allocation;
import antiphon.midi.MidiBackend.OutputPort;
import antiphon.midi.MidiBackend.PortObserver;
import antiphon.midi.PortInfo;
import antiphon.midi.ThruReceiver;
import antiphon.midi.file.MidiFileReader;
import antiphon.midi.file.MidiNote;
import antiphon.music.Message;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javax.sound.midi.MidiEvent;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.Sequence;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.Track;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Against the kernel and ALSA's own tools. */
@Tag("alsa")
@Timeout(120)
class AlsaBackendTest {
    private static final long MILLI = 1_000_000L;
    private static final int NOTES = 56;

    @TempDir
    private Path folder = Path.of("");

    private static AlsaBackend open() {
        return AlsaBackend.open("antiphon", priority -> false);
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(printed).isTrue();
        assertThat(process.exitValue()).as(printed).isZero();
        return printed;
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - deadline).as("waited for 30 s").isNegative();
            LockSupport.parkNanos(MILLI);
        }
    }

    /** A keyboard's file through us into a recorder's: aplaymidi(1) and arecordmidi(1). */
    @Test
    void shouldPassEveryNoteOfAPlayerToARecorder() throws Exception {
        Path recorded = folder.resolve("recorded.mid");
        try (AlsaBackend backend = open()) {
            ThruReceiver thru = ThruReceiver.start(backend);
            assertThat(run("aconnect", "-l"))
                    .contains("'antiphon'")
                    .contains("'in")
                    .contains("'out");
            // aconnect FROM TO: the numbers of both.
            String[] how = backend.howToConnect("antiphon:out", "antiphon:in").split(" ", -1);
            Process recorder =
                    new ProcessBuilder("arecordmidi", "-b", "120", "-p", how[1], recorded.toString()).start();
            await(() -> !backend.connections("antiphon:out").isEmpty());
            run("aplaymidi", "-d", "0", "-p", how[2], played().toString());
            await(() -> thru.count() >= 2 * NOTES);
            recorder.destroy(); // SIGTERM: it writes its file and ends
            assertThat(recorder.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(backend.troubles().callbackErrors()).isZero();
        }
        assertThat(pitches(recorded)).isEqualTo(pitches(played()));
    }

    private static List<Integer> pitches(Path file) {
        return MidiFileReader.read(file).tracks().stream()
                .flatMap(track -> track.notes().stream())
                .map(MidiNote::pitch)
                .toList();
    }

    private Path played() throws Exception {
        Sequence sequence = new Sequence(Sequence.PPQ, 480);
        Track track = sequence.createTrack();
        for (int i = 0; i < NOTES; i++) {
            int pitch = 36 + i;
            track.add(new MidiEvent(new ShortMessage(ShortMessage.NOTE_ON, 0, pitch, 64), i * 30L));
            track.add(new MidiEvent(new ShortMessage(ShortMessage.NOTE_OFF, 0, pitch, 64), i * 30L + 25));
        }
        Path file = folder.resolve("played.mid");
        MidiSystem.write(sequence, 1, file.toFile());
        return file;
    }

    @Test
    void shouldTakeAnotherNameWhereItsOwnIsTaken() {
        try (AlsaBackend first = open();
                AlsaBackend second = open()) {
            assertThat(first.clientName()).isEqualTo("antiphon");
            assertThat(second.openOutput("out", List.of()).fullName()).isEqualTo("antiphon-2:out");
        }
    }

    /** The second message waits while the first is worked on, and is told with the time at which the kernel got it. */
    @Test
    void shouldTellWhenAMessageCameAndNotWhenItWasRead() {
        List<Long> came = new CopyOnWriteArrayList<>();
        List<Long> read = new CopyOnWriteArrayList<>();
        try (AlsaBackend backend = open();
                AlsaBackend peer = AlsaBackend.open("peer", priority -> false)) {
            backend.openInput("in", List.of(), (message, nanos) -> {
                came.add(nanos);
                read.add(System.nanoTime());
                LockSupport.parkNanos(1000 * MILLI);
            });
            backend.start();
            OutputPort output = peer.openOutput("out", List.of(new PortInfo("antiphon:in", false, true)));
            peer.start();
            long due = System.nanoTime() + 200 * MILLI;
            output.send(Message.noteOn(0, 60, 1), due);
            output.send(Message.noteOff(0, 60), due + 50 * MILLI);
            await(() -> came.size() == 2);
        }
        assertThat(read.get(1) - read.get(0)).isGreaterThan(900 * MILLI);
        assertThat(came.get(1) - came.get(0)).isBetween(40 * MILLI, 500 * MILLI);
    }

    /** Whoever is stopped for long loses messages, note-offs perhaps: then it is as if the cable had been pulled. */
    @Test
    void shouldTellThatItsInputsPartedWhenTheKernelHadNoRoomForWhatCame() {
        List<String> parted = new CopyOnWriteArrayList<>();
        AtomicInteger received = new AtomicInteger();
        try (AlsaBackend backend = open();
                AlsaBackend peer = AlsaBackend.open("peer", priority -> false)) {
            backend.observe(new PortObserver() {
                @Override
                public void portsChanged() {}

                @Override
                public void parted(String port) {
                    parted.add(port);
                }

                @Override
                public void systemLost(String reason) {}
            });
            backend.openInput("in", List.of(), (message, nanos) -> {
                if (received.getAndIncrement() == 0) {
                    LockSupport.parkNanos(3000 * MILLI);
                }
            });
            backend.start();
            OutputPort output = peer.openOutput("out", List.of(new PortInfo("antiphon:in", false, true)));
            peer.start();
            for (int i = 0; i < 20_000 && parted.isEmpty(); i++) {
                output.thru(Message.control(0, 1, i % 128), 0);
            }
            await(() -> parted.contains("antiphon:in"));
            assertThat(backend.troubles().xruns()).isPositive();
            int before = received.get();
            output.thru(Message.noteOn(0, 60, 1), 0);
            await(() -> received.get() > before);
        }
    }

    @Test
    void shouldAllocateNothingWhileReceivingAndSending() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        AtomicLong receiving = new AtomicLong();
        AtomicLong count = new AtomicLong();
        try (AlsaBackend backend = open();
                AlsaBackend peer = AlsaBackend.open("peer", priority -> false)) {
            OutputPort out = backend.openOutput("out", List.of());
            backend.openInput("in", List.of(), (message, nanos) -> {
                receiving.setPlain(Thread.currentThread().threadId());
                out.thru(message, nanos);
                count.incrementAndGet();
            });
            backend.start();
            OutputPort output = peer.openOutput("out", List.of(new PortInfo("antiphon:in", false, true)));
            peer.start();
            assertThat(Allocation.bytesOfWarmRun(() -> send(output, count, 1000)))
                    .isZero();
            long before = threads.getThreadAllocatedBytes(receiving.get());
            send(output, count, 5000);
            assertThat(threads.getThreadAllocatedBytes(receiving.get()) - before)
                    .isZero();
        }
    }

    private static void send(OutputPort output, AtomicLong count, int messages) {
        for (int i = 0; i < messages; i++) {
            long target = count.get() + 1;
            if (!output.send(Message.control(0, 1, i & 0x7F), System.nanoTime())) {
                throw new AssertionError("message " + i + " was not taken");
            }
            long deadline = System.nanoTime() + 10_000 * MILLI;
            while (count.get() < target) {
                if (System.nanoTime() - deadline > 0) {
                    throw new AssertionError("message " + i + " did not come");
                }
                Thread.onSpinWait();
            }
        }
    }

    /** Cables are drawn and pulled, programs come and go; ports, connections and threads stay what they were. */
    @Test
    void shouldSurviveTwoHundredRoundsOfPortsThatComeAndGo() {
        AtomicLong count = new AtomicLong();
        try (AlsaBackend backend = open();
                AlsaBackend peer = AlsaBackend.open("peer", priority -> false)) {
            backend.openInput("in", List.of(), (message, nanos) -> count.incrementAndGet());
            backend.start();
            peer.start();
            int threads = Thread.activeCount();
            List<OutputPort> open = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                OutputPort output = peer.openOutput("out-" + i, List.of(new PortInfo("antiphon:in", false, true)));
                open.add(output);
                long target = count.get() + 1;
                output.send(Message.noteOn(0, 60, 1), System.nanoTime());
                await(() -> count.get() >= target);
                if (i % 2 == 1) {
                    open.forEach(OutputPort::close);
                    open.clear();
                }
            }
            await(() -> backend.connections("antiphon:in").isEmpty());
            assertThat(Thread.activeCount()).isLessThanOrEqualTo(threads);
            assertThat(count.get()).isEqualTo(200);
        }
    }
}
