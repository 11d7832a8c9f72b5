package antiphon.live;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import antiphon.improv.Mode;
import antiphon.improv.Settings;
import antiphon.midi.PortInfo;
import antiphon.midi.memory.MemoryBackend;
import antiphon.model.RandomModel;
import antiphon.model.StackedLstm;
import antiphon.music.Message;
import antiphon.status.Status;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The live path with its real threads, on ports in memory. */
@Timeout(60)
class LiveSessionTest {
    private static final StackedLstm MODEL = new StackedLstm(RandomModel.of(16, 24, 2, 11));
    private static final long MILLI = 1_000_000L;

    @TempDir
    Path folder;

    private MemoryBackend backend = new MemoryBackend(System::nanoTime, true);

    private LiveSession session(boolean thru, List<PortInfo> sources) {
        return session(Impatient.settings(Mode.CALL), thru, sources);
    }

    private LiveSession session(Settings settings, boolean thru, List<PortInfo> sources) {
        LiveSession session = new LiveSession(
                backend,
                MODEL,
                settings,
                7,
                new Ports(
                        sources.stream().map(Wish::of).toList(),
                        List.of(),
                        thru,
                        0,
                        folder.resolve("held.notes"),
                        true,
                        false));
        session.start();
        return session;
    }

    @Test
    void shouldPassThruAtOnceAndAnswerOnItsOwnChannel() {
        try (LiveSession session = session(true, List.of())) {
            MemoryBackend.Input keyboard = backend.input("in");
            MemoryBackend.Output out = backend.output("out");
            keyboard.inject(Message.noteOn(0, 60, 80), System.nanoTime());
            assertThat(out.size())
                    .as("on the keyboard's own thread, before anything else")
                    .isEqualTo(1);
            keyboard.inject(Message.noteOff(0, 60), System.nanoTime());
            await(() -> session.notesAnswered() > 0 && out.size() > 2);
            assertThat(out.isThru(0)).isTrue();
            assertThat(Message.channel(out.message(2))).isEqualTo(1);
        }
        assertEveryNoteEnded();
    }

    @Test
    void shouldEndEveryNoteWhenClosedInTheMiddleOfAnAnswer() {
        LiveSession session = session(false, List.of());
        MemoryBackend.Input keyboard = backend.input("in");
        keyboard.inject(Message.noteOn(0, 60, 80), System.nanoTime());
        keyboard.inject(Message.noteOff(0, 60), System.nanoTime());
        await(() -> backend.output("out").size() > 0);
        session.close();
        session.close();
        assertThat(session.notesAnswered()).isPositive();
        assertEveryNoteEnded();
    }

    @Test
    void shouldTellItsStatusAndHowFastItAnsweredWhatBrokeIn() {
        LiveSession session = session(true, List.of());
        MemoryBackend.Input keyboard = backend.input("in");
        MemoryBackend.Output out = backend.output("out");
        Status.Model model = new Status.Model("tiny.safetensors", 1, 2, 24, "0123abcd");
        Status.Facts facts = new Status.Facts("1", "me", model);
        // An answer may have ended by itself just before we break in: then again.
        while (session.meters().inToAnswerNanos.count() == 0) {
            keyboard.inject(Message.noteOn(0, 60, 80), System.nanoTime());
            keyboard.inject(Message.noteOff(0, 60), System.nanoTime());
            await(() -> Status.of(session, facts).counts().heldNotes() > 0);
            long heard = session.meters().inToHeardNanos.count();
            keyboard.inject(Message.noteOn(0, 62, 80), System.nanoTime());
            await(() -> session.meters().inToHeardNanos.count() > heard);
            keyboard.inject(Message.noteOff(0, 62), System.nanoTime());
            await(() -> Status.of(session, facts).counts().heldNotes() == 0);
        }
        // The sender may be done with an answer before the engine notes how long its decision took.
        await(() -> session.meters().inToDecidedNanos.count() > 0);
        Status status = Status.of(session, facts);
        assertThat(status.program().ready()).isTrue();
        assertThat(status.midi()).isEqualTo(new Status.Midi("memory", "antiphon:in", "antiphon:out", true, 0, 0, ""));
        assertThat(status.model()).isEqualTo(model);
        assertThat(status.counts().messagesIn()).isGreaterThanOrEqualTo(4);
        assertThat(status.counts().messagesOut()).isBetween(1L, (long) out.size());
        assertThat(status.counts().answers()).isPositive();
        assertThat(status.counts().late()).isEqualTo(out.lateCount());
        assertThat(requireNonNull(status.latency().get("inToThru")).sinceStart().count())
                .isEqualTo(status.counts().messagesIn());
        Status.Nanos decided =
                requireNonNull(status.latency().get("inToDecided")).sinceStart().nanos();
        Status.Nanos answered =
                requireNonNull(status.latency().get("inToAnswer")).sinceStart().nanos();
        assertThat(decided.min()).isPositive();
        assertThat(answered.max()).isGreaterThanOrEqualTo(decided.min());
        session.close();
        assertThat(Status.of(session, facts).program().ready()).isFalse();
    }

    @Test
    void shouldEndWhatThruCopiedWhenClosedWhileTheHumanHoldsKeys() {
        LiveSession session = session(true, List.of());
        MemoryBackend.Input keyboard = backend.input("in");
        keyboard.inject(Message.noteOn(0, 60, 80), System.nanoTime());
        keyboard.inject(Message.control(0, Message.SUSTAIN_PEDAL, 127), System.nanoTime());
        keyboard.inject(Message.noteOff(0, 60), System.nanoTime());
        keyboard.inject(Message.noteOn(5, 72, 80), System.nanoTime());
        session.close();
        assertEveryNoteEnded();
        MemoryBackend.Output out = backend.output("out");
        boolean lifted = false;
        for (int i = 0; i < out.size(); i++) {
            lifted |= out.message(i) == Message.control(0, Message.SUSTAIN_PEDAL, 0);
        }
        assertThat(lifted).as("the human's pedal was lifted").isTrue();
    }

    @Test
    void shouldEndTheHumansNotesWhenTheKeyboardIsUnplugged() {
        PortInfo keyboard = new PortInfo("Digital Piano", true, false);
        backend.plug(keyboard);
        try (LiveSession session = session(true, List.of(keyboard))) {
            backend.input("in").inject(Message.noteOn(0, 60, 80), System.nanoTime());
            await(() -> session.meters().messagesIn.get() == 1);
            backend.unplug(keyboard);
            MemoryBackend.Output out = backend.output("out");
            await(() -> out.size() >= 2);
            assertThat(out.message(1)).isEqualTo(Message.noteOff(0, 60));
            await(() -> session.answers() > 0);
            backend.plug(keyboard);
            await(() -> backend.connections("antiphon:in").equals(List.of(keyboard.name())));
        }
    }

    @Test
    void shouldReleaseWhatAKilledPredecessorLeftSounding() throws Exception {
        HeldNotesFile left = HeldNotesFile.open(folder.resolve("held.notes"));
        assertThat(left).isNotNull();
        if (left != null) {
            left.of(0).began(1, 64);
            left.of(0).began(0, 72);
            left.connected(List.of(), List.of(List.of("synth:in")), false);
            left.close();
        }
        backend.plug(new PortInfo("synth:in", false, true));
        try (LiveSession session = session(false, List.of())) {
            assertThat(session.answers()).isZero();
            assertThat(backend.sentOnly())
                    .extracting(MemoryBackend.SentOnly::message)
                    .containsExactly(Message.noteOff(0, 72), Message.noteOff(1, 64));
            assertThat(backend.connections("antiphon:out")).as("as before").containsExactly("synth:in");
        }
    }

    @Test
    void shouldHarmoniseWithoutWaitingAndReleaseWithTheKey() {
        try (LiveSession session = session(Settings.standard(Mode.HARMONY), false, List.of())) {
            MemoryBackend.Input keyboard = backend.input("in");
            MemoryBackend.Output out = backend.output("out");
            keyboard.inject(Message.noteOn(0, 60, 80), System.nanoTime());
            await(() -> out.size() == 1);
            assertThat(Message.isNoteOn(out.message(0))).isTrue();
            keyboard.inject(Message.noteOff(0, 60), System.nanoTime());
            await(() -> out.size() == 2);
            assertThat(out.message(1)).isEqualTo(Message.noteOff(1, Message.data1(out.message(0))));
            keyboard.inject(Message.noteOn(0, 62, 80), System.nanoTime());
            await(() -> session.notesAnswered() == 2 && out.size() == 3);
        }
        assertEveryNoteEnded();
    }

    @ParameterizedTest
    @CsvSource({"CALL, true", "CALL, false", "HARMONY, true", "HARMONY, false"})
    void shouldAllocateNothingPerEventOnTheEngineAndSenderThreads(Mode mode, boolean schedules) {
        backend = new MemoryBackend(System::nanoTime, schedules);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Settings settings = mode == Mode.CALL ? Impatient.settings(Mode.CALL) : Settings.standard(Mode.HARMONY);
        try (LiveSession session = session(settings, mode == Mode.CALL, List.of())) {
            List<Long> ids = session.progress().threadIds();
            assertThat(ids).as("a port that schedules needs no sender thread").hasSize(schedules ? 1 : 2);
            long[] fewest = new long[ids.size()];
            Arrays.fill(fewest, Long.MAX_VALUE);
            for (int run = 0; run < 4; run++) {
                long[] before =
                        ids.stream().mapToLong(threads::getThreadAllocatedBytes).toArray();
                playTenThousandEvents(session, mode == Mode.CALL);
                for (int i = 0; i < fewest.length; i++) {
                    fewest[i] = Math.min(fewest[i], threads.getThreadAllocatedBytes(ids.get(i)) - before[i]);
                }
            }
            assertThat(session.notesAnswered()).as("it answered meanwhile").isPositive();
            assertThat(fewest).containsOnly(0);
        }
    }

    /** Ten thousand messages, in helpings that the ring can hold, with rests in between in which it answers. */
    private void playTenThousandEvents(LiveSession session, boolean takesTurns) {
        MemoryBackend.Input keyboard = backend.input("in");
        for (int helping = 0; helping < 50; helping++) {
            long before = session.meters().inToHeardNanos.count();
            for (int i = 0; i < 100; i++) {
                keyboard.inject(Message.noteOn(0, 40 + i % 40, 80), System.nanoTime());
                keyboard.inject(Message.noteOff(0, 40 + i % 40), System.nanoTime());
            }
            await(() -> session.meters().inToHeardNanos.count() > before);
            if (takesTurns && helping % 10 == 9) {
                long answered = session.notesAnswered();
                await(() -> session.notesAnswered() > answered);
            }
        }
    }

    private void assertEveryNoteEnded() {
        MemoryBackend.Output out = backend.output("out");
        int[] sounding = new int[16 * 128];
        for (int i = 0; i < out.size(); i++) {
            int message = out.message(i);
            int key = Message.channel(message) * 128 + Message.data1(message);
            if (Message.isNoteOn(message)) {
                sounding[key]++;
            } else if (Message.isNoteOff(message)) {
                sounding[key] = Math.max(0, sounding[key] - 1);
            }
        }
        assertThat(sounding).containsOnly(0);
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited 20 s in vain").isLessThan(deadline);
            LockSupport.parkNanos(MILLI / 5);
        }
    }
}
