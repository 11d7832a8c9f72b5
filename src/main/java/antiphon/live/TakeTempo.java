package antiphon.live;

import antiphon.improv.Control;
import antiphon.improv.listen.Pulse;
import antiphon.midi.file.Timeline;
import antiphon.music.Message;
import java.util.ArrayList;
import java.util.List;

/**
 * The tempos of a recorded session. A journal does not say what the pulse was, so it is found anew from what was heard, by
 * the same {@link Pulse}. What it was sure of is kept until it is sure of something else; so the beats go on through the
 * answers. Cold threads.
 */
final class TakeTempo {
    /** Looking costs time, a second or so for an hour of dense playing, and the pulse does not change faster. */
    private static final long LOOK_NANOS = 1_000_000_000L;

    /** After so long a silence a phrase may have ended. */
    private static final long REST_NANOS = 250_000_000L;

    /** Where the pulse was sure less often than this, it was chance. */
    private static final double MIN_SURE = 0.2;

    private static final double NANOS_PER_MICRO = 1e3;

    private final int beatsPerBar;
    private final Pulse pulse = new Pulse();
    private final List<Estimate> estimates = new ArrayList<>();
    private long heardNanos = Long.MAX_VALUE;
    private long lookedNanos = Long.MIN_VALUE / 2;
    private int looks;

    /**
     * What the pulse was sure of at a time.
     *
     * @param beatNanos one of the beats; where bars are known, of the bar lines
     */
    private record Estimate(long atNanos, double beatNanos, double periodNanos, boolean bars) {}

    private TakeTempo(int beatsPerBar) {
        this.beatsPerBar = beatsPerBar;
    }

    /**
     * Where beats are.
     *
     * @param zeroNanos a beat, or where bars are known a bar line, at or before the first note
     * @param tempos of quarters that are beats, from there on; none if there was no pulse
     */
    record Found(long zeroNanos, List<Timeline.Tempo> tempos) {}

    /**
     * Looks for them.
     *
     * @param firstNanos when the first note begins
     * @param endNanos when the last ends
     */
    static Found of(List<JournalFormat.Entry> entries, int beatsPerBar, long firstNanos, long endNanos) {
        TakeTempo tempo = new TakeTempo(beatsPerBar);
        entries.forEach(tempo::hear);
        return tempo.estimates.isEmpty() || tempo.estimates.size() < MIN_SURE * tempo.looks
                ? new Found(firstNanos, List.of())
                : tempo.beats(firstNanos, endNanos);
    }

    private void hear(JournalFormat.Entry entry) {
        int message = entry.message();
        if (entry.what() == Tap.HEARD && Message.isClock(message)) {
            pulse.tick(entry.input(), message, entry.nanos());
            return;
        }
        if (entry.nanos() - REST_NANOS > heardNanos) {
            // Most is known of a phrase when it has ended.
            find(entry.nanos());
        }
        if (entry.what() == Tap.CONTROL && message == Control.TAP.number()) {
            pulse.tap(entry.nanos());
        } else if (entry.what() == Tap.CONTROL && message == Control.FORGET.number()) {
            pulse.forget();
        } else if (entry.what() == Tap.HEARD && Message.isNoteOn(message)) {
            pulse.hear(Message.data1(message), Message.data2(message), entry.nanos());
            heardNanos = entry.nanos();
            look(entry.nanos());
        }
    }

    private void look(long nanos) {
        if (nanos - lookedNanos >= LOOK_NANOS) {
            find(nanos);
        }
    }

    private void find(long nanos) {
        lookedNanos = nanos;
        looks++;
        heardNanos = Long.MAX_VALUE;
        pulse.find(nanos);
        if (pulse.isSure()) {
            double beatNanos = pulse.knowsBars() ? pulse.barNanos() : pulse.beatNanos();
            estimates.add(new Estimate(nanos, beatNanos, pulse.beatPeriodNanos(), pulse.knowsBars()));
        }
    }

    private Found beats(long firstNanos, long endNanos) {
        Estimate first = estimates.getFirst();
        double unitNanos = first.periodNanos * (first.bars ? beatsPerBar : 1);
        double zeroNanos = first.beatNanos + Math.floor((firstNanos - first.beatNanos) / unitNanos) * unitNanos;
        List<Timeline.Tempo> tempos = new ArrayList<>();
        double beatNanos = zeroNanos;
        int next = 0;
        while (beatNanos < endNanos || tempos.isEmpty()) {
            while (next + 1 < estimates.size() && estimates.get(next + 1).atNanos <= beatNanos) {
                next++;
            }
            double followingNanos = following(estimates.get(next), beatNanos);
            int micros = (int) Math.round((followingNanos - beatNanos) / NANOS_PER_MICRO);
            if (tempos.isEmpty() || tempos.getLast().microsPerQuarter() != micros) {
                tempos.add(new Timeline.Tempo(Math.round(beatNanos - zeroNanos), micros));
            }
            beatNanos = followingNanos;
        }
        return new Found(Math.round(zeroNanos), tempos);
    }

    /** The beat after another: that of the grid which is nearest to where it is expected. */
    private static double following(Estimate grid, double beatNanos) {
        double expectedNanos = beatNanos + grid.periodNanos;
        return expectedNanos - Math.IEEEremainder(expectedNanos - grid.beatNanos, grid.periodNanos);
    }
}
