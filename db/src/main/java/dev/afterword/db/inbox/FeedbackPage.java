package dev.afterword.db.inbox;

import dev.afterword.db.Rejected;
import org.jspecify.annotations.Nullable;

/**
 * What a shop's feedback page says beside its form.
 *
 * @param shown whether there is one
 * @param phone as people dial it
 * @param hours what working hours do not say, in the shop's own words
 */
public record FeedbackPage(
        boolean shown, @Nullable String phone, @Nullable String hours) {
    /** Of a shop that has not said anything about it. */
    static final FeedbackPage USUAL = new FeedbackPage(true, null, null);

    private static final int LONGEST_PHONE = 40;
    private static final int LONGEST_HOURS = 300;

    public FeedbackPage {
        if (phone != null && (phone.length() > LONGEST_PHONE || !phone.matches("\\+?[0-9][0-9 ()/.-]{2,}"))) {
            throw new Rejected("feedback-page.phone", "phone", LONGEST_PHONE);
        }
        if (hours != null && hours.length() > LONGEST_HOURS) {
            throw new Rejected("field.too-long", "hours", LONGEST_HOURS);
        }
    }

    /** The number as a link dials it; null without one. */
    public @Nullable String dialled() {
        return phone == null ? null : phone.replaceAll("[^+0-9]", "");
    }
}
