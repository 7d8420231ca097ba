package dev.afterword.web.workspace;

import dev.afterword.db.Rejected;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;

/** Makes a logo of what somebody uploaded: read as a picture and written anew as PNG, so that nothing else can travel in it. */
final class LogoImage {
    static final int MOST_BYTES = 2 * 1024 * 1024;
    private static final Set<String> FORMATS = Set.of("png", "jpeg", "gif");
    private static final int MOST_PIXELS_A_SIDE = 6_000;
    private static final int WIDEST = 480;
    private static final int HIGHEST = 240;
    private static final int MOST_KEPT = 262_144;

    private LogoImage() {}

    /** The logo as PNG, at most 480 by 240; otherwise rejected with what is wrong about it. Blocks while it computes. */
    static byte[] read(byte[] uploaded) {
        if (uploaded.length == 0) {
            throw new Rejected("logo.missing", "logo");
        }
        try (var input = ImageIO.createImageInputStream(new ByteArrayInputStream(uploaded))) {
            var readers = ImageIO.getImageReaders(input);
            if (!readers.hasNext()) {
                throw new Rejected("logo.unreadable", "logo");
            }
            var reader = readers.next();
            try {
                reader.setInput(input, true, true);
                return written(smaller(checked(reader)));
            } finally {
                reader.dispose();
            }
        } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new Rejected("logo.unreadable", "logo");
        }
    }

    /** Looks at the size before the pixels: a small file can hold a huge picture. */
    private static BufferedImage checked(ImageReader reader) throws IOException {
        if (!FORMATS.contains(reader.getFormatName().toLowerCase(Locale.ROOT))) {
            throw new Rejected("logo.unreadable", "logo");
        }
        if (reader.getWidth(0) > MOST_PIXELS_A_SIDE || reader.getHeight(0) > MOST_PIXELS_A_SIDE) {
            throw new Rejected("logo.too-large", "logo");
        }
        return reader.read(0);
    }

    private static BufferedImage smaller(BufferedImage image) {
        var scale = Math.min(1.0, Math.min((double) WIDEST / image.getWidth(), (double) HIGHEST / image.getHeight()));
        var width = Math.max(1, (int) Math.round(image.getWidth() * scale));
        var height = Math.max(1, (int) Math.round(image.getHeight() * scale));
        var drawn = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
        var graphics = drawn.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        graphics.drawImage(image, 0, 0, width, height, null);
        graphics.dispose();
        return drawn;
    }

    private static byte[] written(BufferedImage image) throws IOException {
        var bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        if (bytes.size() > MOST_KEPT) {
            throw new Rejected("logo.too-large", "logo");
        }
        return bytes.toByteArray();
    }
}
