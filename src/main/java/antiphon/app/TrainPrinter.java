package antiphon.app;

import antiphon.train.EpochScore;
import antiphon.train.TrainListener;
import antiphon.train.TrainProgress;
import antiphon.train.TrainStart;
import antiphon.train.TuneScore;
import java.util.Locale;

/** Says to people how a training goes. */
final class TrainPrinter implements TrainListener {
    private final Progress progress;

    TrainPrinter(Progress progress) {
        this.progress = progress;
    }

    @Override
    public void started(TrainStart start) {
        System.out.printf(
                Locale.ROOT,
                "%d pieces to learn from, %d to choose the best pass by, %d to judge by (%s); %,d weights%s%n",
                start.trainPieces(),
                start.validPieces(),
                start.testPieces(),
                start.rule(),
                start.weights(),
                start.resumedAt() > 0 ? "; resumed at step " + start.resumedAt() : "");
    }

    @Override
    public void progress(TrainProgress now) {
        if (now.eventsPerSecond() == 0) {
            // After the first step the speed is not known yet.
            return;
        }
        progress.show(String.format(
                Locale.ROOT,
                "epoch %.2f, loss %.3f, %.2f bits per note, %,.0f events/s, %.0f %%, %s left",
                now.epoch(),
                now.lossNats(),
                now.bitsPerNote(),
                now.eventsPerSecond(),
                now.share() * 100,
                duration(now.secondsLeft())));
    }

    @Override
    public void epoch(EpochScore score) {
        progress.end();
        // A very small corpus has no held-out pieces.
        String heldOut = Double.isNaN(score.validBitsPerNote())
                ? ", nothing held out to judge by"
                : String.format(Locale.ROOT, ", %.2f held out", score.validBitsPerNote());
        System.out.printf(
                Locale.ROOT,
                "epoch %d: %.2f bits per note in training%s%s%n",
                score.epoch(),
                score.trainBitsPerNote(),
                heldOut,
                Double.isNaN(score.validBitsPerNote()) ? " (written)" : score.best() ? " (best so far: written)" : "");
    }

    @Override
    public void tuned(TuneScore score) {
        progress.end();
        double before = score.before().bitsPerNote();
        double after = score.after().bitsPerNote();
        System.out.printf(
                Locale.ROOT,
                "Bits per note on held-out music (%s): before %.3f, after %.3f (%+.1f %%).%n",
                String.join(", ", score.pieces()),
                before,
                after,
                (after / before - 1) * 100);
        if (!score.helped()) {
            System.out.println("This is not better: the file keeps the weights of the model given by --from.");
        }
    }

    private static String duration(double seconds) {
        long whole = Math.round(seconds);
        return whole >= 3600
                ? whole / 3600 + " h " + whole % 3600 / 60 + " min"
                : whole >= 60 ? whole / 60 + " min " + whole % 60 + " s" : whole + " s";
    }
}
