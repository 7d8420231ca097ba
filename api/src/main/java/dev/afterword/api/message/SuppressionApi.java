package dev.afterword.api.message;

import dev.afterword.api.Caller;
import dev.afterword.api.JsonBody;
import dev.afterword.db.Fields;
import dev.afterword.db.Rejected;
import dev.afterword.db.contact.Address;
import dev.afterword.db.contact.ContactData;
import dev.afterword.db.contact.Suppression;
import dev.afterword.db.contact.SuppressionReason;
import dev.afterword.db.contact.Suppressions;
import dev.afterword.db.workspace.Purpose;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Takes addresses that must not be written to, and says what stands for one. Addresses stand in bodies, never in a URL. */
@RestController
@Tag(name = "Suppressions")
class SuppressionApi {
    private final Suppressions suppressions;
    private final Clock clock;

    SuppressionApi(Suppressions suppressions, Clock clock) {
        this.suppressions = suppressions;
        this.clock = clock;
    }

    @PostMapping(path = "/api/v1/suppressions", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            summary = "Never write to an address again",
            description = "For one purpose, or without one for all. Doing it again changes nothing.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content = @Content(schema = @Schema(implementation = SuppressionBody.class))))
    Mono<Standing> suppress(Caller caller, @RequestBody byte[] body) {
        var fields = JsonBody.read(body);
        var suppression = Suppression.of(
                caller.workspaceId(), email(fields), purpose(fields), SuppressionReason.BY_API, clock.instant());
        return suppressions
                .add(caller.workspaceId(), List.of(suppression))
                .then(standing(caller, suppression.address()));
    }

    @PostMapping(path = "/api/v1/suppressions/lookup", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Whether an address must not be written to, and why",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content = @Content(schema = @Schema(implementation = LookupBody.class))))
    Mono<Standing> lookup(Caller caller, @RequestBody byte[] body) {
        return standing(caller, Address.normalise(email(JsonBody.read(body))));
    }

    private Mono<Standing> standing(Caller caller, String address) {
        return suppressions
                .of(caller.workspaceId(), address)
                .map(found -> new Standing(
                        address, found.stream().map(SuppressionResponse::of).toList()));
    }

    private static String email(Fields fields) {
        var email = ContactData.email(fields, "email");
        if (email == null) {
            throw new Rejected("field.required", "email");
        }
        return email;
    }

    private static @Nullable Purpose purpose(Fields fields) {
        var purpose = fields.optionalText("purpose", 40);
        return purpose == null ? null : Purpose.of(purpose);
    }

    /** How a suppression is written. */
    @Schema(name = "NewSuppression", requiredProperties = "email")
    record SuppressionBody(
            String email,

            @Schema(allowableValues = {"questions", "tips", "news", "service"}) @Nullable
            String purpose) {}

    /** How an address is looked up. */
    @Schema(name = "SuppressionLookup", requiredProperties = "email")
    record LookupBody(String email) {}

    /** What stands for an address; nothing when it may be written to. */
    @Schema(name = "Suppressions")
    record Standing(String email, List<SuppressionResponse> suppressions) {}

    /** One reason not to write; without a purpose it holds for all. */
    @Schema(name = "Suppression")
    record SuppressionResponse(@Nullable String purpose, String reason, Instant createdAt) {
        static SuppressionResponse of(Suppression suppression) {
            var purpose = suppression.purpose();
            return new SuppressionResponse(
                    purpose == null ? null : purpose.code(),
                    suppression.reason().code(),
                    suppression.createdAt());
        }
    }
}
