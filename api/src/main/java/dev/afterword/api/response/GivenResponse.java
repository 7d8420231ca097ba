package dev.afterword.api.response;

import dev.afterword.db.response.ListedResponse;
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
 * @param answers by question: a number, a text, or null where it was shown and skipped
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
            answers.put(given.question(), given.number() == null ? given.text() : given.number());
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

    /** Who answered. */
    @Schema(name = "ResponseCustomer")
    record Customer(
            UUID id, @Nullable String name, @Nullable String email, String stage) {}
}
