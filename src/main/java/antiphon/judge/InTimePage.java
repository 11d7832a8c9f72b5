package antiphon.judge;

import java.util.List;
import java.util.Locale;

/** The section on time of the report's page, and a page of it alone. Pure. */
final class InTimePage {
    private static final String TEXT =
            """
            For calls with a steady pulse: how far answers keep the call's tempo and grid. Resonance is the length of \
            the mean of exp(2πi t / period), the period being the step of the call's grid; in phase, the part of it that \
            lies on that grid. On grid: onsets within 35 ms of a step, beside what chance gives, 70 ms of each step; in \
            the answer's first and second half as well. Tempo ratio: of the answer to the call, same tempo if within \
            3 %. Enters on beat: first onset within 40 ms of a beat; after: seconds from the call's last onset. Swing: \
            how much longer a beat's first eighth is than its second, in answers to swung calls and to even ones; \
            followed: 1 if as the calls. The measures share no code with what the improviser plays by; grid 0 \
            is the network without that (play.grid = 0). Tempo and beat of \
            the beginners' calls are known; in held-out calls they are looked for (resonance at least 0.8), and which \
            step is a beat is a guess.""";

    private static final String RHYTHM =
            """
            Correlation of the inter-onset intervals of two answers (their logarithms, the first with the first and so \
            on): to the same call with other random numbers, and to other calls with the same. Figures: three intervals \
            in a row that the answer's call has too, and that other calls have, in percent of the answer's.""";

    /** Above the piano rolls. */
    static final String ROLLS = "Ten beginners' calls and the improviser's answers, with the calls' beats";

    private InTimePage() {}

    /** Ten of the beginners' calls. */
    static PianoRoll roll(InTimeReport report) {
        return PianoRoll.ofSteady(report.sets().getFirst());
    }

    /** A page that needs nothing else. */
    static String page(InTimeReport report, Provenance provenance) {
        return Page.whole(
                "In time? Antiphon's report",
                "<h1>Does it keep time?</h1>\n" + section(report)
                        + "<section><h2>How this was made</h2><dl>" + Page.entries(provenance)
                        + "</dl></section>\n");
    }

    /** All sets, and ten piano rolls. */
    static String section(InTimeReport report) {
        StringBuilder out = new StringBuilder("<section><h2>In time</h2>\n<p>" + TEXT + "</p>\n");
        report.sets().forEach(set -> out.append(set(set)));
        return out.append("<p>")
                .append(ROLLS)
                .append(", spread evenly over them, first seed; the dashed line is where the turn passes.</p>\n")
                .append("<div class=\"legend\"><span><i class=\"human\"></i>human</span><span><i class=\"answer\"></i>"
                        + "answer</span></div>\n")
                .append(roll(report).svg())
                .append("</section>\n")
                .toString();
    }

    private static String set(InTimeSet set) {
        StringBuilder out = new StringBuilder(
                "<h3>" + Svg.escaped(set.title()) + ": " + set.calls().size() + " steady ones</h3>\n");
        if (set.rows().isEmpty()) {
            return out.toString();
        }
        out.append("<table><tr><th>Who</th>");
        for (InTimeMeasure measure : InTimeMeasure.values()) {
            out.append("<th>").append(measure.text()).append("</th>");
        }
        out.append("<th>swing followed</th></tr>\n");
        for (InTimeRow row : set.rows()) {
            out.append("<tr><td>").append(Svg.escaped(row.contender().name())).append("</td>");
            for (InTimeMeasure measure : InTimeMeasure.values()) {
                out.append(cell(measure, row.means().figure(measure)));
            }
            out.append("<td>")
                    .append(InTimeTable.number("%.2f", row.swingFollowed()))
                    .append("</td></tr>\n");
        }
        return out.append("</table>\n").append(rhythm(set.rows())).toString();
    }

    private static String cell(InTimeMeasure measure, Interval figure) {
        String hint = String.format(Locale.ROOT, "95 %%: %.3f to %.3f", figure.low(), figure.high());
        return "<td" + (figure.isKnown() ? " title=\"" + hint + "\"" : "") + ">"
                + InTimeTable.text(measure, figure.value()) + "</td>";
    }

    private static String rhythm(List<InTimeRow> rows) {
        StringBuilder out = new StringBuilder("<p>" + RHYTHM + "</p>\n<table><tr><th>Who</th><th>r, same call</th>"
                + "<th>r, other call</th><th>figures of its call</th><th>of other calls</th></tr>\n");
        for (InTimeRow row : rows) {
            RhythmFigures rhythm = row.rhythm();
            out.append("<tr><td>" + Svg.escaped(row.contender().name()) + "</td><td>"
                    + InTimeTable.number("%.2f", rhythm.sameCall()) + "</td><td>"
                    + InTimeTable.number("%.2f", rhythm.otherCall()) + "</td><td>"
                    + InTimeTable.number("%.0f", 100 * rhythm.ofCall()) + "</td><td>"
                    + InTimeTable.number("%.0f", 100 * rhythm.ofOthers()) + "</td></tr>\n");
        }
        return out.append("</table>\n").toString();
    }
}
