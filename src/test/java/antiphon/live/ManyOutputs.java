package antiphon.live;

import antiphon.improv.Control;
import antiphon.improv.Mode;
import antiphon.improv.Settings;
import antiphon.midi.MidiBackend.OutputPort;
import antiphon.model.RandomModel;
import antiphon.model.StackedLstm;
import antiphon.music.ChannelRoute;
import antiphon.music.Lasting;
import antiphon.music.Message;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A live path with several outputs, driven by hand on a clock that passes only when told. */
final class ManyOutputs {
    static final long MILLI = 1_000_000L;
    static final int INPUTS = 2;
    static final long LEAD_NANOS = 4 * MILLI;
    static final long IMMEDIATE_NANOS = 5 * MILLI;
    private static final StackedLstm MODEL = new StackedLstm(RandomModel.of(8, 12, 1, 11));

    final List<Port> ports = new ArrayList<>();
    final Meters meters = new Meters();
    final Tap tap = new Tap();
    final LivePath path;
    private final AgentInvoker agents;
    private final HandClock clock = new HandClock();

    /**
     * Begins.
     *
     * @param offsetMillis of each output
     */
    ManyOutputs(Mode mode, boolean thru, Wiring wiring, long... offsetMillis) {
        long slowest = IntStream.range(0, offsetMillis.length)
                .mapToLong(output -> offsetMillis[output])
                .max()
                .orElseThrow();
        List<LivePath.Out> outs = new ArrayList<>();
        for (long offset : offsetMillis) {
            ports.add(new Port());
            outs.add(new LivePath.Out(ports.getLast(), (slowest - offset) * MILLI, HeldNotes.NOWHERE));
        }
        Settings settings = Settings.standard(mode)
                .withTiming(LEAD_NANOS, IMMEDIATE_NANOS, 0)
                .withOffset(slowest * MILLI);
        LivePath.Setup setup =
                new LivePath.Setup(outs, true, INPUTS, thru, Routing.of(wiring, offsetMillis.length, INPUTS));
        path = new LivePath(setup, MODEL, settings, 7, tap, meters, clock::nanos);
        agents = path.byHand();
        path.begin();
    }

    /** Rules as people write them, with commas between; empty for none. */
    static Wiring.Rules rules(String answers, String thru) {
        return new Wiring.Rules(routes(answers), routes(thru), true);
    }

    static List<ChannelRoute> routes(String written) {
        return Stream.of(written.split(","))
                .filter(text -> !text.isEmpty())
                .map(text -> Objects.requireNonNull(ChannelRoute.parse(text), text))
                .toList();
    }

    static Wiring wiring(Wiring.Rules... rules) {
        List<Wiring.Further> further = Stream.of(rules)
                .skip(1)
                .map(each -> new Wiring.Further(List.of(), List.of(), 0, each))
                .toList();
        return new Wiring(List.of(), List.of(), rules[0], List.of(), further);
    }

    void route(Wiring wiring) {
        path.route(Routing.of(wiring, ports.size(), INPUTS));
        agents.doWork();
    }

    void play(int input, int message) {
        path.receiver(input).receive(message, nanos());
    }

    void set(Control control, long value) {
        path.controls().submit(control, value);
        agents.doWork();
    }

    void work() {
        agents.doWork();
    }

    long nanos() {
        return clock.nanos();
    }

    void pass(long span) {
        clock.pass(span, agents);
    }

    void end() throws Exception {
        ports.forEach(port -> port.full = false);
        for (int tries = 0; !path.finish() && tries < 1_000; tries++) {
            clock.standStill(MILLI);
        }
        path.settle();
    }

    /** One message at a port. */
    record Sent(int message, long nanos, boolean thru) {}

    /** Writes down what it takes. */
    final class Port implements OutputPort {
        final List<Sent> sent = new ArrayList<>();
        final List<Integer> sysex = new ArrayList<>();
        int answered;
        boolean full;
        boolean recording = true;

        private boolean take(int message, long at, boolean thru) {
            if (!full && recording) {
                sent.add(new Sent(message, Math.max(at, nanos()), thru));
            }
            return !full;
        }

        /** What was sent, or what was copied. */
        List<Integer> messages(boolean thru) {
            return sent.stream()
                    .filter(each -> each.thru() == thru)
                    .map(Sent::message)
                    .toList();
        }

        List<Sent> noteOns() {
            return sent.stream()
                    .filter(each -> Message.isNoteOn(each.message()))
                    .toList();
        }

        /** Keys that are down at the end, and controllers away from rest, as the messages that did it. */
        List<String> hanging() {
            TreeSet<Integer> down = new TreeSet<>();
            int[] last = new int[Lasting.COUNT * Message.CHANNELS];
            sent.stream().sorted(Comparator.comparingLong(Sent::nanos)).forEach(each -> {
                int message = each.message();
                if (Message.isNoteOn(message)) {
                    down.add(Message.key(message));
                } else if (Message.isNoteOff(message)) {
                    down.remove(Message.key(message));
                } else if (Lasting.of(message) >= 0) {
                    last[Lasting.of(message) * Message.CHANNELS + Message.channel(message)] =
                            Lasting.isAway(message) ? message : 0;
                }
            });
            return Stream.concat(
                            down.stream().map(key -> "key " + key),
                            IntStream.of(last).filter(message -> message != 0).mapToObj(Integer::toHexString))
                    .toList();
        }

        @Override
        public String fullName() {
            return "many:out-" + ports.indexOf(this);
        }

        @Override
        public boolean send(int message, long dueNanos) {
            return take(message, dueNanos, false);
        }

        @Override
        public boolean answer(int message, long dueNanos, long causeNanos) {
            answered++;
            return take(message, dueNanos, false);
        }

        @Override
        public boolean thru(int message, long at) {
            return take(message, at, true);
        }

        @Override
        public boolean thruLong(byte[] bytes, int length, long at) {
            sysex.add(length);
            return !full;
        }

        @Override
        public long lateCount() {
            return 0;
        }

        @Override
        public void close() {}
    }
}
