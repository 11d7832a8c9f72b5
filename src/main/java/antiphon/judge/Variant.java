package antiphon.judge;

import antiphon.improv.Settings;

/**
 * Other settings with which the same network answers the same calls, to be judged beside those that ship. Immutable.
 *
 * @param name for people: what is different
 */
public record Variant(String name, Settings settings) {}
