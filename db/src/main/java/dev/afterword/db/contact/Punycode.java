package dev.afterword.db.contact;

import java.util.ArrayList;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Letters of all scripts in those of ASCII: the algorithm of RFC 3492, whose names it uses, with the parameters of its section 5. */
final class Punycode {
    private static final int BASE = 36;
    private static final int T_MIN = 1;
    private static final int T_MAX = 26;
    private static final int SKEW = 38;
    private static final int DAMP = 700;
    private static final int INITIAL_BIAS = 72;
    private static final int INITIAL_N = 128;
    private static final String DIGITS = "abcdefghijklmnopqrstuvwxyz0123456789";
    /** Longer is no label, and would overflow. */
    private static final int LONGEST = 255;

    private Punycode() {}

    /** Of at most 255 letters; otherwise as it is. */
    static String encode(String text) {
        int[] input = text.codePoints().toArray();
        if (input.length > LONGEST) {
            return text;
        }
        var output = new StringBuilder();
        text.codePoints().filter(letter -> letter < INITIAL_N).forEach(output::appendCodePoint);
        int basic = output.length();
        if (basic > 0) {
            output.append('-');
        }
        int n = INITIAL_N;
        int delta = 0;
        int bias = INITIAL_BIAS;
        for (int handled = basic; handled < input.length; n++, delta++) {
            int least = Integer.MAX_VALUE;
            for (int letter : input) {
                least = letter >= n ? Math.min(least, letter) : least;
            }
            delta += (least - n) * (handled + 1);
            n = least;
            for (int letter : input) {
                if (letter < n) {
                    delta++;
                } else if (letter == n) {
                    append(output, delta, bias);
                    bias = adapt(delta, handled + 1, handled == basic);
                    delta = 0;
                    handled++;
                }
            }
        }
        return output.toString();
    }

    private static void append(StringBuilder output, int delta, int bias) {
        int q = delta;
        for (int k = BASE; ; k += BASE) {
            int t = threshold(k, bias);
            if (q < t) {
                output.append(DIGITS.charAt(q));
                return;
            }
            output.append(DIGITS.charAt(t + (q - t) % (BASE - t)));
            q = (q - t) / (BASE - t);
        }
    }

    /** Null for what nobody can have encoded. */
    static @Nullable String decode(String text) {
        if (text.length() > LONGEST) {
            return null;
        }
        int end = text.lastIndexOf('-');
        var output = new ArrayList<Integer>();
        text.substring(0, Math.max(0, end)).chars().forEach(output::add);
        long n = INITIAL_N;
        long i = 0;
        int bias = INITIAL_BIAS;
        for (int at = end + 1; at < text.length(); ) {
            long before = i;
            long weight = 1;
            for (int k = BASE; ; k += BASE) {
                int digit = at < text.length() ? DIGITS.indexOf(text.charAt(at++)) : -1;
                i += digit * weight;
                if (digit < 0 || i > Integer.MAX_VALUE) {
                    return null;
                }
                int t = threshold(k, bias);
                if (digit < t) {
                    break;
                }
                weight *= BASE - t;
            }
            int length = output.size() + 1;
            bias = adapt((int) (i - before), length, before == 0);
            n += i / length;
            i %= length;
            if (n > Character.MAX_CODE_POINT || (n >= Character.MIN_SURROGATE && n <= Character.MAX_SURROGATE)) {
                return null;
            }
            output.add((int) i++, (int) n);
        }
        return output.stream().map(Character::toString).collect(Collectors.joining());
    }

    private static int threshold(int k, int bias) {
        return Math.clamp(k - bias, T_MIN, T_MAX);
    }

    private static int adapt(int change, int length, boolean first) {
        int delta = first ? change / DAMP : change / 2;
        delta += delta / length;
        int k = 0;
        while (delta > (BASE - T_MIN) * T_MAX / 2) {
            delta /= BASE - T_MIN;
            k += BASE;
        }
        return k + (BASE - T_MIN + 1) * delta / (delta + SKEW);
    }
}
