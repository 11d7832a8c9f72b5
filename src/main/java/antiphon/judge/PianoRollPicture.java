package antiphon.judge;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;

/** Draws {@link PianoRoll} as a PNG, for places that cannot show the page. Needs no screen. */
final class PianoRollPicture {
    private static final int SCALE = 2;
    private static final int HEADER = 44;
    private static final int MARGIN = 20;
    private static final Color HUMAN = new Color(0x1F, 0x6F, 0xB5);
    private static final Color ANSWER = new Color(0xD9, 0x5F, 0x0E);
    private static final Color PANEL = new Color(0xF6, 0xF6, 0xF3);
    private static final Color GRID = new Color(0xDD, 0xDD, 0xD8);
    private static final Color BEAT = new Color(0xB4, 0xB4, 0xAE);
    private static final Color INK = new Color(0x22, 0x22, 0x22);
    private static final Color MUTED = new Color(0x77, 0x77, 0x77);

    private PianoRollPicture() {}

    /**
     * Draws it.
     *
     * @param heading above it
     */
    static byte[] png(PianoRoll roll, String heading) {
        BufferedImage image = new BufferedImage(
                SCALE * (PianoRoll.WIDTH + 2 * MARGIN),
                SCALE * (roll.height() + HEADER + MARGIN),
                BufferedImage.TYPE_INT_RGB);
        Graphics2D canvas = image.createGraphics();
        canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        canvas.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        canvas.scale(SCALE, SCALE);
        canvas.setColor(Color.WHITE);
        canvas.fillRect(0, 0, PianoRoll.WIDTH + 2 * MARGIN, roll.height() + HEADER + MARGIN);
        drawLegend(canvas, heading);
        canvas.translate(MARGIN, HEADER);
        roll.panels().forEach(panel -> draw(panel, canvas));
        canvas.dispose();
        try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            ImageIO.write(image, "png", out);
            return out.toByteArray();
        } catch (IOException failure) {
            throw new JudgeException(
                    "the picture of piano rolls: cannot be drawn (" + failure.getMessage() + ").", failure);
        }
    }

    private static void drawLegend(Graphics2D canvas, String heading) {
        canvas.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 16));
        canvas.setColor(INK);
        canvas.drawString(heading, MARGIN + 30, 28);
        canvas.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
        int right = PianoRoll.WIDTH + MARGIN;
        canvas.setColor(HUMAN);
        canvas.fillRect(right - 190, 18, 26, 9);
        canvas.setColor(ANSWER);
        canvas.fillRect(right - 90, 18, 26, 9);
        canvas.setColor(INK);
        canvas.drawString("human", right - 158, 27);
        canvas.drawString("answer", right - 58, 27);
    }

    private static void draw(PianoRoll.Panel panel, Graphics2D canvas) {
        canvas.setColor(PANEL);
        canvas.fill(new Rectangle2D.Double(panel.x(), panel.y(), panel.width(), panel.height()));
        canvas.setColor(INK);
        canvas.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
        canvas.drawString(panel.title(), (float) panel.x(), (float) panel.y() - 8);
        canvas.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 10));
        for (PianoRoll.Mark octave : panel.octaves()) {
            canvas.setColor(GRID);
            canvas.draw(new Line2D.Double(panel.x(), octave.position(), panel.x() + panel.width(), octave.position()));
            canvas.setColor(MUTED);
            canvas.drawString(octave.label(), (float) panel.x() - 22, (float) octave.position() + 4);
        }
        for (PianoRoll.Mark second : panel.seconds()) {
            canvas.setColor(MUTED);
            canvas.drawString(second.label(), (float) second.position() - 6, (float) (panel.y() + panel.height() + 13));
        }
        canvas.setStroke(new BasicStroke(0.5f));
        for (double beat : panel.beats()) {
            canvas.setColor(BEAT);
            canvas.draw(new Line2D.Double(beat, panel.y(), beat, panel.y() + panel.height()));
        }
        canvas.setColor(MUTED);
        canvas.setStroke(new BasicStroke(1, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 1, new float[] {4, 3}, 0));
        canvas.draw(new Line2D.Double(panel.turnX(), panel.y(), panel.turnX(), panel.y() + panel.height()));
        canvas.setStroke(new BasicStroke(1));
        for (PianoRoll.Box box : panel.boxes()) {
            Color color = box.answer() ? ANSWER : HUMAN;
            int alpha = (int) Math.round(255 * (0.45 + 0.55 * box.strength()));
            canvas.setColor(new Color(color.getRed(), color.getGreen(), color.getBlue(), alpha));
            canvas.fill(new Rectangle2D.Double(box.x(), box.y(), box.width(), box.height()));
        }
    }
}
