package antiphon.app;

import antiphon.config.Config;
import antiphon.config.ConfigException;
import antiphon.config.ConfigReader;
import antiphon.config.PlaySetting;
import antiphon.improv.Mode;
import antiphon.improv.Settings;
import antiphon.judge.Variant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** The other settings that the report judges beside those that ship: named, each as {@code NAME:SETTING=VALUE,...}. */
final class Variants {
    /** Judged in every report, in this order, before those that were typed. */
    private static final List<String> ALWAYS = List.of("without planning:plan.candidates=0");

    /** The report has columns of these names. */
    private static final Set<String> TAKEN = Set.of("network", "human", "markov chain", "improviser");

    private Variants() {}

    /**
     * Reads them: the settings that ship, changed as each says.
     *
     * @param command to say how it is used
     * @param typed what the user added
     * @throws ParameterException one line, for the first that is not allowed
     */
    static List<Variant> of(CommandLine command, List<String> typed) {
        List<String> all = new ArrayList<>(ALWAYS);
        all.addAll(typed);
        Set<String> names = new HashSet<>(TAKEN);
        List<Variant> variants = new ArrayList<>();
        for (String text : all) {
            try {
                Variant variant = read(text);
                if (!names.add(variant.name().toLowerCase(Locale.ROOT))) {
                    throw new IllegalArgumentException(
                            "a second column " + variant.name() + "; each needs a name of its own. Choose another.");
                }
                variants.add(variant);
            } catch (IllegalArgumentException wrong) {
                throw new ParameterException(command, "--variant " + text + ": " + wrong.getMessage(), wrong);
            }
        }
        return variants;
    }

    private static Variant read(String text) {
        int colon = text.indexOf(':');
        String name = colon < 0 ? "" : text.substring(0, colon).strip();
        if (name.isEmpty()) {
            throw new IllegalArgumentException("no name; allowed: NAME:SETTING=VALUE, and more settings after commas.");
        }
        Map<String, String> flags = new TreeMap<>();
        for (String part : text.substring(colon + 1).split(",", -1)) {
            int equals = part.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException(
                        "\"" + part.strip() + "\"; allowed: SETTING=VALUE, as in play.grid=0.");
            }
            flags.put(
                    part.substring(0, equals).strip(),
                    part.substring(equals + 1).strip());
        }
        return new Variant(name, settings(flags));
    }

    private static Settings settings(Map<String, String> flags) {
        Config config;
        try {
            config = ConfigReader.read(Optional.empty(), Map.of(), flags).config();
        } catch (ConfigException mistake) {
            throw new IllegalArgumentException(
                    mistake.mistakes().getFirst().replaceFirst("^command line: ", ""), mistake);
        }
        if (config.value(PlaySetting.MODE) != Mode.CALL) {
            throw new IllegalArgumentException("play.mode; the report judges mode call only. Leave it out.");
        }
        return config.settings();
    }
}
