package antiphon.judge;

/**
 * One bar and how the figure held to it came out. Immutable.
 *
 * @param subject who is held to it: the network, the improviser, a strawman
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
