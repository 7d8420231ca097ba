package dev.afterword.db.survey;

/**
 * The place of one answer in a response.
 *
 * @param row the row of a matrix, else empty
 * @param item the number of the order's line that it is about, else empty
 */
public record Slot(String question, String row, String item) {
    public static Slot of(String question) {
        return new Slot(question, "", "");
    }

    /** Reads the text form: {@code question}, {@code question.row}, {@code question@item} or {@code question.row@item}. */
    public static Slot parse(String text) {
        var at = text.indexOf('@');
        var item = at < 0 ? "" : text.substring(at + 1);
        var name = at < 0 ? text : text.substring(0, at);
        var dot = name.indexOf('.');
        return new Slot(dot < 0 ? name : name.substring(0, dot), dot < 0 ? "" : name.substring(dot + 1), item);
    }

    public Slot row(String other) {
        return new Slot(question, other, item);
    }

    /** The text form, the name in forms and in JSON; neither {@code .} nor {@code @} can be in a key. */
    @Override
    public String toString() {
        return question + (row.isEmpty() ? "" : "." + row) + (item.isEmpty() ? "" : "@" + item);
    }
}
