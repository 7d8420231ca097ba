package dev.afterword.db.inbox;

import dev.afterword.db.Conflict;
import dev.afterword.db.Key;
import dev.afterword.db.Rejected;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What support works on.
 *
 * @param version counts its changes, so that the second of two who change it at once is told
 * @param contactId null for somebody who is not known
 * @param source what opened it: rule, reply, hand, follow-up or page
 * @param priority 1 urgent to 4 low
 * @param ownerId the staff member whose it is
 * @param firstDueAt when the customer is to have heard of us
 * @param solveDueAt when it is to be solved
 * @param mergedInto the case in which it goes on
 * @param rootCause why it went wrong, of a closed complaint
 * @param latestAt the latest entry
 */
public record Case(
        Key key,
        int version,
        CaseKind kind,
        String subject,
        @Nullable UUID contactId,
        @Nullable UUID orderId,
        @Nullable UUID responseId,
        String source,
        CaseStatus status,
        int priority,
        @Nullable UUID ownerId,
        @Nullable String team,
        @Nullable Instant firstDueAt,
        @Nullable Instant solveDueAt,
        @Nullable Instant firstAnsweredAt,
        @Nullable Instant snoozedUntil,
        @Nullable Instant closedAt,
        @Nullable UUID mergedInto,
        @Nullable RootCause rootCause,
        @Nullable String topic,
        Instant openedAt,
        Instant latestAt) {
    private static final int LONGEST_TOPIC = 80;

    /** When something is due next; null where nothing is. */
    public @Nullable Instant dueAt() {
        if (!status.running()) {
            return null;
        }
        var first = firstAnsweredAt == null ? firstDueAt : null;
        if (first == null || solveDueAt == null) {
            return first == null ? solveDueAt : first;
        }
        return first.isBefore(solveDueAt) ? first : solveDueAt;
    }

    public boolean breached(Instant now) {
        var due = dueAt();
        return due != null && !due.isAfter(now);
    }

    public boolean snoozed(Instant now) {
        return snoozedUntil != null && snoozedUntil.isAfter(now);
    }

    public Case ownedBy(@Nullable UUID staff) {
        return with(kind, priority, staff, team, status, snoozedUntil, closedAt, rootCause, topic);
    }

    public Case ofTeam(@Nullable String other) {
        return with(kind, priority, ownerId, other, status, snoozedUntil, closedAt, rootCause, topic);
    }

    public Case ofKind(CaseKind other) {
        return with(other, priority, ownerId, team, status, snoozedUntil, closedAt, rootCause, topic);
    }

    public Case ofPriority(int other) {
        if (other < 1 || other > 4) {
            throw new Rejected("case.priority-range", "priority", other);
        }
        return with(kind, other, ownerId, team, status, snoozedUntil, closedAt, rootCause, topic);
    }

    /** Out of sight until then; a customer who answers brings it back. */
    public Case snoozed(@Nullable Instant until, Instant now) {
        running();
        if (until != null && !until.isAfter(now)) {
            throw new Rejected("case.snooze-past", "until");
        }
        return with(kind, priority, ownerId, team, status, until, closedAt, rootCause, topic);
    }

    /** As another goes on in it: what was ours to do there is ours to do here, as early as in either. */
    Case takingOver(Case other) {
        if (other.status != CaseStatus.OPEN) {
            return this;
        }
        var ours = snoozedUntil;
        var theirs = other.snoozedUntil;
        var until = ours == null || theirs == null ? null : theirs.isBefore(ours) ? theirs : ours;
        return with(kind, priority, ownerId, team, CaseStatus.OPEN, until, closedAt, rootCause, topic);
    }

    /** Otherwise {@code case.closed}, or {@code case.cause-needed}: a complaint says why, so that it need not come again. */
    public Case closed(@Nullable RootCause cause, @Nullable String about, Instant now) {
        running();
        var said = about == null || about.isBlank() ? null : about.strip();
        if (said != null && said.length() > LONGEST_TOPIC) {
            throw new Rejected("field.too-long", "topic", LONGEST_TOPIC);
        }
        if (kind == CaseKind.COMPLAINT && (cause == null || said == null)) {
            throw new Rejected("case.cause-needed", cause == null ? "rootCause" : "topic");
        }
        return with(kind, priority, ownerId, team, CaseStatus.CLOSED, null, now, cause, said);
    }

    public Case spam(Instant now) {
        running();
        return with(kind, priority, ownerId, team, CaseStatus.SPAM, null, now, rootCause, topic);
    }

    /** Otherwise {@code case.running} or {@code case.merged}. */
    public Case reopened() {
        if (status.running()) {
            throw new Conflict("case.running");
        }
        if (status == CaseStatus.MERGED) {
            throw new Conflict("case.merged");
        }
        return with(kind, priority, ownerId, team, CaseStatus.OPEN, null, null, rootCause, topic);
    }

    /** As it was before these changes; otherwise {@code case.changed-meanwhile}. */
    Case before(Map<String, CaseEntry.Change> changes) {
        return with(
                CaseKind.of(back(changes, "kind", kind.code())),
                Integer.parseInt(back(changes, "priority", Integer.toString(priority))),
                orNull(back(changes, "owner", ownerId), UUID::fromString),
                orNull(back(changes, "team", team), Function.identity()),
                CaseStatus.of(back(changes, "status", status.code())),
                orNull(back(changes, "snoozedUntil", snoozedUntil), Instant::parse),
                changes.containsKey("status") ? null : closedAt,
                rootCause,
                topic);
    }

    private static String back(Map<String, CaseEntry.Change> changes, String name, @Nullable Object now) {
        var stands = now == null ? "" : now.toString();
        var change = changes.get(name);
        if (change == null) {
            return stands;
        }
        if (!change.to().equals(stands)) {
            throw new Conflict("case.changed-meanwhile");
        }
        return change.from();
    }

    private static <T> @Nullable T orNull(String word, Function<String, T> read) {
        return word.isEmpty() ? null : read.apply(word);
    }

    private void running() {
        if (!status.running()) {
            throw new Conflict("case.closed");
        }
    }

    private Case with(
            CaseKind newKind,
            int newPriority,
            @Nullable UUID newOwner,
            @Nullable String newTeam,
            CaseStatus newStatus,
            @Nullable Instant newSnooze,
            @Nullable Instant newClosed,
            @Nullable RootCause newCause,
            @Nullable String newTopic) {
        return new Case(
                key,
                version,
                newKind,
                subject,
                contactId,
                orderId,
                responseId,
                source,
                newStatus,
                newPriority,
                newOwner,
                newTeam,
                firstDueAt,
                solveDueAt,
                firstAnsweredAt,
                newSnooze,
                newClosed,
                mergedInto,
                newCause,
                newTopic,
                openedAt,
                latestAt);
    }
}
