package dev.afterword.db.response;

import dev.afterword.db.Key;
import dev.afterword.db.survey.SurveyVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One contact asked to answer one survey, about one order where there is one.
 *
 * @param contactId null for somebody who is not known, at a link of the survey
 * @param linkId the survey's link that it was begun at; null for a customer's own
 * @param language BCP 47: what the customer is asked in
 * @param askedAt when it was sent or handed out; null while planned
 * @param acceptedAt when the receiving server took the first mail
 * @param answeredAt the first confirmed answer
 */
public record Invitation(
        Key key,
        UUID surveyId,
        UUID versionId,
        @Nullable UUID contactId,
        @Nullable UUID orderId,
        @Nullable UUID linkId,
        Origin origin,
        String language,
        @Nullable Instant askedAt,
        @Nullable Instant acceptedAt,
        @Nullable Instant answeredAt,
        Instant closesAt,
        Instant createdAt) {
    /** How long an answer is taken, and may be changed, after it was asked for. */
    public static final Duration OPEN = Duration.ofDays(30);

    /** Who asked. */
    public enum Origin {
        FOLLOW_UP("follow-up"),
        API("api"),
        LINK("link");

        private final String code;

        Origin(String code) {
            this.code = code;
        }

        public String code() {
            return code;
        }

        static Origin of(String code) {
            return Arrays.stream(values())
                    .filter(origin -> origin.code.equals(code))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** An invitation that a follow-up plans to send when it is due. */
    public static Invitation planned(
            SurveyVersion version, UUID contactId, @Nullable UUID orderId, String language, Instant due, Instant now) {
        return new Invitation(
                Key.next(version.key().workspaceId()),
                version.surveyId(),
                version.key().id(),
                contactId,
                orderId,
                null,
                Origin.FOLLOW_UP,
                language,
                null,
                null,
                null,
                due.plus(OPEN),
                now);
    }

    /** An invitation whose link the shop's own program hands out at once. */
    public static Invitation handedOut(
            SurveyVersion version, UUID contactId, @Nullable UUID orderId, String language, Instant now) {
        return wished(version, contactId, orderId, language, now, now);
    }

    /** An invitation that the shop's own program wishes for; without a time of asking, a mail is still to be sent. */
    static Invitation wished(
            SurveyVersion version,
            UUID contactId,
            @Nullable UUID orderId,
            String language,
            @Nullable Instant askedAt,
            Instant now) {
        return new Invitation(
                Key.next(version.key().workspaceId()),
                version.surveyId(),
                version.key().id(),
                contactId,
                orderId,
                null,
                Origin.API,
                language,
                askedAt,
                null,
                null,
                now.plus(OPEN),
                now);
    }

    /**
     * One that begins at a link of the survey, for whoever opens it.
     *
     * @param contactId of the order, where there is one
     */
    public static Invitation begun(
            Key key,
            SurveyVersion version,
            UUID linkId,
            @Nullable UUID contactId,
            @Nullable UUID orderId,
            String language,
            Instant now) {
        return new Invitation(
                key,
                version.surveyId(),
                version.key().id(),
                contactId,
                orderId,
                linkId,
                Origin.LINK,
                language,
                now,
                null,
                null,
                now.plus(OPEN),
                now);
    }

    public boolean closed(Instant now) {
        return !closesAt.isAfter(now);
    }
}
