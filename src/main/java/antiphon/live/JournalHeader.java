package antiphon.live;

import antiphon.improv.Settings;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a journal begins with: all that a replay needs besides the records.
 *
 * @param schema {@value #SCHEMA}
 * @param version of the build that wrote it
 * @param created when, for people
 * @param model the network that played first
 * @param fused how sums of products were rounded: see {@link antiphon.model.StackedLstm#fuses}
 * @param seed of the random numbers
 * @param settings those that the session began with
 * @param inputs names of our inputs, in their order, and of those that could be opened later
 * @param thru whether, at the beginning, what came by the inputs was copied to the output
 * @param complete false if it begins in the middle of a session, or something is missing: then a replay can differ
 */
public record JournalHeader(
        int schema,
        String version,
        String created,
        Network model,
        boolean fused,
        long seed,
        Settings settings,
        List<String> inputs,
        boolean thru,
        boolean complete) {
    static final int SCHEMA = 1;

    /** Checks what a replay relies on, because the first line of a journal has no check sum. */
    public JournalHeader {
        boolean whole = version != null
                && created != null
                && model != null
                && settings != null
                && settings.mode() != null
                && settings.call() != null
                && settings.continuing() != null
                && inputs != null;
        if (!whole || !(settings.temperature() > 0)) {
            throw new IllegalArgumentException("a value is missing or out of range");
        }
        inputs = List.copyOf(inputs);
    }

    private static final JSON JSON_TEXT = JSON.std.with(JSON.Feature.WRITE_RECORD_FIELDS_IN_DECLARATION_ORDER);

    /**
     * A network as a journal names it.
     *
     * @param file where it was read from
     * @param sha256 of that file, in hexadecimal digits
     * @param precision of its weights in memory, such as {@code f16}
     */
    public record Network(String file, String sha256, String precision) {
        String json() {
            return text(this);
        }

        static Network parse(String json) throws IOException {
            return whole(JSON_TEXT.beanFrom(Network.class, json));
        }
    }

    String json() {
        return text(this);
    }

    /** @throws IOException if it cannot be understood, or something is missing in it */
    static JournalHeader parse(String json) throws IOException {
        JournalHeader header = whole(JSON_TEXT.beanFrom(JournalHeader.class, json));
        if (header.schema == SCHEMA) {
            whole(whole(header.model).file);
            whole(header.inputs);
            Settings settings = whole(header.settings);
            whole(settings.mode());
            whole(settings.call());
            whole(settings.continuing());
        }
        return header;
    }

    /** JSON may leave out anything. */
    private static <T> T whole(@Nullable T value) throws IOException {
        if (value == null) {
            throw new IOException("something is missing");
        }
        return value;
    }

    /** The same, marked as incomplete. */
    JournalHeader incomplete() {
        return new JournalHeader(schema, version, created, model, fused, seed, settings, inputs, thru, false);
    }

    private static String text(Object value) {
        try {
            return JSON_TEXT.asString(value);
        } catch (IOException impossible) {
            throw new IllegalStateException("numbers and texts must be writable as JSON", impossible);
        }
    }
}
