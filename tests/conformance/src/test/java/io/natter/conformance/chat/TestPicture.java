package io.natter.conformance.chat;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/// A drawn landscape, so that tests and pictures of the chat show an image that is nobody's.
final class TestPicture {
    private TestPicture() {}

    /// A JPEG.
    ///
    /// @param hour changes the colours of the sky, from 0 to 1
    static byte[] landscape(int width, int height, float hour) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        Color above = Color.getHSBColor(0.58f - 0.1f * hour, 0.55f, 0.95f - 0.4f * hour);
        Color below = Color.getHSBColor(0.11f - 0.06f * hour, 0.45f, 1f);
        g.setPaint(new GradientPaint(0, 0, above, 0, height * 0.75f, below));
        g.fillRect(0, 0, width, height);
        g.setColor(new Color(255, 244, 214));
        double sun = height * 0.18;
        g.fill(new Ellipse2D.Double(width * 0.62, height * (0.25 + 0.3 * hour), sun, sun));
        hills(g, width, height, 0.62, 0.10, 1.7, Color.getHSBColor(0.47f, 0.35f, 0.62f));
        hills(g, width, height, 0.74, 0.08, 2.9, Color.getHSBColor(0.46f, 0.5f, 0.45f));
        hills(g, width, height, 0.86, 0.06, 4.3, Color.getHSBColor(0.45f, 0.6f, 0.28f));
        g.dispose();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "jpg", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static void hills(
            Graphics2D g, int width, int height, double level, double rise, double waves, Color c) {
        Path2D hills = new Path2D.Double();
        hills.moveTo(0, height);
        for (int x = 0; x <= width; x += 4) {
            double wave = Math.sin(x * waves * Math.PI / width + waves);
            hills.lineTo(x, height * (level + rise * wave));
        }
        hills.lineTo(width, height);
        hills.closePath();
        g.setColor(c);
        g.fill(hills);
    }
}
