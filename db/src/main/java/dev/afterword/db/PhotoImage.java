package dev.afterword.db;

import java.awt.Color;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Set;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;

/** Makes a picture to keep of what somebody uploaded: read as a picture, turned as it was held, made smaller, and written anew as JPEG without where and when it was taken. */
public final class PhotoImage {
    public static final int MOST_BYTES = 10 * 1024 * 1024;
    private static final Set<String> FORMATS = Set.of("png", "jpeg");
    private static final int MOST_PIXELS_A_SIDE = 20_000;
    private static final long MOST_PIXELS = 50_000_000;
    private static final int LONGEST_SIDE = 2_000;
    /** What is longer is read with every second or third pixel only, so that a large picture needs little memory. */
    private static final int LONGEST_READ = 2_500;

    private static final float QUALITY = 0.85f;

    private PhotoImage() {}

    /** The picture; otherwise {@code feedback.photo-format}, {@code feedback.photo-pixels} or {@code feedback.photo-broken}. Blocks while it computes. */
    public static Picture read(byte[] uploaded) {
        try (var input = ImageIO.createImageInputStream(new ByteArrayInputStream(uploaded))) {
            var readers = ImageIO.getImageReaders(input);
            if (!readers.hasNext()) {
                throw new Rejected("feedback.photo-format", "photos");
            }
            var reader = readers.next();
            try {
                if (!FORMATS.contains(reader.getFormatName().toLowerCase(Locale.ROOT))) {
                    throw new Rejected("feedback.photo-format", "photos");
                }
                reader.setInput(input, true, true);
                return written(turned(read(reader), PhotoTurn.of(uploaded)));
            } finally {
                reader.dispose();
            }
        } catch (IOException | RuntimeException e) {
            // What a decoder throws at broken input is its own affair.
            throw e instanceof Rejected rejected ? rejected : new Rejected("feedback.photo-broken", "photos");
        }
    }

    /** Looks at the size before the pixels: a small file can hold a huge picture. */
    private static BufferedImage read(ImageReader reader) throws IOException {
        int width = reader.getWidth(0);
        int height = reader.getHeight(0);
        if (width > MOST_PIXELS_A_SIDE || height > MOST_PIXELS_A_SIDE || (long) width * height > MOST_PIXELS) {
            throw new Rejected("feedback.photo-pixels", "photos");
        }
        int step = Math.max(1, Math.max(width, height) / LONGEST_READ);
        var param = reader.getDefaultReadParam();
        param.setSourceSubsampling(step, step, 0, 0);
        return reader.read(0, param);
    }

    /** On white where it is transparent, at most {@link #LONGEST_SIDE} on its longer side. */
    private static BufferedImage turned(BufferedImage image, PhotoTurn turn) {
        var scale = Math.min(1.0, (double) LONGEST_SIDE / Math.max(image.getWidth(), image.getHeight()));
        int width = Math.max(1, (int) Math.round(image.getWidth() * scale));
        int height = Math.max(1, (int) Math.round(image.getHeight() * scale));
        var drawn = new BufferedImage(
                turn.lying() ? height : width, turn.lying() ? width : height, BufferedImage.TYPE_INT_RGB);
        var graphics = drawn.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, drawn.getWidth(), drawn.getHeight());
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        var transform = turn.of(width, height);
        transform.concatenate(AffineTransform.getScaleInstance(
                (double) width / image.getWidth(), (double) height / image.getHeight()));
        graphics.drawImage(image, transform, null);
        graphics.dispose();
        return drawn;
    }

    private static Picture written(BufferedImage image) throws IOException {
        var writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        var bytes = new ByteArrayOutputStream();
        try (var output = ImageIO.createImageOutputStream(bytes)) {
            var param = writer.getDefaultWriteParam();
            param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            param.setCompressionQuality(QUALITY);
            writer.setOutput(output);
            writer.write(null, new IIOImage(image, null, null), param);
        } finally {
            writer.dispose();
        }
        return new Picture(image.getWidth(), image.getHeight(), ByteBuffer.wrap(bytes.toByteArray()));
    }
}
