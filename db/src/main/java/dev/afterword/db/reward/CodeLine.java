package dev.afterword.db.reward;

import java.util.Optional;

/** A line of a list of codes: one code, or CSV with the code in its first column. */
public final class CodeLine {
    private CodeLine() {}

    /** The code of that line; empty for a blank line and for the names of columns. */
    public static Optional<String> code(String line) {
        var first = line.replace("\ufeff", "").strip().split("[,;\\t]", 2)[0].strip();
        var bare = first.length() > 1 && first.startsWith("\"") && first.endsWith("\"")
                ? first.substring(1, first.length() - 1).strip()
                : first;
        return bare.isEmpty() || bare.equalsIgnoreCase("code") ? Optional.empty() : Optional.of(bare);
    }
}
