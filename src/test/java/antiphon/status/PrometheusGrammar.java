package antiphon.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Prometheus's text format 0.0.4, read as strictly as its documentation is written. */
public final class PrometheusGrammar {
    private static final String NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*";
    private static final String LABEL = "[a-zA-Z_][a-zA-Z0-9_]*=\"(?:[^\"\\\\\\n]|\\\\[\\\\\"n])*\"";
    private static final String NUMBER = "(?:[+-]?(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?|NaN|[+-]?Inf)";
    private static final Pattern HELP = Pattern.compile("# HELP (" + NAME + ") (?:[^\\\\\\n]|\\\\[\\\\n])+");
    private static final Pattern TYPE =
            Pattern.compile("# TYPE (" + NAME + ") (counter|gauge|summary|histogram|untyped)");
    private static final Pattern SAMPLE =
            Pattern.compile("(" + NAME + ")(\\{" + LABEL + "(?:," + LABEL + ")*\\})? (" + NUMBER + ")");

    private PrometheusGrammar() {}

    /**
     * Every sample's value by its name and labels, as written.
     *
     * @throws AssertionError if a line breaks the grammar, a family is not announced or not in one piece, a sample
     *     comes twice, or a name does not suit its type
     */
    public static Map<String, Double> read(String text) {
        assertThat(text).as("the last line is ended").endsWith("\n");
        Map<String, Double> samples = new HashMap<>();
        Set<String> families = new HashSet<>();
        String family = "";
        String type = "";
        for (String line : text.lines().toList()) {
            Matcher help = HELP.matcher(line);
            Matcher typed = TYPE.matcher(line);
            Matcher sample = SAMPLE.matcher(line);
            if (help.matches()) {
                family = help.group(1);
                type = "";
                assertThat(families.add(family)).as("only once: %s", line).isTrue();
            } else if (typed.matches()) {
                assertThat(typed.group(1)).as(line).isEqualTo(family);
                type = typed.group(2);
                assertThat(family.endsWith("_total")).as(line).isEqualTo(type.equals("counter"));
            } else {
                assertThat(sample.matches()).as("a sample: %s", line).isTrue();
                assertThat(type).as("announced: %s", line).isNotEmpty();
                assertThat(belongs(sample.group(1), family, type)).as(line).isTrue();
                Double before = samples.put(
                        sample.group(1) + (sample.group(2) == null ? "" : sample.group(2)),
                        Double.valueOf(sample.group(3)));
                assertThat(before).as("only once: %s", line).isNull();
            }
        }
        return samples;
    }

    private static boolean belongs(String name, String family, String type) {
        return name.equals(family)
                || (type.equals("summary") && (name.equals(family + "_sum") || name.equals(family + "_count")));
    }
}
