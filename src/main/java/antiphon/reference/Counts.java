package antiphon.reference;

/**
 * What was counted: the content of a {@link ReferenceFile}. Immutable.
 *
 * @param description of what, for people
 */
record Counts(String description, Ngram unigram, Ngram fiveGram) {}
