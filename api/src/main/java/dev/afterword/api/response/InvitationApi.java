package dev.afterword.api.response;

import dev.afterword.api.CallLimits;
import dev.afterword.api.Caller;
import dev.afterword.api.JsonBody;
import dev.afterword.db.Installation;
import dev.afterword.db.NotFound;
import dev.afterword.db.response.AnswerSheets;
import dev.afterword.db.response.GiveAnswers;
import dev.afterword.db.response.GivenAnswers;
import dev.afterword.db.response.InviteCustomer;
import dev.afterword.db.response.InviteCustomer.Invited;
import dev.afterword.db.workspace.AfterwordSecret;
import dev.afterword.db.workspace.LinkToken;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.util.Objects;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Makes invitations, and takes answers from pages that are not ours: whoever holds the token may answer, without a key. */
@RestController
@Tag(name = "Invitations")
class InvitationApi {
    private final InviteCustomer inviteCustomer;
    private final AnswerSheets sheets;
    private final GiveAnswers giveAnswers;
    private final AfterwordSecret secret;
    private final Installation installation;
    private final CallLimits limits;
    private final Clock clock;

    InvitationApi(
            InviteCustomer inviteCustomer,
            AnswerSheets sheets,
            GiveAnswers giveAnswers,
            AfterwordSecret secret,
            Installation installation,
            CallLimits limits,
            Clock clock) {
        this.inviteCustomer = inviteCustomer;
        this.sheets = sheets;
        this.giveAnswers = giveAnswers;
        this.secret = secret;
        this.installation = installation;
        this.limits = limits;
        this.clock = clock;
    }

    @PostMapping(path = "/api/v1/invitations", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Invite a customer to answer",
            description =
                    "201 for a new invitation, 200 for the one that stands for this survey and order. With send, a mail is planned; suppression and consent hold all the same.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content = @Content(schema = @Schema(implementation = InvitationBody.class))))
    Mono<ResponseEntity<InvitationResponse>> invite(Caller caller, @RequestBody byte[] body) {
        return Mono.fromCallable(() -> InvitationBody.toWish(JsonBody.read(body), clock.instant()))
                .flatMap(wish -> inviteCustomer.invite(caller.workspaceId(), wish))
                .map(invited -> ResponseEntity.status(invited.added() ? HttpStatus.CREATED : HttpStatus.OK)
                        .body(response(invited)));
    }

    @GetMapping("/api/v1/invitations/{token}")
    @Operation(
            summary = "What a customer is asked, and has answered so far",
            security = {})
    Mono<ResponseEntity<AskedResponse>> show(@PathVariable String token) {
        return Mono.defer(() -> sheets.find(verified(token)))
                .map(sheet -> ResponseEntity.ok()
                        .cacheControl(CacheControl.noStore())
                        .body(AskedResponse.of(sheet, clock.instant())));
    }

    @PutMapping(path = "/api/v1/invitations/{token}/response", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Answer, or change the answer",
            description =
                    "Answers are merged by question; null empties one. Numbers count what a person confirmed with a button: complete means so, and confirmed may say it of a part.",
            security = {},
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content = @Content(schema = @Schema(implementation = AnswersBody.class))))
    Mono<ResponseEntity<Void>> answer(@PathVariable String token, @RequestBody byte[] body) {
        return Mono.fromCallable(() -> verified(token))
                .flatMap(genuine -> limits.change(genuine.id()).then(sheets.key(genuine)))
                .flatMap(invitation -> {
                    var fields = JsonBody.read(body);
                    var complete = Objects.requireNonNullElse(fields.optionalFlag("complete"), false);
                    var confirmed = Objects.requireNonNullElse(fields.optionalFlag("confirmed"), complete);
                    return giveAnswers.give(new GivenAnswers(
                            invitation, fields.values("answers"), complete, confirmed, clock.instant()));
                })
                .thenReturn(ResponseEntity.noContent().build());
    }

    private InvitationResponse response(Invited invited) {
        var invitation = invited.invitation();
        var token = new LinkToken(invited.workspace().code(), invitation.key().id()).sign(LinkToken.Use.ANSWER, secret);
        var skipped = invited.skipped();
        return new InvitationResponse(
                invitation.key().id(),
                token,
                installation.link("/r/" + token),
                invitation.closesAt(),
                skipped == null ? null : skipped.code());
    }

    private LinkToken verified(String token) {
        return LinkToken.verify(token, LinkToken.Use.ANSWER, secret)
                .orElseThrow(() -> new NotFound("invitation.unknown"));
    }
}
