package dev.afterword.db;

import java.awt.geom.AffineTransform;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * How a camera was held, as its JPEG says it (Exif, tag Orientation): otherwise pictures of telephones would lie on their side once that is forgotten.
 *
 * @param orientation 1 to 8; 1 is upright
 */
record PhotoTurn(int orientation) {
    private static final PhotoTurn UPRIGHT = new PhotoTurn(1);
    private static final int APP1 = 0xffe1;
    private static final int START_OF_SCAN = 0xffda;
    private static final int TAG = 0x0112;

    /** Whether width and height change places. */
    boolean lying() {
        return orientation > 4;
    }

    /** Puts a picture of that size upright. */
    AffineTransform of(int width, int height) {
        return switch (orientation) {
            case 2 -> new AffineTransform(-1, 0, 0, 1, width, 0);
            case 3 -> new AffineTransform(-1, 0, 0, -1, width, height);
            case 4 -> new AffineTransform(1, 0, 0, -1, 0, height);
            case 5 -> new AffineTransform(0, 1, 1, 0, 0, 0);
            case 6 -> new AffineTransform(0, 1, -1, 0, height, 0);
            case 7 -> new AffineTransform(0, -1, -1, 0, height, width);
            case 8 -> new AffineTransform(0, -1, 1, 0, 0, width);
            default -> new AffineTransform();
        };
    }

    /** Of any file; upright where it says nothing that can be read. */
    static PhotoTurn of(byte[] file) {
        try {
            var bytes = ByteBuffer.wrap(file);
            if (bytes.getShort() != (short) 0xffd8) {
                return UPRIGHT;
            }
            while (true) {
                int marker = Short.toUnsignedInt(bytes.getShort());
                if (marker < 0xff00 || marker == START_OF_SCAN) {
                    return UPRIGHT;
                }
                int length = Short.toUnsignedInt(bytes.getShort()) - 2;
                if (marker == APP1 && length > 14) {
                    var segment = bytes.slice(bytes.position(), Math.min(length, bytes.remaining()));
                    var name = new byte[6];
                    segment.get(name);
                    if (new String(name, StandardCharsets.ISO_8859_1).equals("Exif\0\0")) {
                        return ofTiff(segment.slice());
                    }
                }
                bytes.position(bytes.position() + length);
            }
        } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException _) {
            return UPRIGHT;
        }
    }

    private static PhotoTurn ofTiff(ByteBuffer tiff) {
        tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int directory = tiff.getInt(4);
        int entries = Short.toUnsignedInt(tiff.getShort(directory));
        for (int entry = 0; entry < entries; entry++) {
            int at = directory + 2 + entry * 12;
            if (Short.toUnsignedInt(tiff.getShort(at)) == TAG) {
                int said = Short.toUnsignedInt(tiff.getShort(at + 8));
                return said >= 1 && said <= 8 ? new PhotoTurn(said) : UPRIGHT;
            }
        }
        return UPRIGHT;
    }
}
