package dev.afterword.db.response;

import dev.afterword.db.Key;
import dev.afterword.db.survey.Answer;
import dev.afterword.db.survey.Facts;
import dev.afterword.db.survey.Promise;
import dev.afterword.db.survey.Slot;
import dev.afterword.db.survey.SurveyLink;
import dev.afterword.db.survey.SurveySettings;
import dev.afterword.db.survey.SurveyVersion;
import dev.afterword.db.survey.Walk;
import dev.afterword.db.workspace.Workspace;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that a customer sees when answering: who asks, about what, which questions, and what was answered already.
 *
 * @param contactName the customer's whole name, as the shop knows it
 * @param purchase null when it is about no order
 * @param response null before the first answer
 * @param facts what conditions and texts know of the customer and the order
 * @param pictures addresses of the pictures of what was bought, by line of the order
 * @param logo whether the workspace has a logo
 * @param settings when its survey takes answers, and from whom
 * @param link the survey's link that it began at; null at a customer's own
 * @param full whether others fill the survey
 * @param elsewhere the other invitation at which the customer has answered it, where once is all; null for none
 * @param promise what this customer was promised for answering; null for nothing
 */
public record AnswerSheet(
        Workspace workspace,
        Invitation invitation,
        SurveyVersion version,
        @Nullable String contactName,
        @Nullable Purchase purchase,
        @Nullable Response response,
        Facts facts,
        Map<String, String> pictures,
        boolean logo,
        SurveySettings settings,
        @Nullable SurveyLink link,
        boolean full,
        @Nullable Key elsewhere,
        @Nullable Promise promise) {
    /**
     * What was bought.
     *
     * @param product the first product of the order
     * @param products how many lines the order has
     */
    public record Purchase(
            String orderId,
            @Nullable Instant deliveredAt,
            @Nullable String product,
            @Nullable String imageUrl,
            long products) {}

    /** Whether an answer is taken now. */
    public enum Openness {
        OPEN,
        /** It opens later. */
        NOT_YET,
        CLOSED,
        /** Others have answered, as many as were wanted. */
        FULL,
        /** The same customer has answered at another link, or where nobody can tell which answer is theirs. */
        ANSWERED
    }

    /** Who began before a survey closed may still finish; who began before it was full has a place. */
    public Openness openness(Instant now) {
        return openness(now, false);
    }

    /**
     * The same for what a page of ours sent.
     *
     * @param opened whether the page was open before; where nobody may be tied to an answer it does not say when
     */
    public Openness openness(Instant now, boolean opened) {
        if (settings.opensAfter(now)) {
            return Openness.NOT_YET;
        }
        var begun = begun() || (opened && settings.anonymous());
        if (invitation.closed(now) || settings.over(now) || (settings.closed(now) && !begun) || away()) {
            return Openness.CLOSED;
        }
        if (elsewhere != null) {
            return Openness.ANSWERED;
        }
        if (settings.anonymous() && answered()) {
            return Openness.ANSWERED;
        }
        return full && !answered() ? Openness.FULL : Openness.OPEN;
    }

    private boolean begun() {
        var closesAt = settings.closesAt();
        return response != null
                || (link != null && closesAt != null && invitation.createdAt().isBefore(closesAt));
    }

    /** Whether it would begin at a link that leads nowhere any more. */
    private boolean away() {
        return link != null
                && response == null
                && (link.revokedAt() != null || !settings.sharing().on(link.kind()));
    }

    /** Whether nothing is kept before all is answered: where nobody can be tied to an answer, and where the next person comes to the same device. */
    public boolean atOnce() {
        return settings.anonymous() || (link != null && link.kind() == SurveyLink.Kind.KIOSK);
    }

    /** The same with answers that are not kept. */
    public AnswerSheet carrying(Map<Slot, Answer> answers, Instant now) {
        return new AnswerSheet(
                workspace,
                invitation,
                version,
                contactName,
                purchase,
                new Response(invitation.key(), false, null, now, now, answers),
                facts,
                pictures,
                logo,
                settings,
                link,
                full,
                elsewhere,
                promise);
    }

    public boolean closed(Instant now) {
        return openness(now) != Openness.OPEN;
    }

    /** Until when an answer may be changed. */
    public Instant closesAt() {
        var closesAt = settings.closesAt();
        return closesAt == null || closesAt.isAfter(invitation.closesAt()) ? invitation.closesAt() : closesAt;
    }

    /** What is shown to this customer after what they have answered so far. */
    public Walk walk() {
        return Walk.of(version.definition(), facts, answers());
    }

    /** What was answered so far, also what is hidden now. */
    public Map<Slot, Answer> answers() {
        return response == null ? Map.of() : response.answers();
    }

    /** Whether a person has pressed the button before. */
    public boolean answered() {
        return settings.anonymous() ? invitation.answeredAt() != null : response != null && response.confirmed();
    }
}
