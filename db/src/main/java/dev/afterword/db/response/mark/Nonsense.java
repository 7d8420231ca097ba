package dev.afterword.db.response.mark;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Words that are none: keys beside each other, one letter again and again, letters without a vowel. Only of Latin letters, because what looks so elsewhere is
 * often language: Thai 555, Arabic ههههه and Japanese www laugh. A text is nonsense only as a whole: a name or an abbreviation in it is none.
 */
final class Nonsense {
    private static final int LETTERS = 6;
    private static final int REPEATED = 5;
    private static final List<String> ROWS = List.of(
            "qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop", "yxcvbnm", "azertyuiop", "qsdfghjklm", "wxcvbn");
    /** They laugh or hum: kkkk in Portuguese, www in Japanese, hmmm, hhhh of Arabic written in Latin letters. */
    private static final String LAUGHS = "kwhmx";

    private static final String VOWELS = "aeiouyæœøıw";
    /** Where r and l can carry a syllable: Czech, Slovak, Slovene, Croatian, Serbian, Bosnian, Macedonian. */
    private static final Set<String> SYLLABIC = Set.of("cs", "sk", "sl", "hr", "sr", "bs", "mk", "sh");

    private Nonsense() {}

    /** keyboard, repeated or no-vowels; empty for what may be words. */
    static Optional<String> in(String text, String language) {
        var letters = new StringBuilder();
        for (int at = 0; at < text.length(); ) {
            var point = text.codePointAt(at);
            at += Character.charCount(point);
            if (Character.isLetter(point)) {
                if (Character.UnicodeScript.of(point) != Character.UnicodeScript.LATIN) {
                    return Optional.empty();
                }
                letters.appendCodePoint(point);
            } else if (Character.isDigit(point)) {
                // Order numbers and models are no words, and mean something.
                return Optional.empty();
            }
        }
        var bare = bare(letters.toString());
        if (isRepeated(bare)) {
            return Optional.of("repeated");
        }
        if (bare.length() < LETTERS) {
            return Optional.empty();
        }
        if (isKeyboard(bare)) {
            return Optional.of("keyboard");
        }
        return isWithoutVowels(text, bare, language) ? Optional.of("no-vowels") : Optional.empty();
    }

    private static String bare(String letters) {
        return Normalizer.normalize(letters, Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT);
    }

    private static boolean isRepeated(String letters) {
        return letters.length() >= REPEATED
                && letters.chars().distinct().count() == 1
                && LAUGHS.indexOf(letters.charAt(0)) < 0;
    }

    /** Nearly every letter is a key beside the one before, in a row of at least four in one direction, or three that come again. */
    private static boolean isKeyboard(String letters) {
        int beside = 0;
        for (int at = 1; at < letters.length(); at++) {
            if (isBeside(letters.charAt(at - 1), letters.charAt(at))) {
                beside++;
            }
        }
        int run = run(letters);
        int pairs = letters.length() - 1;
        // Poverty has four keys in a row as well.
        return ((run >= 5 || comesAgain(letters)) && beside * 10 >= pairs * 6)
                || (run == 4 && beside * 10 >= pairs * 8);
    }

    private static boolean isBeside(char one, char other) {
        return ROWS.stream().anyMatch(row -> {
            int at = row.indexOf(one);
            int next = row.indexOf(other);
            return at >= 0 && next >= 0 && Math.abs(at - next) == 1;
        });
    }

    private static int run(String letters) {
        int longest = 1;
        for (var row : ROWS) {
            for (int way : new int[] {1, -1}) {
                int length = 1;
                for (int at = 1; at < letters.length(); at++) {
                    int before = row.indexOf(letters.charAt(at - 1));
                    int here = row.indexOf(letters.charAt(at));
                    length = before >= 0 && here == before + way ? length + 1 : 1;
                    longest = Math.max(longest, length);
                }
            }
        }
        return longest;
    }

    private static boolean comesAgain(String letters) {
        return run(letters) == 3 && letters.startsWith(letters.substring(0, 3), 3);
    }

    private static boolean isWithoutVowels(String text, String bare, String language) {
        var vowels = SYLLABIC.contains(Locale.forLanguageTag(language).getLanguage()) ? VOWELS + "rl" : VOWELS;
        // Brrr, pssst and hmmm are words of a kind.
        if (bare.chars().anyMatch(letter -> vowels.indexOf(letter) >= 0)
                || bare.chars().distinct().count() < 4) {
            return false;
        }
        // Several short pieces are abbreviations: DHL, GLS, DPD.
        return text.codePoints().filter(Character::isLetter).count() >= LETTERS
                && List.of(text.split("[^\\p{L}]+", -1)).stream().anyMatch(word -> word.length() >= LETTERS);
    }
}
