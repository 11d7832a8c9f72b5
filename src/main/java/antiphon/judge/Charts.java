package antiphon.judge;

import antiphon.music.Note;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The pictures of the page that are no piano rolls. Pure. */
final class Charts {
    private static final int WIDTH = 760;
    private static final int LEFT = 56;
    private static final int RIGHT = 20;
    private static final int BINS = 24;
    private static final List<String> CONTENDERS = List.of("answer", "parrot", "stationary");

    private Charts() {}

    static Svg follow(Report report) {
        DotChart chart = new DotChart(-0.5, 2, CONTENDERS)
                .line(0, "0 ignores you")
                .line(1, "1 as a human")
                .line(2, "≥ 2");
        for (Trait trait : Trait.values()) {
            chart.row(
                    trait.text(),
                    report.judgements().stream()
                            .map(each -> each.follow(trait).r())
                            .toList(),
                    trait.bar());
        }
        return chart.draw("How far answers follow their calls", false);
    }

    static Svg distribution(Report report) {
        DotChart chart = new DotChart(0, 6, CONTENDERS)
                .line(1, "1 as humans differ")
                .line(2, "2 the bar")
                .line(4, "4")
                .line(6, "≥ 6");
        for (Feature feature : Feature.values()) {
            chart.row(
                    feature.text(),
                    report.judgements().stream()
                            .map(each -> each.distribution().ratios().getOrDefault(feature, Double.NaN))
                            .map(ratio -> new Interval(ratio, Double.NaN, Double.NaN))
                            .toList(),
                    Double.NaN);
        }
        chart.row(
                "mean",
                report.judgements().stream()
                        .map(each -> each.distribution().mean())
                        .toList(),
                Double.NaN);
        return chart.draw("Distances from human answers, divided by those between humans", false);
    }

    static Svg copying(Report report) {
        DotChart chart = new DotChart(0, 1, List.of("human", "answer", "parrot", "stationary"))
                .line(0, "0 %")
                .line(0.5, "50 %")
                .line(1, "100 %");
        List<Copying> all = new ArrayList<>(List.of(report.human()));
        report.judgements().forEach(each -> all.add(each.copying()));
        chart.row("copied from the call", all.stream().map(Copying::ofCall).toList(), Double.NaN);
        chart.row("repeats itself", all.stream().map(Copying::repeated).toList(), Double.NaN);
        chart.row("silent or one note", all.stream().map(Copying::silent).toList(), Double.NaN);
        return chart.draw("Copying and collapse", true);
    }

    /** What every pair gains, from the smallest gain to the largest. */
    static Svg gains(ResponseGain gain) {
        double[] gains = gain.pairs().stream()
                .mapToDouble(ResponseGain.Pair::gain)
                .sorted()
                .toArray();
        double max = Math.max(0.5, gains[gains.length - 1]);
        double min = Math.min(-0.1, gains[0]);
        int height = 260;
        double unit = (height - 50) / (max - min);
        double zero = 20 + max * unit;
        Svg svg = new Svg(WIDTH, height, "Response gain of every pair");
        double step = (double) (WIDTH - LEFT - RIGHT) / gains.length;
        for (double tick : new double[] {min, 0, max}) {
            double y = zero - tick * unit;
            svg.line(tick == 0 ? "axis" : "grid", LEFT, y, WIDTH - RIGHT, y);
            svg.text("tick end", LEFT - 6, y + 4, Summary.number(tick, false));
        }
        for (int i = 0; i < gains.length; i++) {
            double size = Math.abs(gains[i]) * unit;
            svg.rect(
                    gains[i] > 0 ? "good" : "bad",
                    LEFT + i * step,
                    gains[i] > 0 ? zero - size : zero,
                    Math.max(1, step - 1),
                    size);
        }
        svg.text(
                "tick",
                LEFT,
                height - 4,
                "bits per note saved by hearing the true call; one bar for each pair, sorted");
        return svg;
    }

    /** Where the true call came among the ten. */
    static Svg ranks(ResponseGain gain) {
        int[] counts = new int[ResponseGain.DISTRACTORS + 1];
        gain.pairs().forEach(pair -> counts[pair.rank() - 1]++);
        int max = Arrays.stream(counts).max().orElse(1);
        int height = 200;
        int bottom = height - 36;
        Svg svg = new Svg(WIDTH, height, "Rank of the true call among ten");
        double step = (double) (WIDTH - LEFT - RIGHT) / counts.length;
        for (int i = 0; i < counts.length; i++) {
            double size = (double) counts[i] / max * (bottom - 24);
            svg.rect(i == 0 ? "answer" : "plain", LEFT + i * step + 4, bottom - size, step - 8, size);
            svg.text("tick middle", LEFT + (i + 0.5) * step, bottom - size - 5, String.valueOf(counts[i]));
            svg.text("tick middle", LEFT + (i + 0.5) * step, bottom + 15, String.valueOf(i + 1));
        }
        double chance = bottom - gain.pairs().size() * 0.1 / max * (bottom - 24);
        svg.line("bar", LEFT, chance, WIDTH - RIGHT, chance);
        svg.text("tick end", WIDTH - RIGHT, chance - 5, "chance");
        svg.text("tick", LEFT, height - 4, "rank of the true call by the likelihood of the true answer, 1 is right");
        return svg;
    }

    static Svg keyChange(KeyChange change) {
        int height = 240;
        int bottom = height - 40;
        Svg svg = new Svg(WIDTH, height, "In-key rate after the human moves by six semitones");
        for (int percent = 0; percent <= 100; percent += 25) {
            double y = rateY(percent / 100.0, bottom);
            svg.line("grid", LEFT, y, WIDTH - RIGHT, y);
            svg.text("tick end", LEFT - 6, y + 4, percent + " %");
        }
        double before = change.before().value();
        double after = Math.max(1, change.after().size() - 1);
        svg.line("human-line", LEFT, rateY(before, bottom), WIDTH - RIGHT, rateY(before, bottom));
        double lowest = rateY(before - KeyChange.TOLERANCE, bottom);
        svg.line("bar", LEFT, lowest, WIDTH - RIGHT, lowest);
        svg.text("tick end", WIDTH - RIGHT, rateY(before, bottom) - 6, "before the move; dashed: 5 points less");
        int every = 5 * Math.max(1, change.after().size() / 60);
        List<double[]> points = new ArrayList<>();
        for (int i = 0; i < change.after().size(); i++) {
            double x = LEFT + i / after * (WIDTH - LEFT - RIGHT);
            points.add(new double[] {x, rateY(change.after().get(i), bottom)});
            if (i % every == 0) {
                svg.text("tick middle", x, bottom + 16, String.valueOf(i));
            }
        }
        svg.path("curve answer", points);
        svg.text(
                "tick",
                LEFT,
                height - 4,
                "notes of the answers since the move (each point: this note and the seven after it)");
        return svg;
    }

    private static double rateY(double rate, int bottom) {
        return bottom - rate * (bottom - 16);
    }

    /** Human and generated values of one feature, as shares of bins. */
    static Svg histogram(Feature feature, Report report) {
        List<List<List<Note>>> human = List.of(
                report.exchanges().chosen().stream().map(Exchange::answer).toList());
        double[] humans = Distribution.pooled(feature, report.exchanges(), human);
        double[] made = Distribution.pooled(
                feature, report.exchanges(), report.improviser().contender().answers());
        double low = Math.min(Statistics.quantile(humans, 0.005), Statistics.quantile(made, 0.005));
        double high = Math.max(Statistics.quantile(humans, 0.995), Statistics.quantile(made, 0.995));
        boolean whole = feature == Feature.PITCH_CLASS || feature == Feature.POLYPHONY;
        int bins = whole ? (int) (high - low) + 1 : BINS;
        double from = whole ? low - 0.5 : low;
        double to = whole ? high + 0.5 : high > low ? high : low + 1;
        double[] ofHumans = shares(humans, from, to, bins);
        double[] ofMade = shares(made, from, to, bins);
        double max = Math.max(
                Arrays.stream(ofHumans).max().orElse(1),
                Arrays.stream(ofMade).max().orElse(1));
        Svg svg = new Svg(360, 150, feature.text() + " of human and generated answers");
        svg.line("axis", 10, 126, 350, 126);
        svg.path("area human", steps(ofHumans, max));
        svg.path("curve answer", steps(ofMade, max));
        svg.text("tick", 10, 144, Summary.number(low, false));
        svg.text("tick end", 350, 144, Summary.number(high, false));
        return svg;
    }

    private static double[] shares(double[] values, double from, double to, int bins) {
        double[] shares = new double[bins];
        for (double value : values) {
            int bin = (int) ((value - from) / (to - from) * bins);
            shares[Math.clamp(bin, 0, bins - 1)] += 1.0 / values.length;
        }
        return shares;
    }

    private static List<double[]> steps(double[] shares, double max) {
        List<double[]> points = new ArrayList<>();
        double step = 340.0 / shares.length;
        points.add(new double[] {10, 126});
        for (int i = 0; i < shares.length; i++) {
            double y = 126 - 112 * shares[i] / max;
            points.add(new double[] {10 + i * step, y});
            points.add(new double[] {10 + (i + 1) * step, y});
        }
        points.add(new double[] {350, 126});
        return points;
    }
}
