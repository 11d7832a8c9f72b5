package antiphon.midi.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.midi.Heard;
import antiphon.music.Message;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** A stream and its receiver, with a network between that loses, doubles and reorders. */
class RecoveryTest {
    private static final long MILLI = 1_000_000L;

    /** What was played in one packet, and what becomes of it. */
    private record Step(List<Integer> messages, Fate fate, boolean reported, long millis) {}

    private enum Fate {
        ARRIVES,
        LOST,
        TWICE,
        /** After the next two. */
        LATE
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Integer> channel = Arbitraries.of(0, 1, 15);
        Arbitrary<Integer> pitch = Arbitraries.of(0, 7, 8, 60, 61, 127);
        Arbitrary<Integer> value = Arbitraries.of(0, 1, 64, 127);
        Arbitrary<Integer> message = Arbitraries.frequencyOf(
                Tuple.of(6, Combinators.combine(channel, pitch, value).as(Message::noteOn)),
                Tuple.of(6, Combinators.combine(channel, pitch).as(Message::noteOff)),
                Tuple.of(3, Combinators.combine(channel, value).as((c, v) -> Message.control(c, 64, v))),
                Tuple.of(
                        2,
                        Combinators.combine(channel, Arbitraries.of(1, 7, 66, 120, 121, 123), value)
                                .as(Message::control)),
                Tuple.of(1, Combinators.combine(channel, value, value).as((c, a, b) -> Message.of(0xE0 | c, a, b))),
                Tuple.of(1, Combinators.combine(channel, value).as((c, v) -> Message.of(0xC0 | c, v, 0))));
        return Combinators.combine(
                        message.list().ofMaxSize(4),
                        Arbitraries.frequency(
                                Tuple.of(4, Fate.ARRIVES),
                                Tuple.of(3, Fate.LOST),
                                Tuple.of(1, Fate.TWICE),
                                Tuple.of(2, Fate.LATE)),
                        Arbitraries.of(true, false),
                        Arbitraries.longs().between(0, 200))
                .as(Step::new)
                .list()
                .ofMaxSize(40);
    }

    @Property(tries = 2000)
    void shouldEndWhatHasEndedOnceALaterPacketComes(@ForAll("steps") List<Step> steps, @ForAll short firstSequence) {
        Played truth = new Played();
        Played heard = new Played();
        Line line = new Line(firstSequence & 0xFFFF, heard);
        for (Step step : steps) {
            step.messages().forEach(message -> truth.message(message, 0));
            line.send(step);
        }
        line.send(new Step(List.of(), Fate.ARRIVES, false, 0));
        assertThat(truth.down).as("no note hangs").containsAll(heard.down);
        for (int channel : new int[] {0, 1, 15}) {
            assertThat(heard.pedal(channel)).as("pedal of %d", channel).isEqualTo(truth.pedal(channel));
            assertThat(heard.bends[channel]).isEqualTo(truth.bends[channel]);
            assertThat(heard.programs[channel]).isEqualTo(truth.programs[channel]);
        }
        assertThat(line.in.unrepaired()).isZero();
    }

    @Property(tries = 300)
    void shouldHearExactlyWhatWasSentIfNothingIsLost(@ForAll("steps") List<Step> steps) {
        Played truth = new Played();
        Played heard = new Played();
        Line line = new Line(65_530, heard);
        for (Step step : steps) {
            step.messages().forEach(message -> truth.message(message, 0));
            line.send(new Step(step.messages(), Fate.ARRIVES, step.reported(), step.millis()));
        }
        assertThat(heard.messages).isEqualTo(truth.messages);
    }

    @Property(tries = 300)
    void shouldBeginNoNoteThatIsLongPast(@ForAll("steps") List<Step> steps) {
        Played heard = new Played();
        Line line = new Line(0, heard);
        steps.forEach(step -> line.send(new Step(step.messages(), Fate.LOST, false, step.millis())));
        line.send(new Step(List.of(), Fate.LOST, false, 200));
        line.send(new Step(List.of(), Fate.ARRIVES, false, 0));
        assertThat(heard.messages).noneMatch(Message::isNoteOn);
    }

    @Property(tries = 2000)
    void shouldNeitherThrowNorPassOnWhatIsNoMusicWhateverComes(@ForAll("steps") List<Step> steps, @ForAll long seed) {
        Played heard = new Played();
        Random random = new Random(seed);
        Line line = new Line(0, heard);
        for (Step step : steps) {
            byte[] packet = line.packet(step);
            for (int i = random.nextInt(6); i > 0; i--) {
                packet[12 + random.nextInt(packet.length - 12)] = (byte) random.nextInt();
            }
            line.take(packet, random.nextInt(4) == 0 ? random.nextInt(packet.length + 1) : packet.length);
        }
        for (int i = 0; i < 20; i++) {
            byte[] noise = new byte[random.nextInt(80)];
            random.nextBytes(noise);
            if (noise.length > 1) {
                noise[0] = (byte) 0x80;
                noise[1] = 97;
            }
            line.take(noise, noise.length);
        }
        assertThat(heard.messages)
                .allMatch(message -> Message.status(message) >= 0x80
                        && Message.data1(message) < 0x80
                        && Message.data2(message) < 0x80);
    }

    /** A sender, a network and a receiver. */
    private static final class Line {
        private final byte[] buffer = new byte[Wire.MAX_PACKET_BYTES];
        private final ClockSync clock = new ClockSync();
        private final Deque<byte[]> kept = new ArrayDeque<>();
        private final OutStream out;
        final InStream in;
        private long now;
        private int sinceKept;

        Line(int firstSequence, Heard heard) {
            out = new OutStream(1, firstSequence);
            in = new InStream(heard);
            take(packet(new Step(List.of(), Fate.ARRIVES, true, 0)), Integer.MAX_VALUE);
        }

        byte[] packet(Step step) {
            now += step.millis() * MILLI;
            step.messages().forEach(message -> out.add(message, now));
            return Arrays.copyOf(buffer, out.finish(buffer, now, 0));
        }

        void send(Step step) {
            byte[] packet = packet(step);
            List<byte[]> arriving = new ArrayList<>();
            switch (step.fate()) {
                case ARRIVES -> arriving.add(packet);
                case LOST -> {}
                case TWICE -> arriving.addAll(List.of(packet, packet));
                case LATE -> {
                    kept.add(packet);
                    sinceKept = 0;
                }
            }
            if (sinceKept++ == 2 && !kept.isEmpty()) {
                arriving.add(kept.remove());
            }
            arriving.forEach(each -> take(each, each.length));
            if (step.reported() && in.last() >= 0) {
                out.confirm(in.last());
            }
        }

        void take(byte[] packet, int length) {
            in.take(packet, Math.min(length, packet.length), clock, now);
        }
    }
}
