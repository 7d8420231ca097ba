package dev.afterword.db.reward;

import dev.afterword.db.Rejected;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.Pattern;

/** How codes are made: each {@code #} becomes a letter or figure that nobody takes for another, as in {@code THANKS-######}. */
public record CodePattern(String text) {
    private static final Pattern CODE = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}._+-]{2,59}");
    private static final String SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int FEWEST = 6;
    private static final SecureRandom RANDOM = new SecureRandom();

    public CodePattern {
        if (text.chars().filter(sign -> sign == '#').count() < FEWEST || !readable(text.replace('#', 'X'))) {
            throw new Rejected("reward-code.pattern-unreadable", "pattern", FEWEST);
        }
    }

    /** Whether shops and people can take it for a code: 3 to 60 letters, figures and few signs. */
    static boolean readable(String code) {
        return CODE.matcher(code).matches();
    }

    /** So many different codes that nobody can guess. */
    List<String> make(int count) {
        var made = new LinkedHashSet<String>();
        while (made.size() < count) {
            var code = new StringBuilder(text);
            for (int at = 0; at < code.length(); at++) {
                if (code.charAt(at) == '#') {
                    code.setCharAt(at, SIGNS.charAt(RANDOM.nextInt(SIGNS.length())));
                }
            }
            made.add(code.toString());
        }
        return new ArrayList<>(made);
    }
}
