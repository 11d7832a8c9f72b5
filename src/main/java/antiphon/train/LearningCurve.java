package antiphon.train;

import antiphon.file.AtomicFile;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import javax.imageio.ImageIO;

/** Draws bits per note over the passes, of what is learned and of what is held out, as a PNG. Needs no screen. */
final class LearningCurve {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 560;
    private static final int LEFT = 80;
    private static final int RIGHT = 30;
    private static final int TOP = 60;
    private static final int BOTTOM = 70;
    private static final int GRID_LINES = 6;
    private static final Color TRAIN = new Color(0x9A, 0x6B, 0x00);
    private static final Color VALID = new Color(0x00, 0x5F, 0xA8);

    private final List<EpochScore> epochs;
    private final Graphics2D canvas;
    private final double lowest;
    private final double highest;

    private LearningCurve(List<EpochScore> epochs, Graphics2D canvas) {
        this.epochs = epochs;
        this.canvas = canvas;
        double[] values = epochs.stream()
                .flatMapToDouble(
                        epoch -> java.util.stream.DoubleStream.of(epoch.trainBitsPerNote(), epoch.validBitsPerNote()))
                .filter(Double::isFinite)
                .toArray();
        double low = java.util.Arrays.stream(values).min().orElse(0);
        double high = java.util.Arrays.stream(values).max().orElse(1);
        lowest = Math.floor(low);
        highest = Math.max(lowest + 1, Math.ceil(high));
    }

    /** Writes the picture beside its place and then moves it there. */
    static void write(Path path, List<EpochScore> epochs) throws IOException {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D canvas = image.createGraphics();
        new LearningCurve(epochs, canvas).draw();
        canvas.dispose();
        AtomicFile.write(path, draft -> ImageIO.write(image, "png", draft.toFile()));
    }

    private void draw() {
        canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        canvas.setColor(Color.WHITE);
        canvas.fillRect(0, 0, WIDTH, HEIGHT);
        canvas.setColor(Color.BLACK);
        canvas.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 18));
        canvas.drawString("How well the network predicts a note", LEFT, 36);
        canvas.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
        drawGrid();
        drawLine(EpochScore::trainBitsPerNote, TRAIN);
        drawLine(EpochScore::validBitsPerNote, VALID);
        drawLegend("learned from", TRAIN, 0);
        drawLegend("held out", VALID, 1);
    }

    private void drawGrid() {
        for (int i = 0; i <= GRID_LINES; i++) {
            double bits = lowest + (highest - lowest) * i / GRID_LINES;
            canvas.setColor(new Color(0xDD, 0xDD, 0xDD));
            canvas.drawLine(LEFT, y(bits), WIDTH - RIGHT, y(bits));
            canvas.setColor(Color.BLACK);
            canvas.drawString(String.format(Locale.ROOT, "%.1f", bits), LEFT - 42, y(bits) + 5);
        }
        int labelled = Math.max(1, epochs.size() / 10);
        for (int epoch = 1; epoch <= epochs.size(); epoch++) {
            if (epoch % labelled == 0 || epoch == 1) {
                canvas.drawString(String.valueOf(epoch), x(epoch) - 5, HEIGHT - BOTTOM + 22);
            }
        }
        canvas.drawRect(LEFT, TOP, WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM);
        canvas.drawString("passes over the corpus", WIDTH / 2 - 60, HEIGHT - 20);
        canvas.rotate(-Math.PI / 2);
        canvas.drawString("bits per note", -HEIGHT / 2 - 40, 22);
        canvas.rotate(Math.PI / 2);
    }

    private void drawLine(ToDoubleFunction<EpochScore> value, Color color) {
        canvas.setColor(color);
        canvas.setStroke(new BasicStroke(2.5f));
        Path2D line = new Path2D.Double();
        boolean begun = false;
        for (EpochScore epoch : epochs) {
            double bits = value.applyAsDouble(epoch);
            if (Double.isFinite(bits)) {
                canvas.fillOval(x(epoch.epoch()) - 3, y(bits) - 3, 6, 6);
                if (begun) {
                    line.lineTo(x(epoch.epoch()), y(bits));
                } else {
                    line.moveTo(x(epoch.epoch()), y(bits));
                    begun = true;
                }
            }
        }
        canvas.draw(line);
        canvas.setStroke(new BasicStroke(1));
    }

    private void drawLegend(String text, Color color, int row) {
        int y = TOP + 24 + row * 20;
        canvas.setColor(color);
        canvas.fillRect(WIDTH - RIGHT - 140, y - 5, 22, 3);
        canvas.setColor(Color.BLACK);
        canvas.drawString(text, WIDTH - RIGHT - 110, y);
    }

    private int x(int epoch) {
        int room = WIDTH - LEFT - RIGHT - 40;
        return LEFT
                + 20
                + (epochs.size() < 2 ? 0 : (int) Math.round((double) room * (epoch - 1) / (epochs.size() - 1)));
    }

    private int y(double bits) {
        return HEIGHT - BOTTOM - (int) Math.round((HEIGHT - TOP - BOTTOM) * (bits - lowest) / (highest - lowest));
    }
}
