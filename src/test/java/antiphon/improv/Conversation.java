package antiphon.improv;

import antiphon.improv.part.Parts;
import antiphon.model.StackedLstm;
import antiphon.music.Message;
import antiphon.music.MessageSink;
import java.util.ArrayList;
import java.util.List;

/** Drives an improviser on a clock that jumps from one thing to the next. */
public final class Conversation {
    public static final long MILLI = 1_000_000L;
    public static final long SECOND = 1_000 * MILLI;
    private static final int CANDIDATES = 4;

    /** What left, with the time it was due. */
    public record Sent(int message, long dueNanos) {
        public boolean isOn() {
            return Message.isNoteOn(message);
        }

        public int pitch() {
            return Message.data1(message);
        }
    }

    private final List<Sent> sent = new ArrayList<>();
    private final Ensemble ensemble;
    private final Improviser improviser;
    private final MessageSink out = (message, dueNanos) -> sent.add(new Sent(message, dueNanos));
    private long nanos;

    public Conversation(Settings settings, long seed) {
        this(Networks.PLAIN, settings, seed);
    }

    public Conversation(StackedLstm network, Settings settings, long seed) {
        ensemble = Parts.ensemble(network, settings, seed);
        improviser = ensemble.first();
        ensemble.begin(0);
        // Fewer than ship, so that tests are quick.
        ensemble.set(Control.CANDIDATES, Math.min(settings.candidates(), CANDIDATES), 0, out);
    }

    public Ensemble ensemble() {
        return ensemble;
    }

    /** The first part. */
    public Improviser improviser() {
        return improviser;
    }

    /** Everything that was sent, in the order of sending. */
    public List<Sent> sent() {
        return sent;
    }

    public MessageSink out() {
        return out;
    }

    /** The present. */
    public long nanos() {
        return nanos;
    }

    /** Lets time pass. */
    public void until(long end) {
        while (true) {
            long next = Math.min(ensemble.advance(nanos, out), think());
            if (next > end) {
                nanos = Math.max(nanos, end);
                return;
            }
            nanos = Math.max(nanos, next);
        }
    }

    /** Thinks as long as there is something to think of; gives when there is again. */
    private long think() {
        long againNanos = Long.MAX_VALUE;
        for (int part = 0; part < Ensemble.PARTS; part++) {
            while (ensemble.thinkNanos(part, nanos) <= nanos) {
                ensemble.beginThinking(part, nanos, Part.DEVELOPED);
                ensemble.think(part);
            }
            againNanos = Math.min(againNanos, ensemble.thinkNanos(part, nanos));
        }
        // What was thought of may be planned at once.
        return ensemble.thought(nanos) > 0 ? nanos : againNanos;
    }

    /** Lets so much time pass. */
    public void pass(long span) {
        until(nanos + span);
    }

    public void hear(int input, int message) {
        ensemble.hear(input, message, nanos, nanos, out);
    }

    public void press(int pitch) {
        hear(0, Message.noteOn(0, pitch, 80));
    }

    public void lift(int pitch) {
        hear(0, Message.noteOff(0, pitch));
    }

    public void set(Control control, long value) {
        if (control.beside() > 0) {
            ensemble.makeBeside(control.beside());
        }
        ensemble.set(control, value, nanos, out);
    }

    public void set(Mode mode) {
        set(Control.MODE, mode.number());
    }

    /** An action. */
    public void ask(Control control) {
        set(control, 0);
    }

    /** Plays a note at this time. */
    public void play(long at, int pitch, long durationNanos) {
        until(at);
        press(pitch);
        until(at + durationNanos);
        lift(pitch);
    }

    /** Plays so many notes, five a second, from now on. */
    public void playPhrase(int notes) {
        long start = nanos;
        for (int i = 0; i < notes; i++) {
            play(start + i * (200 * MILLI), 60 + i % 12, 150 * MILLI);
        }
    }

    /** Lets time pass until so many of the partner's notes sound. */
    public void untilSounding(int notes) {
        while (soundingAt(nanos) < notes) {
            pass(10 * MILLI);
        }
    }

    public long notesOn() {
        return sent.stream().filter(Sent::isOn).count();
    }

    /** How many of the partner's notes sound then. */
    public long soundingAt(long at) {
        return sent.stream()
                .filter(each -> each.dueNanos() <= at)
                .mapToLong(each -> each.isOn() ? 1 : Message.isNoteOff(each.message()) ? -1 : 0)
                .sum();
    }

    /** How many of the partner's notes have no end yet. */
    public long unended() {
        return soundingAt(Long.MAX_VALUE);
    }

    /** What was sent from this place on, with times counted from then. */
    public List<Sent> sentSince(int place, long start) {
        return sent.subList(place, sent.size()).stream()
                .map(each -> new Sent(each.message(), each.dueNanos() - start))
                .toList();
    }
}
