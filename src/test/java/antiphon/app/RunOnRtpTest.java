package antiphon.app;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.app.Program.Ended;
import antiphon.midi.MidiBackend.OutputPort;
import antiphon.midi.MidiReceiver;
import antiphon.midi.PortInfo;
import antiphon.midi.rtp.RtpBackend;
import antiphon.midi.rtp.RtpOptions;
import antiphon.music.Message;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole program in the session of somebody else. */
@Timeout(120)
class RunOnRtpTest {
    private static final int[] TUNE = {72, 74, 76, 77, 79, 77, 76, 74};
    private static final int ANSWER_CHANNEL = 1;

    @TempDir
    private Path folder = Path.of("");

    /** Knows which notes of the answers are down. */
    private static final class Answers implements MidiReceiver {
        private final Set<Integer> down = new ConcurrentSkipListSet<>();
        private final AtomicInteger begun = new AtomicInteger();

        @Override
        public void receive(int message, long nanos) {
            if (Message.channel(message) != ANSWER_CHANNEL) {
                return;
            }
            if (Message.isNoteOn(message)) {
                down.add(Message.data1(message));
                begun.incrementAndGet();
            } else if (Message.isNoteOff(message)) {
                down.remove(Message.data1(message));
            }
        }
    }

    @Test
    void shouldJoinASessionAnswerThereAndLeaveNothingSounding() throws Exception {
        RtpOptions local = RtpOptions.local();
        RtpOptions anyPort = new RtpOptions(
                local.address(),
                0,
                List.of(),
                List.of(),
                true,
                true,
                false,
                Duration.ofSeconds(15),
                Duration.ofSeconds(60));
        Answers answers = new Answers();
        try (RtpBackend tablet = RtpBackend.open("tablet", anyPort, priority -> false)) {
            OutputPort keys = tablet.openOutput("out", List.of());
            tablet.openInput("in", List.of(), answers);
            tablet.start();
            String session = "127.0.0.1:" + tablet.port();
            try (Program antiphon = Program.in(folder)
                    .with("ANTIPHON_RTP_PORT", "0")
                    .runOn("rtp", "--rtp-connect", session, "--mode", "harmony", "--seed", "5")) {
                await(() -> tablet.list().stream().map(PortInfo::name).anyMatch("antiphon"::equals));
                play(keys);
                await(() -> answers.begun.get() > 0 && !answers.down.isEmpty());
                antiphon.stop();
                await(answers.down::isEmpty);
                Ended ended = antiphon.end();
                assertThat(ended.status()).isZero();
                assertThat(ended.errors()).contains("rtp: \"tablet\" is here");
            }
            await(() -> tablet.list().isEmpty());
        }
    }

    /** All but the last are let go. */
    private static void play(OutputPort keys) {
        long due = System.nanoTime();
        for (int i = 0; i < TUNE.length; i++) {
            keys.send(Message.noteOn(0, TUNE[i], 80), due);
            due += TimeUnit.MILLISECONDS.toNanos(200);
            if (i < TUNE.length - 1) {
                keys.send(Message.noteOff(0, TUNE[i]), due);
            }
        }
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - deadline).as("waited for 30 s").isNegative();
            Thread.sleep(1);
        }
    }
}
