package dev.afterword.worker.message;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Text as quoted-printable (RFC 2045 §6.7). The mail library's own encoder goes through a stream byte by byte, and takes most of the time that handing a message over takes. */
final class QuotedPrintable {
    private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);
    /** Of an encoded line, without the soft break behind it. */
    private static final int LONGEST_LINE = 75;

    private static final boolean[] PLAIN = new boolean[256];

    static {
        Arrays.fill(PLAIN, ' ', '~' + 1, true);
        PLAIN['='] = false;
        PLAIN['\t'] = true;
    }

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
        int at = 0;
        while (at < bytes.length) {
            int end = result.plain(bytes, at);
            if (end > at) {
                result.copy(bytes, at, end);
                at = end;
            } else if (bytes[at] == '\n') {
                result.newLine();
                at++;
            } else if (bytes[at] == '\r' && at + 1 < bytes.length && bytes[at + 1] == '\n') {
                at++;
            } else {
                result.encode(bytes[at]);
                at++;
            }
        }
        return Arrays.copyOf(result.encoded, result.length);
    }

    /** Up to where bytes stand as they are, in one line. */
    private int plain(byte[] bytes, int from) {
        int most = Math.min(bytes.length, from + LONGEST_LINE - (column < LONGEST_LINE ? column : 0));
        int end = from;
        while (end < most && PLAIN[bytes[end] & 0xff]) {
            end++;
        }
        // A blank in front of a line's end would be taken away on the way.
        boolean lineEnds = end == bytes.length || bytes[end] == '\n' || bytes[end] == '\r';
        return lineEnds && end > from && bytes[end - 1] <= ' ' ? end - 1 : end;
    }

    private void copy(byte[] bytes, int from, int to) {
        breakBefore(1);
        room(to - from);
        System.arraycopy(bytes, from, encoded, length, to - from);
        length += to - from;
        column += to - from;
    }

    private void encode(byte one) {
        breakBefore(3);
        room(3);
        encoded[length++] = '=';
        encoded[length++] = HEX[(one >> 4) & 0xf];
        encoded[length++] = HEX[one & 0xf];
        column += 3;
    }

    private void breakBefore(int size) {
        if (column + size > LONGEST_LINE) {
            room(1);
            encoded[length++] = '=';
            newLine();
        }
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
