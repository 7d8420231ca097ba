package dev.afterword.db.response;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What can be doubtful about a response; it counts all the same. */
public enum Mark {
    /** Answered in less time than it takes to read what was asked. Why: seconds, least. */
    SPEEDER("seconds", "least"),
    /** The same all the way down. Why: question, the same. */
    STRAIGHT_LINER("question", "same"),
    /** Somebody else wrote the very same words within a day. Why: question, the other response. */
    DUPLICATE("question", "response"),
    /** Words that are none. Why: question, kind. */
    NONSENSE("question", "kind");

    private final String what;
    private final String more;

    Mark(String what, String more) {
        this.what = what;
        this.more = more;
    }

    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What explains it, by name, in the order of its sentence. */
    public List<String> why() {
        return List.of(what, more);
    }

    public static Optional<Mark> of(String code) {
        return Arrays.stream(values()).filter(mark -> mark.code().equals(code)).findFirst();
    }
}
