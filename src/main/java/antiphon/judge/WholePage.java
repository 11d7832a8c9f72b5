package antiphon.judge;

/** The section on whole answers of the report's page. Pure. */
final class WholePage {
    private static final String TEXT =
            """
            What an answer is as a whole, measured by code of its own that nothing which plays uses, beside what truly \
            followed and an order-2 Markov chain over the call. A star: differs from the network's figure, the interval \
            of the difference call by call being without 0; intervals are bootstraps over pieces. All on the top line, \
            the highest note of each onset. <b>Motifs</b>: share of the answer's three intervals in a row (four notes) \
            that the call has too, in any key; rhythms: three ratios in a row between onsets' times, as quarter, half, \
            same, double or four times; above those of other calls: less the mean share that calls of other pieces give, \
            so that what is common to all music counts nothing. One repeated pitch is no motif. <b>Figures</b>: six notes \
            in a row whose five intervals are at most two edits away from the nearest six notes of the call; a step that \
            only moved within the key is half an edit; how much varied: edits by five, 0 quoted to 0.4. <b>Copied</b>: \
            notes in runs of six and more with the call's intervals and ratios of time. <b>Ends on the tonic triad</b> of \
            the call's key (by Temperley's profiles): highest and lowest note of the last chord, by chance 25 %. Last note long: more than 1.5 times \
            the answer's median. On a beat: within an eighth of a beat where the call has a steady pulse, by chance 25 %; \
            bars are not known. <b>Cut off</b>: two voices or more that began apart end within 5 ms, as the answer's end; \
            people's pedals do that too. <b>One pitch</b>: of answers to calls of several. Voices: the most at once. Notes \
            a second: from the first onset to the last end. Silence counts 0 in shares and not at all in the rest.""";

    private WholePage() {}

    /** All sets. */
    static String section(WholeReport report) {
        StringBuilder out = new StringBuilder("<section><h2>Whole answers</h2>\n<p>" + TEXT + "</p>\n");
        report.sets().forEach(set -> out.append(set(set)));
        out.append("<p>The network's chosen answers to held-out calls came from: "
                + Svg.escaped(report.origins().text()) + ". Drawn: by the network alone; else developed from the call:"
                + " transposed in its key, inverted, its rhythm with other pitches, its pitches in another rhythm, a"
                + " sequence of a fragment, another ending.</p>\n");
        return out.append("</section>\n").toString();
    }

    private static String set(WholeSet set) {
        StringBuilder out = new StringBuilder("<h3>" + Svg.escaped(WholeTable.title(set)) + "</h3>\n");
        if (set.rows().isEmpty()) {
            return out.toString();
        }
        out.append("<table><tr><th></th>");
        set.rows().forEach(row -> out.append("<th>")
                .append(Svg.escaped(row.contender().name()))
                .append("</th>"));
        out.append("</tr>\n");
        for (WholeMeasure measure : set.measures()) {
            out.append("<tr><td>" + Svg.escaped(WholeTable.name(set, measure)) + (measure.isPercent() ? ", %" : "")
                    + "</td>");
            for (WholeRow row : set.rows()) {
                out.append("<td>" + WholeTable.cell(measure, row) + (WholeTable.isOther(set, measure, row) ? " *" : "")
                        + "</td>");
            }
            out.append("</tr>\n");
        }
        return out.append("</table>\n").toString();
    }
}
