package antiphon.improv.listen;

import antiphon.HotPath;

/** The straight line through some points that is nearest to them: least squares. One thread; allocates nothing. */
@HotPath
final class Line {
    private double points;
    private double sumK;
    private double sumT;
    private double sumKk;
    private double sumKt;

    void clear() {
        points = 0;
        sumK = 0;
        sumT = 0;
        sumKk = 0;
        sumKt = 0;
    }

    /** Adds a point: at this place, this time. */
    void add(double k, double t) {
        points++;
        sumK += k;
        sumT += t;
        sumKk += k * k;
        sumKt += k * t;
    }

    /** How many were added. */
    double points() {
        return points;
    }

    /** Time per place; NaN if the points do not tell. */
    double slope() {
        return slope(0, 0);
    }

    /**
     * The same where a slope was believed before.
     *
     * @param weight how much that counts, as points times their distance squared do
     */
    double slope(double believed, double weight) {
        double spread = points * (sumKk + weight) - sumK * sumK;
        return spread > 0 ? (points * (sumKt + weight * believed) - sumK * sumT) / spread : Double.NaN;
    }

    /** The time at place 0, of the line with this slope that is nearest to the points. */
    double start(double slope) {
        return (sumT - slope * sumK) / points;
    }
}
