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
    /** Said by a receiving server, while sending or by mail; its subject is the send. */
    SEND_BOUNCED("send.bounced"),
    SEND_REPORTED("send.reported-as-spam"),
    /** A person answered a mail by mail; its subject is the kept message. */
    CONTACT_REPLIED("contact.replied"),
    /** Too much of its mail came back; its subject is the follow-up. */
    STEP_STOPPED("follow-up.step-stopped"),
    /** It was switched off by itself; its subject is the endpoint. */
    ENDPOINT_STOPPED("endpoint.stopped"),
    /** Everything that names them was forgotten. */
    CONTACT_ERASED("contact.erased"),
    UNSUBSCRIBED("contact.unsubscribed"),
    /** Those who said something are to be told what was done about it; its subject is the change. */
    TOPIC_CHANGED("topic.changed"),
    STAGE_MOVED("contact.stage-moved"),
    /** Somebody got a code; its subject is what was given. */
    REWARD_GIVEN("reward.given"),
    REWARD_REDEEMED("reward.redeemed"),
    /** Few codes are left; its subject is the pool. */
    POOL_LOW("reward.pool-low"),
    /** Opened, or opened again; its subject is the case. */
    CASE_OPENED("case.opened"),
    CASE_CHANGED("case.changed"),
    CASE_CLOSED("case.closed");

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
