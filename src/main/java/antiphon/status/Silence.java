package antiphon.status;

import antiphon.Amount;
import antiphon.improv.Band;
import antiphon.improv.Control;
import antiphon.improv.Mode;
import antiphon.live.Connections;
import antiphon.live.Hearing;
import antiphon.live.LiveSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Why the partner is not heard just now, for people, from what the program knows of itself. Cold threads. */
final class Silence {
    /** Who has played within this time has a keyboard, and knows it. */
    private static final long LATELY_NANOS = 10_000_000_000L;

    private static final long NANOS_PER_MILLI = 1_000_000L;
    private static final double NANOS_PER_SECOND = 1e9;

    /** Slower than this people notice. */
    private static final long SLOW_MILLIS = 20;

    private static final int SOFT_PERCENT = 20;
    private static final int DRUMS = 10;

    private final List<String> reasons = new ArrayList<>();
    private final Facts facts;

    /**
     * What is known.
     *
     * @param ready the MIDI system is there
     * @param paused it is to play nothing
     * @param mode of the first part
     * @param others other parts play besides
     * @param in who is listened to
     * @param out who is played on
     * @param inName our input's full name
     * @param outName likewise
     * @param outChannel of the answers, 1–16
     * @param inChannel the only one that is heard, 1–16; 0 for all
     * @param restNanos the silence that ends a phrase
     * @param levelPercent how loud it plays
     * @param stepMillis in the last minute, how long it took until a message was heard: of a hundred one took longer
     * @param notPlayed notes since the start that were too late
     */
    record Facts(
            String backend,
            boolean ready,
            boolean paused,
            Mode mode,
            boolean others,
            Hearing hearing,
            List<String> in,
            List<String> out,
            String inName,
            String outName,
            int outChannel,
            int inChannel,
            long restNanos,
            int levelPercent,
            long stepMillis,
            long notPlayed) {}

    private Silence(Facts facts) {
        this.facts = facts;
    }

    /** Sentences, the weightiest first; never empty. */
    static List<String> of(Facts facts) {
        Silence silence = new Silence(facts);
        silence.forbidden();
        silence.unheard();
        if (silence.reasons.isEmpty()) {
            silence.waiting();
        }
        silence.slow();
        silence.inaudible();
        return List.copyOf(silence.reasons);
    }

    /** Of a session now. */
    static List<String> of(LiveSession session) {
        List<Connections.Port> ports = session.connections().ports();
        Mode mode = session.mode();
        boolean continues = mode == Mode.CONTINUE || mode == Mode.HARMONY;
        return of(new Facts(
                session.backend().name(),
                session.isReady(),
                value(session, Control.MUTE) != 0,
                mode,
                value(session, Control.PART2_MODE) != Band.Beside.OFF
                        || value(session, Control.PART3_MODE) != Band.Beside.OFF
                        || value(session, Control.PART4_MODE) != Band.Beside.OFF,
                session.hearing(),
                names(ports, true),
                names(ports, false),
                session.inputNames().getFirst(),
                session.outputNames().getFirst(),
                (int) value(session, Control.CHANNEL) + 1,
                (int) value(session, Control.IN_CHANNEL),
                value(session, continues ? Control.CONTINUE_REST : Control.CALL_REST),
                (int) value(session, Control.LEVEL),
                session.meters().inToHeardNanos.lastMinute().getValueAtPercentile(99) / NANOS_PER_MILLI,
                session.droppedLateNotes()));
    }

    private static long value(LiveSession session, Control control) {
        return session.controls().value(control);
    }

    private static List<String> names(List<Connections.Port> ports, boolean in) {
        return ports.stream()
                .filter(port -> in
                        ? port.in() == Connections.State.CONNECTED
                        : port.outs().contains(Connections.State.CONNECTED))
                .map(Connections.Port::name)
                .toList();
    }

    private void add(String format, Object... values) {
        reasons.add(String.format(Locale.ROOT, format, values));
    }

    private void forbidden() {
        if (!facts.ready) {
            add("The MIDI system (%s) is gone; it is opened again when it comes back.", facts.backend);
        }
        if (facts.paused) {
            add("It is paused: press Pause again (play.mute = false).");
        }
        if (facts.mode == Mode.LISTEN && !facts.others) {
            add("Its mode is listen: it hears you and does not play. Choose another mode (play.mode).");
        }
    }

    private void unheard() {
        Hearing hearing = facts.hearing;
        for (String input : hearing.loops()) {
            add("What it sends comes back by %s and is left out there. Disconnect one of the two.", input);
        }
        if (hearing.ignoredChannel() == DRUMS && (facts.inChannel == 0 || facts.inChannel == DRUMS)) {
            add("Your notes come on channel 10, that of drums, and these are not heard (midi.in.hear-drums).");
        } else if (hearing.ignoredChannel() != 0) {
            add(
                    "Your notes come on channel %d, and only channel %d is heard (midi.in.channel).",
                    hearing.ignoredChannel(), facts.inChannel);
        }
        boolean lately = hearing.agoNanos() >= 0 && hearing.agoNanos() < LATELY_NANOS;
        if (lately || hearing.answering() || hearing.heldKeys() > 0) {
            return;
        }
        if (facts.in.isEmpty()) {
            add("No keyboard is connected to %s: connect one, or play on the keys of the page.", facts.inName);
        }
        if (hearing.agoNanos() < 0) {
            add("It has heard nothing of you yet.");
        } else {
            add("It has heard nothing of you for %d s.", Math.round(hearing.agoNanos() / NANOS_PER_SECOND));
        }
    }

    private void waiting() {
        Hearing hearing = facts.hearing;
        if (hearing.answering()) {
            add(
                    "It is playing now, on channel %d%s. If you do not hear it: is that channel loud enough there?",
                    facts.outChannel, facts.out.isEmpty() ? "" : " to " + String.join(", ", facts.out));
        } else if (facts.mode == Mode.TRADE && hearing.notes() > 0) {
            add("It waits for its turn: your bars come first (play.trade-bars).");
        } else if (hearing.heldKeys() > 0) {
            add("You hold %s: your phrase has not ended.", Amount.of(hearing.heldKeys(), "key"));
        } else if (hearing.notes() > 0) {
            add(
                    "It waits for your phrase to end: about %.1f s without a key, longer if you play slowly (%s).",
                    facts.restNanos / NANOS_PER_SECOND,
                    facts.mode == Mode.CONTINUE || facts.mode == Mode.HARMONY
                            ? "play.continue.rest-ms"
                            : "play.call.rest-ms");
        } else {
            add("Nothing stands in its way: play a phrase, then stop.");
        }
    }

    private void slow() {
        if (facts.stepMillis > SLOW_MILLIS) {
            add(
                    "This computer is slow: it took up to %d ms to take in a note in the last minute. Close busy programs, or"
                            + " choose a smaller network.",
                    facts.stepMillis);
        }
        if (facts.notPlayed > 0) {
            add(
                    "%s of the answers since the start would have been over 100 ms late, and not played.",
                    Amount.of(facts.notPlayed, "note"));
        }
    }

    private void inaudible() {
        if (facts.levelPercent <= SOFT_PERCENT) {
            add("It plays very softly: play.level is %d %%.", facts.levelPercent);
        }
        if (facts.out.isEmpty()) {
            add("No synthesiser is connected to %s: only the piano of the page sounds.", facts.outName);
        }
    }
}
