package antiphon.judge;

import java.util.ArrayList;
import java.util.List;

/**
 * A picture of figures with their intervals: a row for each measure, a dot with whiskers for each contender, lines that
 * explain the scale. A figure beyond the scale is drawn at its edge. One thread.
 */
final class DotChart {
    private static final int WIDTH = 760;
    private static final int LEFT = 190;
    private static final int RIGHT = 30;
    private static final int TOP = 34;
    private static final int ROW = 46;
    private static final double STEP = 10;

    private record Row(String label, List<Interval> figures, double bar) {}

    private record Line(double value, String label) {}

    private final double low;
    private final double high;
    private final List<String> styles;
    private final List<Row> rows = new ArrayList<>();
    private final List<Line> lines = new ArrayList<>();

    /** @param styles of the contenders, in the order of each row's figures */
    DotChart(double low, double high, List<String> styles) {
        this.low = low;
        this.high = high;
        this.styles = styles;
    }

    /** Draws a line down all rows. */
    DotChart line(double value, String label) {
        lines.add(new Line(value, label));
        return this;
    }

    /** @param bar marked in this row; NaN for none */
    void row(String label, List<Interval> figures, double bar) {
        rows.add(new Row(label, figures, bar));
    }

    Svg draw(String label, boolean percent) {
        int bottom = TOP + rows.size() * ROW;
        Svg svg = new Svg(WIDTH, bottom + 10, label);
        for (Line line : lines) {
            svg.line("axis", x(line.value), TOP - 8, x(line.value), bottom);
            svg.text("tick middle", x(line.value), TOP - 14, line.label);
        }
        for (int i = 0; i < rows.size(); i++) {
            draw(rows.get(i), TOP + i * ROW + ROW / 2.0, percent, svg);
        }
        return svg;
    }

    private void draw(Row row, double middle, boolean percent, Svg svg) {
        svg.text("label end", LEFT - 14, middle + 4, row.label);
        svg.line("grid", LEFT, middle + ROW / 2.0, WIDTH - RIGHT, middle + ROW / 2.0);
        if (Double.isFinite(row.bar)) {
            svg.line("bar", x(row.bar), middle - ROW / 2.0 + 4, x(row.bar), middle + ROW / 2.0 - 4);
        }
        for (int i = 0; i < row.figures.size(); i++) {
            Interval figure = row.figures.get(i);
            double y = middle + (i - (row.figures.size() - 1) / 2.0) * STEP;
            if (!figure.isKnown()) {
                continue;
            }
            if (Double.isFinite(figure.low())) {
                svg.line("whisker " + styles.get(i), x(figure.low()), y, x(figure.high()), y);
            }
            String hint =
                    row.label + ": " + Summary.number(figure.value(), percent) + Summary.interval(figure, percent);
            svg.dot(styles.get(i), x(figure.value()), y, 5, hint);
        }
    }

    private double x(double value) {
        return LEFT + (WIDTH - LEFT - RIGHT) * (Math.clamp(value, low, high) - low) / (high - low);
    }
}
