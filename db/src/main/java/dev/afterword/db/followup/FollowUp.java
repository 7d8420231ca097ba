package dev.afterword.db.followup;

import dev.afterword.db.Key;
import dev.afterword.db.Rejected;
import dev.afterword.db.workspace.Purpose;
import java.time.Instant;
import java.time.ZoneId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a marketer configures: whom to write to, when, and why. Here the built-in one, which asks after the delivery and reminds once.
 *
 * @param followUpKey the stable name, as {@code post-purchase}
 * @param level the level of relationship marketing that it serves
 * @param daysToReminder after the ask was accepted; null: no reminder
 * @param enabledAt null: switched off
 */
public record FollowUp(
        Key key,
        int version,
        String followUpKey,
        String name,
        int level,
        Purpose purpose,
        UUID surveyId,
        int daysAfterDelivery,
        int daysAfterShipping,
        @Nullable Integer daysToReminder,
        @Nullable Instant enabledAt) {
    private static final int LONGEST = 365;

    public boolean enabled() {
        return enabledAt != null;
    }

    /** With other delays; otherwise {@code follow-up.delay-negative}. */
    public FollowUp withDelays(int afterDelivery, int afterShipping, @Nullable Integer toReminder) {
        check("daysAfterDelivery", afterDelivery, 0);
        check("daysAfterShipping", afterShipping, 0);
        if (toReminder != null) {
            check("daysToReminder", toReminder, 1);
        }
        return new FollowUp(
                key,
                version,
                followUpKey,
                name,
                level,
                purpose,
                surveyId,
                afterDelivery,
                afterShipping,
                toReminder,
                enabledAt);
    }

    FollowUp enabled(Instant now) {
        return new FollowUp(
                key,
                version,
                followUpKey,
                name,
                level,
                purpose,
                surveyId,
                daysAfterDelivery,
                daysAfterShipping,
                daysToReminder,
                now);
    }

    FollowUp disabled() {
        return new FollowUp(
                key,
                version,
                followUpKey,
                name,
                level,
                purpose,
                surveyId,
                daysAfterDelivery,
                daysAfterShipping,
                daysToReminder,
                null);
    }

    /** The intended moment: so many days after the delivery, or after the shipping while no delivery is known; null while there is neither. Days are the customer's. */
    @Nullable
    Instant intended(@Nullable Instant delivered, @Nullable Instant shipped, ZoneId zone) {
        if (delivered != null) {
            return delivered.atZone(zone).plusDays(daysAfterDelivery).toInstant();
        }
        return shipped == null
                ? null
                : shipped.atZone(zone).plusDays(daysAfterShipping).toInstant();
    }

    private static void check(String field, int days, int least) {
        if (days < least || days > LONGEST) {
            throw new Rejected("follow-up.delay-negative", field, days);
        }
    }
}
