package dev.afterword.worker.message;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Text as quoted-printable (RFC 2045 §6.7). The mail library's own encoder goes through a stream byte by byte, and takes most of the time that handing a message over takes. */
final class QuotedPrintable {
    private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);
    /** Of an encoded line, without the soft break behind it. */
    private static final int LONGEST_LINE = 75;

    private byte[] encoded;
    private int length;
    private int column;

    private QuotedPrintable(int expected) {
        this.encoded = new byte[expected + expected / 4 + 64];
    }

    /** The text in UTF-8, its lines ended by CR LF whatever ended them before; ASCII only, no line longer than 76 octets. */
    static byte[] encode(String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        var result = new QuotedPrintable(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            byte one = bytes[i];
            if (one == '\r' && i + 1 < bytes.length && bytes[i + 1] == '\n') {
                continue;
            }
            if (one == '\n') {
                result.newLine();
            } else {
                result.put(one, endsLine(bytes, i + 1));
            }
        }
        return Arrays.copyOf(result.encoded, result.length);
    }

    private static boolean endsLine(byte[] bytes, int next) {
        return next == bytes.length || bytes[next] == '\n' || bytes[next] == '\r';
    }

    private void put(byte one, boolean endsLine) {
        boolean asItIs = (one > ' ' && one <= '~' && one != '=') || ((one == ' ' || one == '\t') && !endsLine);
        int size = asItIs ? 1 : 3;
        if (column + size > LONGEST_LINE) {
            room(3);
            encoded[length++] = '=';
            newLine();
        }
        room(size);
        if (asItIs) {
            encoded[length++] = one;
        } else {
            encoded[length++] = '=';
            encoded[length++] = HEX[(one >> 4) & 0xf];
            encoded[length++] = HEX[one & 0xf];
        }
        column += size;
    }

    private void newLine() {
        room(2);
        encoded[length++] = '\r';
        encoded[length++] = '\n';
        column = 0;
    }

    private void room(int wanted) {
        if (length + wanted > encoded.length) {
            encoded = Arrays.copyOf(encoded, encoded.length * 2);
        }
    }
}
