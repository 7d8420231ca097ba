package dev.afterword.api.response;

import dev.afterword.db.response.ListedResponse;
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
        Map<String, @Nullable Object> answers) {

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
                answers);
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

    /** Who answered. */
    @Schema(name = "ResponseCustomer")
    record Customer(
            UUID id, @Nullable String name, @Nullable String email, String stage) {}
}
