package antiphon.corpus;

/**
 * What a written call says of all its hands. Immutable.
 *
 * @param name for people
 * @param beatNanos from one beat to the next
 * @param stepsPerBeat of the grid
 * @param stepsPerBar of the grid
 * @param unevenNanos how far the hands are early or late: the standard deviation
 * @param swing how much longer the first eighth of a beat is than the second
 */
record Metre(String name, double beatNanos, int stepsPerBeat, int stepsPerBar, double unevenNanos, double swing) {}
