package antiphon.judge;

import antiphon.improv.Mode;
import antiphon.improv.Settings;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The report as one page that needs nothing else: pictures and style are inside. Pure. */
final class ReportPage {
    private static final String CONTENDERS =
            """
            <div class="legend"><span><i class="answer"></i>improviser</span><span><i class="parrot"></i>parrot: plays
            the call back</span><span><i class="stationary"></i>stationary: a human's answer to somebody else</span>\
            """;

    private ReportPage() {}

    static String of(Report report, Provenance provenance) {
        return Page.whole(
                "Does it listen? Antiphon's report",
                header(report, provenance)
                        + bars(report)
                        + rolls(report)
                        + gain(report)
                        + follow(report)
                        + keyChange(report)
                        + InTimePage.section(report.inTime())
                        + WholePage.section(report.wholes())
                        + distribution(report)
                        + copying(report)
                        + variants(report)
                        + strawmen(report)
                        + provenance(report, provenance));
    }

    private static String header(Report report, Provenance provenance) {
        int calls = report.exchanges().chosen().size();
        int seeds = report.improviser().contender().seeds();
        long pieces = report.exchanges().chosen().stream()
                .map(Exchange::piece)
                .distinct()
                .count();
        return String.format(
                Locale.ROOT,
                "<h1>Does it listen?</h1><p class=\"lead\">%d held-out calls from %d pieces were played to the live"
                        + " improviser on a virtual clock, %d times each with another seed, and its answers compared"
                        + " with what truly followed. Network: <code>%s</code>.</p>%n",
                calls,
                pieces,
                seeds,
                Svg.escaped(String.valueOf(provenance.model().getFileName())));
    }

    private static String bars(Report report) {
        List<Bar> bars = report.bars();
        long passed = bars.stream().filter(Bar::isPassed).count();
        StringBuilder out = new StringBuilder();
        out.append(String.format(
                Locale.ROOT,
                "<section class=\"verdict%s\"><h2>%d of %d bars cleared%s</h2>%n",
                report.isPassed() ? " passed" : "",
                passed,
                bars.size(),
                report.strawmen().stream().noneMatch(Judgement::isPassed) ? "; both strawmen fail, as they must" : ""));
        return out.append(table(bars.stream())).append("</section>\n").toString();
    }

    private static String section(String title, String text, Object picture) {
        return "<section><h2>" + title + "</h2>\n<p>" + text + "</p>\n" + picture + "</section>\n";
    }

    private static String rolls(Report report) {
        return section(
                "Ten calls, ten answers",
                "Not picked by hand: the first ten calls that the choice by hash gives, first seed. Paler is softer;"
                        + " the dashed line is where the turn passes; after it the improviser waits for the rest that"
                        + " tells it so.",
                "<div class=\"legend\"><span><i class=\"human\"></i>human</span><span><i class=\"answer\"></i>answer"
                        + "</span></div>\n" + PianoRoll.ofFirst(report).svg());
    }

    private static String gain(Report report) {
        ResponseGain gain = report.gain();
        return section(
                "Response gain: does the network hear the call?",
                "The bits that the true answer costs after the call of another piece, transposed to the same key and"
                        + " matched in register, density, texture and length, minus those after its true call: "
                        + Summary.number(gain.gain().value(), false) + " bits per note"
                        + Summary.interval(gain.gain(), false) + " against the best match, "
                        + Summary.number(gain.gainOnAll().value(), false)
                        + Summary.interval(gain.gainOnAll(), false) + " against nine. Above 0 on "
                        + Summary.number(gain.above().value(), true) + " of pairs. Given ten calls, the network picks"
                        + " the true one in " + Summary.number(gain.retrieval().value(), true)
                        + Summary.interval(gain.retrieval(), true) + " of cases; chance is 10 %.",
                Charts.gains(gain) + "" + Charts.ranks(gain));
    }

    private static String follow(Report report) {
        StringBuilder table = new StringBuilder("<table><tr><th>Trait</th><th>Closeness to the call</th>"
                + "<th>improviser</th><th>human</th><th>shuffled</th><th>R</th></tr>\n");
        for (Trait trait : Trait.values()) {
            Follow follow = report.improviser().follow(trait);
            table.append("<tr><td>" + trait.text() + "</td><td>" + Svg.escaped(trait.meaning()) + "</td><td>"
                    + Summary.number(follow.generated(), false) + "</td><td>" + Summary.number(follow.human(), false)
                    + "</td><td>" + Summary.number(follow.shuffled(), false) + "</td><td>"
                    + (follow.r().isKnown()
                            ? Summary.number(follow.r().value(), false) + Summary.interval(follow.r(), false)
                            : "not measurable: humans follow no more than chance")
                    + "</td></tr>\n");
        }
        return section(
                "Follow: do answers share what the call had?",
                "R = (generated − shuffled) / (human − shuffled): how near answers come to their calls, where 0 is a"
                        + " human's answer to another call and 1 is a human's answer to this one. Above 1 clings to the"
                        + " call more than humans do.",
                CONTENDERS + "<span><i class=\"bar\"></i>bar</span></div>\n" + Charts.follow(report) + table
                        + "</table>\n");
    }

    private static String keyChange(Report report) {
        KeyChange change = report.keyChange();
        return section(
                "Key change: the human moves by six semitones",
                Svg.escaped(Summary.keyChange(change))
                        + ". Two phrases of a piece are answered in its own key; the next"
                        + " three are played six semitones higher. In-key is the share of the answers' notes in the key"
                        + " that the human's phrases have, before and after.",
                change.sessions() == 0 ? "" : Charts.keyChange(change));
    }

    private static String distribution(Report report) {
        StringBuilder small =
                new StringBuilder("<div class=\"legend\"><span><i class=\"human\"></i>human answers</span>"
                        + "<span><i class=\"answer\"></i>improviser</span></div><div class=\"grid3\">\n");
        for (Feature feature : Feature.values()) {
            double ratio = report.improviser().distribution().ratios().getOrDefault(feature, Double.NaN);
            small.append("<div><h3>" + feature.text() + ": " + Summary.number(ratio, false) + " d0</h3><small>"
                    + Svg.escaped(feature.meaning()) + "</small>" + Charts.histogram(feature, report) + "</div>\n");
        }
        return section(
                "Distribution: does it play as people play?",
                "Wasserstein-1 distances between the answers and human answers, in units of d0, the distance between two"
                        + " random halves of the human answers of the same size. 1 is as near as humans are to each"
                        + " other.",
                CONTENDERS + "</div>\n" + Charts.distribution(report) + small + "</div>\n");
    }

    private static String copying(Report report) {
        Copying made = report.improviser().copying();
        String training = report.training().isEmpty()
                ? "Copying from the training data was not measured: no <code>--training</code> was given."
                : "Longest run of intervals shared with the training data (" + Svg.escaped(report.training()) + "): "
                        + run(made) + "; held-out humans " + run(report.human()) + ".";
        return section(
                "Copying and collapse",
                "Compared as intervals, so that a copy in another key or rhythm counts. Copied: notes in runs of five or"
                        + " more that the call has too. Repeats: runs of five notes that the answer has played before. "
                        + training,
                "<div class=\"legend\"><span><i class=\"human\"></i>human answers</span>"
                        + CONTENDERS.replace("<div class=\"legend\">", "") + "</div>\n" + Charts.copying(report));
    }

    private static String run(Copying copying) {
        return "mean " + Summary.number(copying.longest().value(), false) + Summary.interval(copying.longest(), false)
                + " notes, longest of all " + Math.round(copying.longestOfAll());
    }

    private static String strawmen(Report report) {
        return section(
                "Strawmen: do the bars work?",
                "A parrot that plays the call back, and a stationary player that ignores it and plays what a human played"
                        + " to somebody else. Each must miss a bar, or the bars would prove nothing. The network's two"
                        + " bars judge likelihoods, which these do not have.",
                table(report.strawmen().stream().flatMap(each -> each.bars().stream())));
    }

    private static String variants(Report report) {
        return report.variants().isEmpty()
                ? ""
                : section(
                        "Other settings, the same bars",
                        "The same network answered the same calls with the same seeds, but with other settings.",
                        table(report.variants().stream().flatMap(each -> each.bars().stream())));
    }

    private static String table(Stream<Bar> bars) {
        return "<table><tr><th>Who</th><th>Measure</th><th>Figure [95 % interval]</th><th>Bar</th><th></th></tr>\n"
                + bars.map(ReportPage::row).collect(Collectors.joining()) + "</table>\n";
    }

    private static String row(Bar bar) {
        return "<tr><td>" + Svg.escaped(bar.subject()) + "</td><td>" + Svg.escaped(bar.measure()) + "</td><td>"
                + Summary.figure(bar) + "</td><td>" + Summary.bound(bar) + "</td><td class=\"" + verdict(bar) + "\">"
                + verdict(bar) + "</td></tr>\n";
    }

    private static String verdict(Bar bar) {
        return bar.isPassed() ? "ok" : "missed";
    }

    private static String provenance(Report report, Provenance provenance) {
        Settings settings = Settings.standard(Mode.CALL);
        return "<section><h2>How this was made</h2><dl>"
                + Page.entries(provenance)
                + Page.entry("pieces", provenance.corpus())
                + Page.entry(
                        "calls",
                        report.exchanges().chosen().size() + " of "
                                + report.exchanges().all().size()
                                + " in these pieces, chosen by hash, one of each piece before any gives a second")
                + Page.entry(
                        "settings",
                        String.format(
                                Locale.ROOT,
                                "those that ship: call and answer, temperature %.2f, top-p %.2f, min-p %.2f",
                                settings.temperature(),
                                settings.topP(),
                                settings.minP()))
                + Page.entry(
                        "intervals",
                        "95 %, bootstrap over pieces (2,000 resamples); for the distribution a jackknife over groups of"
                                + " pieces")
                + "</dl><p class=\"note\">All figures, call by call: <code>report.json</code> beside this page.</p>"
                + "</section>\n";
    }
}
