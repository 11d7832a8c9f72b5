package antiphon.app;

import java.util.List;

/**
 * Settings that cannot be used. The message is one line for people per mistake: where, what was found, what is
 * allowed. The program ends with exit status 78.
 */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

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
}
