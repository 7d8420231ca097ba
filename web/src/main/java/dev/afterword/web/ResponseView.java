package dev.afterword.web;

import dev.afterword.db.response.ListedResponse;
import dev.afterword.db.survey.SurveyDefinition;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A response as a page shows it: the row, the answers beside their questions, and where it leads. */
public record ResponseView(
        ListedResponse row,
        GivenAnswers answers,
        String href,
        @Nullable String customerHref,
        List<MarkView> marks) {
    public static ResponseView of(Signed signed, ListedResponse found, @Nullable SurveyDefinition asked) {
        var row = signed.role().maySeeCustomers() ? found : found.withoutNames();
        var answers = asked == null
                ? new GivenAnswers(null, List.of(), List.of(), List.of())
                : GivenAnswers.of(row.answers(), asked, signed.workspace().language());
        return new ResponseView(
                row,
                answers,
                signed.path("/responses/" + row.key().id()),
                row.customer() == null
                        ? null
                        : signed.path("/customers/" + row.customer().id()),
                row.judgement().marks().stream()
                        .map(marked -> MarkView.of(signed, marked, asked))
                        .toList());
    }

    public Instant at() {
        return row.answeredAt();
    }

    /** Whether the order came after its promised time; false without an order. */
    public boolean late() {
        var order = row.order();
        return order != null
                && order.deliveredAt() != null
                && order.promisedAt() != null
                && order.deliveredAt().isAfter(order.promisedAt());
    }
}
