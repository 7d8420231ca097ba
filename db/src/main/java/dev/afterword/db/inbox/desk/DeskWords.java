package dev.afterword.db.inbox.desk;

import org.jspecify.annotations.Nullable;

/** Plain words as an answer in a case takes them: in Markdown that says nothing but what was typed. */
final class DeskWords {
    private DeskWords() {}

    static String markdown(@Nullable String words) {
        var plain = words == null ? "" : words.strip();
        return plain.replaceAll("([\\\\`*_\\[\\]{}<#|~])", "\\\\$1")
                .replaceAll("(?m)^(\\s*)([>+-])", "$1\\\\$2")
                .replaceAll("(?m)^(\\s*\\d+)([.)])", "$1\\\\$2")
                .replaceAll("(?<!\\n)\\n(?!\\n)", "  \n");
    }
}
