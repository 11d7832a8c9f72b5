package antiphon.app;

import antiphon.corpus.Corpus;
import antiphon.corpus.Division;
import antiphon.corpus.Piece;
import antiphon.train.EpochScore;
import antiphon.train.TrainListener;
import antiphon.train.TrainProgress;
import antiphon.train.TrainStart;
import antiphon.train.TuneScore;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Says to programs how a training goes: {@code train --json}. Each line is an object whose {@code what} says what it tells:
 * {@code kept} and {@code dropped} for each file, {@code checked} after {@code --check}; {@code started}, {@code begun} with
 * the score before the first pass, {@code progress} at most twice a second, {@code pass} after each, and {@code gain} at the
 * end of a training that began with a model. Bits are per note; a score that there is not is null.
 */
final class TrainLines implements TrainListener, Corpus.Listener {
    private static final long PERIOD_NANOS = 500_000_000L;
    private static final double HUNDREDTHS = 1e4;
    private static final JSON TEXT = JSON.std.with(JSON.Feature.WRITE_NULL_PROPERTIES);

    private long lastNanos = System.nanoTime() - PERIOD_NANOS;

    private static void say(String what, Object... namesAndValues) {
        Map<String, @Nullable Object> line = new LinkedHashMap<>();
        line.put("what", what);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            Object value = namesAndValues[i + 1];
            line.put((String) namesAndValues[i], value instanceof Double number ? rounded(number) : value);
        }
        try {
            System.out.println(TEXT.asString(line));
        } catch (IOException impossible) {
            throw new IllegalStateException("plain values must be writable as JSON", impossible);
        }
    }

    private static @Nullable Double rounded(double value) {
        return Double.isFinite(value) ? (Double) (Math.round(value * HUNDREDTHS) / HUNDREDTHS) : null;
    }

    private static List<String> names(List<Piece> pieces) {
        return pieces.stream().map(Piece::name).toList();
    }

    @Override
    public void kept(String file, long notes) {
        say("kept", "file", file, "notes", notes);
    }

    @Override
    public void dropped(String file, String why) {
        say("dropped", "file", file, "why", why);
    }

    /** The music is enough to learn from. */
    void checked(Corpus corpus, Division pieces) {
        say(
                "checked",
                "pieces",
                corpus.pieces().size(),
                "notes",
                corpus.notes(),
                "learn",
                pieces.train().size(),
                "judge",
                names(pieces.test()),
                "rule",
                pieces.rule());
    }

    @Override
    public void started(TrainStart start) {
        say(
                "started",
                "learn",
                start.trainPieces(),
                "choose",
                start.validPieces(),
                "judge",
                start.testPieces(),
                "rule",
                start.rule());
    }

    @Override
    public void begun(double bitsPerNote) {
        say("begun", "heldOut", bitsPerNote);
    }

    @Override
    public void progress(TrainProgress now) {
        long nanos = System.nanoTime();
        if (nanos - lastNanos < PERIOD_NANOS) {
            return;
        }
        lastNanos = nanos;
        say(
                "progress",
                "share",
                now.share(),
                "pass",
                now.epoch(),
                "learned",
                now.bitsPerNote(),
                "secondsLeft",
                now.secondsLeft(),
                "eventsPerSecond",
                now.eventsPerSecond());
    }

    @Override
    public void epoch(EpochScore score) {
        say(
                "pass",
                "pass",
                score.epoch(),
                "learned",
                score.trainBitsPerNote(),
                "heldOut",
                score.validBitsPerNote(),
                "best",
                score.best());
    }

    @Override
    public void tuned(TuneScore score) {
        say(
                "gain",
                "before",
                score.before().bitsPerNote(),
                "after",
                score.after().bitsPerNote(),
                "helped",
                score.helped(),
                "pieces",
                score.pieces());
    }
}
