package dev.afterword.db.workspace;

import java.util.Arrays;

/** What a workspace may choose to keep for some time only. */
public enum RetentionKind {
    /** The words of answers, by when they were given; scores and choices stay. */
    ANSWERS("answers"),
    /** What was said in cases, by when they were closed; that there was one stays. */
    CASES("cases"),
    /** People who have not been heard of: no order, no answer and no case. They are erased. */
    PEOPLE("people");

    private final String code;

    RetentionKind(String code) {
        this.code = code;
    }

    public String code() {
        return code;
    }

    static RetentionKind of(String code) {
        return Arrays.stream(values())
                .filter(kind -> kind.code.equals(code))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("retention kind " + code));
    }
}
