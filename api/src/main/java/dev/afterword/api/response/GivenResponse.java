package dev.afterword.api.response;

import dev.afterword.db.response.Judgement;
import dev.afterword.db.response.Labels;
import dev.afterword.db.response.ListedResponse;
import dev.afterword.db.response.Marked;
import dev.afterword.db.survey.Option;
import dev.afterword.db.survey.SurveyDefinition;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A response as a program reads it.
 *
 * @param order the order's externalId
 * @param standing counted, provisional or discarded
 * @param discarding null where no rule discarded it
 * @param answers by the place of each: a number, a text, a list of options, or null where it was shown and skipped
 */
@Schema(name = "Response")
record GivenResponse(
        UUID id,
        String survey,
        Instant answeredAt,
        boolean complete,
        @Nullable String language,
        @Nullable Customer customer,
        @Nullable String order,
        Map<String, List<String>> segments,
        Map<String, @Nullable Object> answers,
        String standing,
        @Nullable Discarding discarding,
        List<MarkResponse> marks,
        List<String> topics,
        List<String> tags) {

    static GivenResponse of(ListedResponse response) {
        var answers = new LinkedHashMap<String, @Nullable Object>();
        for (var given : response.answers()) {
            answers.put(given.slot().toString(), plain(given));
            if (given.choices() != null && given.text() != null) {
                answers.put(given.slot().row(Option.OTHER).toString(), given.text());
            }
        }
        var customer = response.customer();
        var order = response.order();
        return new GivenResponse(
                response.key().id(),
                response.surveyKey(),
                response.answeredAt(),
                response.complete(),
                response.language(),
                customer == null
                        ? null
                        : new Customer(customer.id(), customer.name(), customer.email(), customer.stage()),
                order == null ? null : order.externalId(),
                response.segments(),
                answers,
                response.judgement().standing().code(),
                Discarding.of(response.judgement()),
                response.judgement().marks().stream().map(MarkResponse::of).toList(),
                response.labels().topics().stream().map(Labels.Label::name).toList(),
                response.labels().tags());
    }

    private static @Nullable Object plain(ListedResponse.Given given) {
        if (given.notApplicable()) {
            return SurveyDefinition.NOT_APPLICABLE;
        }
        if (given.choices() != null) {
            return given.choices();
        }
        if (given.day() != null) {
            return given.day().toString();
        }
        return given.number() == null ? given.text() : given.number();
    }

    /**
     * Why a rule took it for a machine's.
     *
     * @param rule the version of the rule
     * @param keptAt when staff said that it counts all the same
     */
    @Schema(name = "ResponseDiscarding")
    record Discarding(
            String reason, @Nullable Integer rule, @Nullable Instant keptAt) {
        static @Nullable Discarding of(Judgement judgement) {
            return judgement.reason() == null
                    ? null
                    : new Discarding(judgement.reason(), judgement.rule(), judgement.keptAt());
        }
    }

    /**
     * What is doubtful about it; it counts all the same.
     *
     * @param rule the version of the rule
     */
    @Schema(name = "ResponseMark")
    record MarkResponse(String mark, int rule, Map<String, String> why) {
        static MarkResponse of(Marked marked) {
            return new MarkResponse(marked.mark().code(), marked.rule(), marked.why());
        }
    }

    /** Who answered. */
    @Schema(name = "ResponseCustomer")
    record Customer(
            UUID id, @Nullable String name, @Nullable String email, String stage) {}
}
