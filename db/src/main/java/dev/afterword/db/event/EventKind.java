package dev.afterword.db.event;

import java.util.Arrays;

/** What can happen; the code is what the table and the API say. */
public enum EventKind {
    ORDER_ADDED("order.added"),
    ORDER_CHANGED("order.changed"),
    CONTACT_ADDED("contact.added"),
    CONTACT_CHANGED("contact.changed"),
    RESPONSE_GIVEN("response.given"),
    RESPONSE_CHANGED("response.changed"),
    /** It counts no longer, or again. */
    RESPONSE_JUDGED("response.judged"),
    SEND_FINISHED("send.finished"),
    UNSUBSCRIBED("contact.unsubscribed"),
    STAGE_MOVED("contact.stage-moved");

    private final String code;

    EventKind(String code) {
        this.code = code;
    }

    public String code() {
        return code;
    }

    /** The kind of a code that the table holds. */
    public static EventKind of(String code) {
        return Arrays.stream(values())
                .filter(kind -> kind.code.equals(code))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("event kind " + code));
    }
}
