package antiphon.judge;

/**
 * One bar, and the figure that is compared with it. Immutable.
 *
 * @param subject whose figure it is: the network's, the improviser's, a strawman's
 * @param measure for people
 * @param figure unknown if it could not be measured, and then the bar is missed
 * @param bound the bar itself
 * @param minimum true if the figure must not be below the bar, false if not above
 * @param percent the figure is a share, to be shown as a percentage
 */
record Bar(String subject, String measure, Interval figure, double bound, boolean minimum, boolean percent) {
    boolean isPassed() {
        return figure.isKnown() && (minimum ? figure.value() >= bound : figure.value() <= bound);
    }
}
