package dev.afterword.db.response;

import dev.afterword.db.Rejected;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A band of scores that the field has a name for; both ends belong to it. */
public enum ScoreBand {
    PROMOTER("nps", 9, 10),
    PASSIVE("nps", 7, 8),
    DETRACTOR("nps", 0, 6),
    SATISFIED("csat", 4, 5),
    NEUTRAL("csat", 3, 3),
    DISSATISFIED("csat", 1, 2),
    EASY("ces", 5, 7),
    UNDECIDED("ces", 4, 4),
    HARD("ces", 1, 3);

    private final String type;
    private final int from;
    private final int to;

    ScoreBand(String type, int from, int to) {
        this.type = type;
        this.from = from;
        this.to = to;
    }

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The type of question that it belongs to: nps, csat or ces. */
    public String type() {
        return type;
    }

    public int from() {
        return from;
    }

    public int to() {
        return to;
    }

    public boolean holds(int score) {
        return from <= score && score <= to;
    }

    /** The bands of a type of question, the best first; none for a type without bands. */
    public static List<ScoreBand> of(String type) {
        return Arrays.stream(values()).filter(band -> band.type.equals(type)).toList();
    }

    /** The band of that code; otherwise {@code response.band-unknown}. */
    public static ScoreBand named(String code) {
        return Arrays.stream(values())
                .filter(band -> band.code().equals(code))
                .findFirst()
                .orElseThrow(() -> new Rejected("response.band-unknown", "band", code));
    }
}
