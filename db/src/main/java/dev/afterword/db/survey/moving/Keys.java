package dev.afterword.db.survey.moving;

import java.text.Normalizer;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Makes keys from names of other products, each once: those that can be keys stay as they are. */
final class Keys {
    private static final int LONGEST = 60;

    private final Set<String> taken = new HashSet<>();

    /**
     * A key that is not taken yet.
     *
     * @param otherwise what it is called where nothing of the name can be in a key
     */
    String take(String name, String otherwise) {
        var plain = Normalizer.normalize(name, Normalizer.Form.NFKD)
                .replaceAll("\\p{M}+", "")
                .replaceAll("[^A-Za-z0-9_-]+", "-")
                .replaceAll("^[-_]+|-+$", "");
        var first = cut(plain.isEmpty() ? otherwise : plain, LONGEST);
        var key = first;
        for (int number = 2; !taken.add(key); number++) {
            var ending = "-" + number;
            key = cut(first, LONGEST - ending.length()) + ending;
        }
        return key;
    }

    /** For texts that stand where others have names: few letters, and small. */
    String ofText(String text, String otherwise) {
        return take(cut(text.toLowerCase(Locale.ROOT), 30), otherwise);
    }

    /** Keeps a key from being given away. */
    Keys reserve(String key) {
        taken.add(key);
        return this;
    }

    private static String cut(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest).replaceAll("[-_]+$", "");
    }
}
