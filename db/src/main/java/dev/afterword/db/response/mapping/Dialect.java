package dev.afterword.db.response.mapping;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How a product writes tables of responses: how many rows name the columns, and which cells are no answers. */
public enum Dialect {
    /** Any table with one row of names. */
    PLAIN(1),
    /** Our own export. */
    AFTERWORD(1),
    DELIGHTED(1),
    /** Names, words and JSON with ImportId; -99 was seen and not answered. */
    QUALTRICS(3),
    /** LimeSurvey's .vv: words and codes, separated by tabs, with escapes of its own. */
    LIMESURVEY(2);

    /** A cell that was shown and left empty. */
    static final String SKIPPED = "\0";

    private static final String FORMULA = "=+-@\t\r\n＝＋－＠";

    private final int headings;

    Dialect(int headings) {
        this.headings = headings;
    }

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The dialect of that code; plain where there is none. */
    public static Dialect of(String code) {
        return Arrays.stream(values())
                .filter(dialect -> dialect.code().equals(code))
                .findFirst()
                .orElse(PLAIN);
    }

    /** How many rows come before the first response. */
    public int headings() {
        return headings;
    }

    /** The row of them that names the columns. */
    List<String> names(List<List<String>> rows) {
        return rows.get(this == LIMESURVEY && rows.size() > 1 ? 1 : 0);
    }

    /** Recognises a table by its first rows. */
    static Dialect recognise(List<List<String>> rows) {
        var names = rows.getFirst();
        if (rows.size() > 2 && rows.get(2).stream().anyMatch(cell -> cell.contains("\"ImportId\""))) {
            return QUALTRICS;
        }
        if (rows.size() > 1
                && rows.get(1).contains("submitdate")
                && (rows.get(1).contains("startlanguage") || rows.get(1).contains("lastpage"))) {
            return LIMESURVEY;
        }
        if (names.contains("id") && names.contains("answeredAt") && names.contains("version")) {
            return AFTERWORD;
        }
        var lower = names.stream()
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .toList();
        return lower.contains("score") && lower.contains("comment") ? DELIGHTED : PLAIN;
    }

    /** What a cell says: text, {@link #SKIPPED}, or null where nothing was shown. */
    @Nullable
    String read(String cell) {
        var text = cell.strip();
        return switch (this) {
            case PLAIN, DELIGHTED -> text.isEmpty() ? null : text;
            case AFTERWORD -> text.isEmpty() ? null : text.equals("[skipped]") ? SKIPPED : bare(text);
            case QUALTRICS -> text.isEmpty() ? null : text.equals("-99") ? SKIPPED : text;
            case LIMESURVEY -> text.equals("{question_not_shown}") ? null : text.isEmpty() ? SKIPPED : unescaped(text);
        };
    }

    /** Without the apostrophe that keeps a text from being a formula. */
    private static String bare(String text) {
        return text.length() > 1 && text.charAt(0) == '\'' && FORMULA.indexOf(text.charAt(1)) >= 0
                ? text.substring(1)
                : text;
    }

    /** The opening brace comes last: what it protects must not be read as an escape. */
    private static String unescaped(String text) {
        var quoted = text.startsWith("{quote}") ? "\"" + text.substring("{quote}".length()) : text;
        return quoted.replace("{newline}", "\n")
                .replace("{cr}", "\r")
                .replace("{tab}", "\t")
                .replace("{lbrace}", "{");
    }
}
