package dev.afterword.api.message;

import dev.afterword.api.Caller;
import dev.afterword.api.JsonBody;
import dev.afterword.db.Fields;
import dev.afterword.db.message.ContactPolicies;
import dev.afterword.db.message.ContactPolicy;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.DayOfWeek;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** How much a workspace writes to one person, as JSON. */
@RestController
@Tag(name = "Sends")
class ContactPolicyApi {
    private static final String PLACE = "/api/v1/contact-policy";
    private static final int DAYS = 7;

    private final ContactPolicies policies;

    ContactPolicyApi(ContactPolicies policies) {
        this.policies = policies;
    }

    /**
     * How much is written to one person.
     *
     * @param quietDays on which nothing goes out, as monday
     * @param mostAWeek mails of all purposes in any seven days; null: as many as there are
     * @param holdout the share of people in percent who get no marketing at all
     * @param quarantines days between two questions of the same survey to one person, by the survey's key
     */
    @Schema(name = "ContactPolicy")
    record Response(
            int version,
            List<String> quietDays,
            @Nullable Integer mostAWeek,
            int holdout,
            Map<String, Integer> quarantines) {
        static Response of(ContactPolicy policy) {
            return new Response(
                    policy.version(),
                    policy.quietDays().stream()
                            .sorted()
                            .map(day -> day.name().toLowerCase(Locale.ROOT))
                            .toList(),
                    policy.mostAWeek(),
                    policy.holdout(),
                    policy.quarantines());
        }
    }

    @GetMapping(PLACE)
    @Operation(summary = "How much is written to one person")
    Mono<Response> show(Caller caller) {
        return policies.find(caller.workspaceId()).map(Response::of);
    }

    @PutMapping(path = PLACE, consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Change how much is written to one person",
            description =
                    "{version, quietDays?, mostAWeek?, holdout?, quarantines?}; what is left out is without a limit. What is planned keeps its time; the policy is asked again before it goes out. 409 where somebody else has changed it since that version.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @io.swagger.v3.oas.annotations.media.Content(
                                            schema = @Schema(implementation = Response.class))))
    Mono<Response> change(Caller caller, @RequestBody byte[] body) {
        return Mono.fromCallable(() -> policy(JsonBody.read(body)))
                .flatMap(policy -> policies.save(caller.workspaceId(), policy))
                .then(Mono.defer(() -> show(caller)));
    }

    private static ContactPolicy policy(Fields fields) {
        fields.only(Set.of("version", "quietDays", "mostAWeek", "holdout", "quarantines"));
        int seen = fields.integer("version", 0, Integer.MAX_VALUE);
        return new ContactPolicy(
                seen,
                days(fields),
                fields.optionalInteger("mostAWeek", 1, 50),
                Objects.requireNonNullElse(fields.optionalInteger("holdout", 0, 20), 0),
                quarantines(fields.optionalObject("quarantines")));
    }

    private static Set<DayOfWeek> days(Fields fields) {
        var days = EnumSet.noneOf(DayOfWeek.class);
        for (var word : Objects.requireNonNullElse(fields.optionalTexts("quietDays", DAYS, 20), List.<String>of())) {
            try {
                days.add(DayOfWeek.valueOf(word.toUpperCase(Locale.ROOT)));
            } catch (IllegalArgumentException _) {
                throw fields.rejected("field.not-a-weekday", "quietDays", word);
            }
        }
        return days;
    }

    private static Map<String, Integer> quarantines(@Nullable Fields fields) {
        var quarantines = new HashMap<String, Integer>();
        if (fields != null) {
            fields.names().forEach(survey -> {
                var days = fields.optionalInteger(survey, 0, 730);
                if (days != null) {
                    quarantines.put(survey, days);
                }
            });
        }
        return quarantines;
    }
}
