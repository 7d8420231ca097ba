package dev.afterword.api.followup;

import dev.afterword.db.followup.FollowUp;
import dev.afterword.db.followup.StepCounts;
import dev.afterword.db.followup.journey.FollowUpWriter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A follow-up.
 *
 * @param version of what it says; null while nothing has been published
 * @param draft what is being written; null where that is what is published
 */
@Schema(name = "FollowUp")
record FollowUpResponse(
        String key,
        String name,
        @Nullable Instant enabledAt,
        @Nullable Instant archivedAt,
        @Nullable Integer version,
        @Nullable Map<String, Object> definition,
        int draftVersion,
        @Nullable Map<String, Object> draft) {

    static FollowUpResponse of(FollowUp followUp) {
        var published = followUp.published();
        var draft = followUp.draft();
        return new FollowUpResponse(
                followUp.followUpKey(),
                followUp.name(),
                followUp.enabledAt(),
                followUp.archivedAt(),
                published == null ? null : published.number(),
                published == null ? null : FollowUpWriter.tree(published.definition()),
                followUp.draftVersion(),
                draft == null ? null : FollowUpWriter.tree(draft));
    }

    /** All of them; there is no next page. */
    @Schema(name = "FollowUpPage")
    record Page(List<FollowUpResponse> items, @Nullable String next) {}

    /** Where people stand, and what became of messages. */
    @Schema(name = "FollowUpCounts")
    record Counts(long begun, long inside, Map<String, Long> waiting, List<Outcome> outcomes) {
        static Counts of(StepCounts.Counts counts) {
            return new Counts(
                    counts.begun(),
                    counts.inside(),
                    counts.waiting(),
                    counts.outcomes().stream()
                            .map(one -> new Outcome(
                                    one.step(), one.state(), one.reason().isEmpty() ? null : one.reason(), one.sends()))
                            .toList());
        }
    }

    /** What became of a step's messages. */
    @Schema(name = "FollowUpOutcome")
    record Outcome(String step, String state, @Nullable String skipReason, long sends) {}
}
