package dev.afterword.db.inbox;

import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Which cases somebody looks at. */
public enum CaseView {
    /** Ours to do, and not put off. */
    OPEN("k.status = 'open' and (k.snoozed_until is null or k.snoozed_until <= $2)"),
    MINE("k.status in ('open', 'waiting') and k.owner_id = $3"),
    UNASSIGNED("k.status in ('open', 'waiting') and k.owner_id is null"),
    DUE("k.status in ('open', 'waiting') and " + CaseView.DUE_AT + " between $2 and $2 + interval '24 hours'"),
    BREACHED("k.status in ('open', 'waiting') and " + CaseView.DUE_AT + " < $2"),
    WAITING("k.status = 'waiting'"),
    SNOOZED("k.status in ('open', 'waiting') and k.snoozed_until > $2"),
    CLOSED("k.status = 'closed'"),
    SPAM("k.status = 'spam'"),
    ALL("k.status <> 'merged'");

    /** When what nothing is promised for stands among what is due: after all of it. */
    static final Instant NEVER_DUE = Instant.parse("9999-12-31T00:00:00Z");

    /** In SQL, when a case k is due; indexed with the id where it runs. */
    static final String DUE_AT =
            "coalesce(least(case when k.first_answered_at is null then k.first_due_at end, k.solve_due_at), timestamptz '9999-12-31 00:00:00+00')";

    private final String condition;

    CaseView(String condition) {
        this.condition = condition;
    }

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<CaseView> of(String code) {
        return Arrays.stream(values()).filter(view -> view.code().equals(code)).findFirst();
    }

    /**
     * Whether what is due first is the first of the list, and after that what is open longest: so are all lists that somebody works off. In other views what
     * something happened in last is the first.
     */
    public boolean dueFirst() {
        return switch (this) {
            case OPEN, MINE, UNASSIGNED, DUE, BREACHED -> true;
            case WAITING, SNOOZED, CLOSED, SPAM, ALL -> false;
        };
    }

    /** In SQL, of a case k; $2 is the time, $3 who looks. */
    String condition() {
        return condition;
    }
}
