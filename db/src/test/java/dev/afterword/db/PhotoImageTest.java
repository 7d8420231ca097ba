package dev.afterword.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What customers upload becomes a small, upright JPEG without a word about where it was taken, or is refused with its reason. */
class PhotoImageTest {
    /** Red at the top left corner, as it is held upright; the file says how the camera was held. */
    @ParameterizedTest
    @CsvSource({"1,0,0", "2,1,0", "3,1,1", "4,0,1", "5,0,0", "6,0,1", "7,1,1", "8,1,0"})
    void turnsItAsItWasHeldAndForgetsWhatTheCameraSaid(int orientation, int right, int down) throws IOException {
        var lying = orientation > 4;
        int width = lying ? 300 : 400;
        int height = lying ? 400 : 300;
        var stored = new BufferedImage(400, 300, BufferedImage.TYPE_INT_RGB);
        var graphics = stored.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, 400, 300);
        graphics.setColor(Color.RED);
        graphics.fillRect(right * 200, down * 150, 200, 150);
        graphics.dispose();
        var kept = PhotoImage.read(with(orientation, bytes(stored, "jpeg")));

        assertThat(kept.width()).isEqualTo(width);
        assertThat(kept.height()).isEqualTo(height);
        var drawn = drawn(kept.jpeg());
        assertThat(new Color(drawn.getRGB(40, 40)).getGreen()).isLessThan(80);
        assertThat(new Color(drawn.getRGB(width - 40, height - 40)).getGreen()).isGreaterThan(180);
        assertThat(new String(kept.jpeg().array(), StandardCharsets.ISO_8859_1)).doesNotContain("Exif");
    }

    @Test
    void makesLargeOnesSmall() throws IOException {
        var kept = PhotoImage.read(bytes(new BufferedImage(5_200, 1_300, BufferedImage.TYPE_BYTE_GRAY), "png"));
        assertThat(kept.width()).isEqualTo(2_000);
        assertThat(kept.height()).isEqualTo(500);
    }

    @Test
    void refusesWhatIsNoPhotoWhateverItIsCalled() throws IOException {
        refused("feedback.photo-format", "<svg onload=alert(1)>".getBytes(StandardCharsets.UTF_8));
        refused("feedback.photo-format", "RIFF....WEBPVP8 ".getBytes(StandardCharsets.UTF_8));
        refused("feedback.photo-format", bytes(new BufferedImage(9, 9, BufferedImage.TYPE_INT_RGB), "gif"));
        var whole = bytes(new BufferedImage(400, 300, BufferedImage.TYPE_INT_RGB), "png");
        refused("feedback.photo-broken", Arrays.copyOf(whole, 60));
    }

    @Test
    void looksAtTheSizeBeforeThePixels() throws IOException {
        refused("feedback.photo-pixels", png(60_000, 60_000));
        refused("feedback.photo-pixels", png(19_000, 19_000));
    }

    private static void refused(String code, byte[] file) {
        assertThatThrownBy(() -> PhotoImage.read(file))
                .isInstanceOfSatisfying(
                        Rejected.class, no -> assertThat(no.code()).isEqualTo(code));
    }

    private static byte[] bytes(BufferedImage image, String format) throws IOException {
        var bytes = new ByteArrayOutputStream();
        ImageIO.write(image, format, bytes);
        return bytes.toByteArray();
    }

    private static BufferedImage drawn(ByteBuffer jpeg) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(jpeg.array()));
    }

    /** The same file with Exif that says only how the camera was held. */
    private static byte[] with(int orientation, byte[] jpeg) {
        var tiff = ByteBuffer.allocate(26)
                .put("MM".getBytes(StandardCharsets.US_ASCII))
                .putShort((short) 42)
                .putInt(8)
                .putShort((short) 1)
                .putShort((short) 0x0112)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) orientation)
                .putShort((short) 0)
                .putInt(0)
                .array();
        return ByteBuffer.allocate(jpeg.length + tiff.length + 10)
                .put(jpeg, 0, 2)
                .putShort((short) 0xffe1)
                .putShort((short) (tiff.length + 8))
                .put("Exif\0\0".getBytes(StandardCharsets.US_ASCII))
                .put(tiff)
                .put(jpeg, 2, jpeg.length - 2)
                .array();
    }

    /** A small file that says it is that large. */
    private static byte[] png(int width, int height) throws IOException {
        var file = new ByteArrayOutputStream();
        file.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10});
        chunk(
                file,
                "IHDR",
                ByteBuffer.allocate(13)
                        .putInt(width)
                        .putInt(height)
                        .put(new byte[] {8, 0, 0, 0, 0})
                        .array());
        var deflater = new Deflater();
        deflater.setInput(new byte[1_000]);
        deflater.finish();
        var packed = new byte[200];
        chunk(file, "IDAT", Arrays.copyOf(packed, deflater.deflate(packed)));
        deflater.end();
        chunk(file, "IEND", new byte[0]);
        return file.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream file, String type, byte[] data) throws IOException {
        var named = ByteBuffer.allocate(data.length + 4)
                .put(type.getBytes(StandardCharsets.US_ASCII))
                .put(data)
                .array();
        var sum = new CRC32();
        sum.update(named);
        file.write(ByteBuffer.allocate(4).putInt(data.length).array());
        file.write(named);
        file.write(ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
    }
}
