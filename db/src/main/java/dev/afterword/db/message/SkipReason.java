package dev.afterword.db.message;

import java.util.Arrays;
import java.util.Locale;

/** Why somebody was not written to. Stored with the send and shown: support's first question is why this customer did not get it. */
public enum SkipReason {
    /** No mail address is known. */
    NO_ADDRESS,
    /** The workspace states no ground, or the ground is opt-in and the person did not agree. */
    NO_CONSENT,
    /** The person said no to this purpose. */
    REFUSED,
    /** The address must not be written to: it bounced, reported spam, or staff or the shop said so. */
    SUPPRESSED,
    /** The person unsubscribed. */
    UNSUBSCRIBED,
    /** The person was asked not long ago. */
    QUARANTINE,
    /** It was due more than seven days ago. */
    TOO_LATE,
    /** There is an answer already. */
    ANSWERED,
    /** The shop's own program has asked about this order. */
    ALREADY_ASKED,
    CANCELLED,
    REFUNDED,
    TEST_ORDER,
    /** The workspace does not ask about orders of this channel. */
    CHANNEL_NOT_ASKED,
    /** The follow-up was switched off. */
    FOLLOW_UP_OFF,
    /** It was due more than seven days ago, when the follow-up was switched off. */
    WAS_OFF,
    /** The step was stopped because too much of its mail bounced or was reported as spam. */
    STEP_STOPPED,
    /** The survey is not open yet, closed, full or archived. */
    SURVEY_NOT_OPEN,
    /** Neither delivered nor shipped yet: decided anew when it is. */
    NOT_DELIVERED,
    /** Everything of the order came back. */
    RETURNED,
    /** The follow-up's own rule says that this person leaves it. */
    LEFT,
    /** The follow-up was changed, and its journey does not come to this step, or not by a way that is known already. Decided anew when it does. */
    STEP_GONE,
    /** In the group that is not written to, so that the others can be compared with it. */
    HOLDOUT,
    /** So many mails went to the person lately that there is no room for another before it would be too late. */
    BUDGET,
    /** Support works on a case of this person: nothing else is written meanwhile. */
    OPEN_CASE,
    /** The person was erased. */
    ERASED,
    /** The code that it would tell is not there yet: its pool was empty. */
    REWARD_OWED,
    /** The order is imported history, which never makes anything go out. */
    IMPORTED;

    /** The name in tables and JSON, as {@code no-address}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static SkipReason of(String code) {
        return Arrays.stream(values())
                .filter(reason -> reason.code().equals(code))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("skip reason " + code));
    }
}
