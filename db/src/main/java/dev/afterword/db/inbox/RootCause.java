package dev.afterword.db.inbox;

import dev.afterword.db.Rejected;
import java.util.Arrays;
import java.util.Locale;

/** Why something went wrong: one of the seven Ps of service marketing. */
public enum RootCause {
    PRODUCT,
    PLACE,
    PRICE,
    PROMOTION,
    PEOPLE,
    PROCESS,
    PHYSICAL_EVIDENCE;

    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Otherwise {@code case.root-cause-unknown}. */
    public static RootCause of(String code) {
        return Arrays.stream(values())
                .filter(cause -> cause.code().equals(code))
                .findFirst()
                .orElseThrow(() -> new Rejected("case.root-cause-unknown", "rootCause", code));
    }
}
