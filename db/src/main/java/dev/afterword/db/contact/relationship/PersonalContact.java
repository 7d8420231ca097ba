package dev.afterword.db.contact.relationship;

import dev.afterword.db.Rejected;
import java.util.Arrays;

/** What the staff does for a customer in person. */
public enum PersonalContact {
    /** A note written by hand. */
    LETTER("letter"),
    CALL("call"),
    VISIT("visit"),
    GIFT("gift");

    private final String code;

    PersonalContact(String code) {
        this.code = code;
    }

    public String code() {
        return code;
    }

    /** The one of that code; otherwise {@code personal-contact.unknown}. */
    public static PersonalContact of(String code) {
        return Arrays.stream(values())
                .filter(kind -> kind.code.equals(code))
                .findFirst()
                .orElseThrow(() -> new Rejected("personal-contact.unknown", "kind", code));
    }
}
