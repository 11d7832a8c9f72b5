package antiphon.config;

import java.util.List;

/**
 * Settings that cannot be used. The message is one line for people per mistake: where, what was found, what is
 * allowed. The program ends with exit status 78.
 */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int MAX_SHOWN = 60;

    private final transient List<String> mistakes;

    /** @param mistakes one line each, at least one; all that were found, so that they can be mended at once */
    public ConfigException(List<String> mistakes) {
        super(String.join("\n", mistakes));
        this.mistakes = List.copyOf(mistakes);
    }

    /** One line each, at least one. */
    public List<String> mistakes() {
        return mistakes;
    }

    /** What was found, cut to what fits into a line of a message. */
    static String shortened(String text) {
        String line = text.lines().findFirst().orElse("");
        return line.length() <= MAX_SHOWN ? line : line.substring(0, MAX_SHOWN) + "…";
    }
}
