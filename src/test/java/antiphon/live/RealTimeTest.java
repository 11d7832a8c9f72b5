package antiphon.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class RealTimeTest {
    private final RecordedThreads system = new RecordedThreads();

    /** What is logged when all three threads begin. */
    private String begin(Threads wishes, int callbackPriority) {
        PrintStream before = System.err;
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        try {
            RealTime realTime = new RealTime(system, wishes, callbackPriority);
            realTime.begin();
            realTime.beginSender();
            realTime.beginEngine();
        } finally {
            System.setErr(before);
        }
        return log.toString(StandardCharsets.UTF_8);
    }

    @Test
    void shouldStayBelowTheCallbackAndPutTheSenderAboveTheEngine() {
        assertThat(begin(new Threads(true, true, List.of(1), false), 55)).isEmpty();
        assertThat(system.asked).containsExactly("lock", "VM Thread 54", "pin [1]", "self 53", "pin [1]", "self 52");
    }

    @Test
    void shouldChooseAPlaceWhereThereIsNoCallback() {
        assertThat(begin(new Threads(true, false, List.of(), false), Integer.MAX_VALUE))
                .isEmpty();
        assertThat(system.asked).containsExactly("VM Thread 40", "self 39", "self 38");
    }

    @Test
    void shouldSayOnceWhatToDoWhenRefusedAndGoOn() {
        system.grants = false;
        assertThat(begin(new Threads(true, true, List.of(0), false), 55).lines())
                .satisfiesExactly(
                        line -> assertThat(line).contains("live.lock-memory", "@audio - memlock unlimited"),
                        line -> assertThat(line).contains("live.real-time", "priority 54", "@audio - rtprio 95"),
                        line -> assertThat(line).contains("live.cores = [0]", "[0, 1]"),
                        line -> assertThat(line).contains("live.cores = [0]"));
        assertThat(system.asked).contains("self 53", "self 52");
    }

    @Test
    void shouldNotRiseAboveACallbackThatHasNoRealTimeItself() {
        assertThat(begin(new Threads(true, false, List.of(), false), -1)).contains("Start JACK with -R");
        assertThat(system.asked).isEmpty();
    }

    @Test
    void shouldAskForNothingThatIsNotWishedOrNotKnown() {
        assertThat(begin(Threads.ORDINARY, 55)).isEmpty();
        system.known = false;
        assertThat(begin(new Threads(true, false, List.of(), false), 55)).isEmpty();
        assertThat(system.asked).isEmpty();
    }
}
