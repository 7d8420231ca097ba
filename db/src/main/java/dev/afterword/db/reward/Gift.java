package dev.afterword.db.reward;

import dev.afterword.db.Key;
import dev.afterword.db.order.Offer;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What somebody is to get.
 *
 * @param contactId null where nobody may be known
 * @param invitationId the answer that it is for
 * @param enrollmentId the journey whose step gives it
 * @param staffId who gives it
 * @param caseId what it is given for
 * @param told whether it is told in a mail of its own
 */
public record Gift(
        Key key,
        Kind kind,
        UUID poolId,
        Offer offer,
        @Nullable UUID contactId,
        @Nullable UUID invitationId,
        @Nullable UUID enrollmentId,
        @Nullable String step,
        @Nullable UUID staffId,
        @Nullable UUID caseId,
        boolean told) {

    /** The two things that they are. */
    public enum Kind {
        /** Promised before, for answering, the same for all. */
        REWARD,
        /** Given after a problem, never announced before an answer. */
        GOODWILL;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Kind of(String code) {
            return valueOf(code.toUpperCase(Locale.ROOT));
        }
    }

    /** What a step of a journey gives. */
    public static Gift ofStep(
            RewardPool pool, Kind kind, UUID contactId, UUID enrollmentId, String step, boolean told) {
        return new Gift(
                Key.next(pool.key().workspaceId()),
                kind,
                pool.key().id(),
                pool.offer(),
                contactId,
                null,
                enrollmentId,
                step,
                null,
                null,
                told);
    }

    /** What a person gives after a problem. */
    public static Gift goodwill(
            RewardPool pool, UUID contactId, @Nullable UUID staffId, @Nullable UUID caseId, boolean told) {
        return new Gift(
                Key.next(pool.key().workspaceId()),
                Kind.GOODWILL,
                pool.key().id(),
                pool.offer(),
                contactId,
                null,
                null,
                null,
                staffId,
                caseId,
                told);
    }
}
