package dev.afterword.api.message;

import dev.afterword.api.Caller;
import dev.afterword.db.Cursor;
import dev.afterword.db.Days;
import dev.afterword.db.Page;
import dev.afterword.db.message.incoming.Bounces;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Says which mail came back, was delayed or was reported as spam, and in which words. */
@RestController
@Tag(name = "Sends")
class BounceApi {
    private static final int MOST = 200;

    private final Bounces bounces;

    BounceApi(Bounces bounces) {
        this.bounces = bounces;
    }

    @GetMapping("/api/v1/bounces")
    @Operation(
            summary = "Mails that came back",
            description =
                    "The latest first; from and to are days of the workspace, to included. kind is hard (the address does not exist), soft (given up for a reason that may pass), policy (refused for what we are or what the mail is: never the person's fault), delayed, or spam-report. send and contact are ids.")
    Mono<Page<BounceResponse>> list(
            Caller caller,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") int limit) {
        var first = Days.of(from, "from");
        var last = Days.of(to, "to");
        return bounces.of(
                        caller.workspaceId(),
                        first,
                        last,
                        cursor == null || cursor.isBlank() ? null : Cursor.decode(cursor),
                        Math.clamp(limit, 1, MOST))
                .map(page ->
                        new Page<>(page.items().stream().map(BounceResponse::of).toList(), page.next()));
    }

    /** A notice about a mail. */
    @Schema(name = "Bounce")
    record BounceResponse(
            UUID id,
            Instant at,
            String kind,
            UUID send,
            UUID contact,
            @Nullable String status,
            @Nullable String diagnostic,
            boolean sure,
            boolean whileSending) {
        static BounceResponse of(Bounces.Bounce bounce) {
            return new BounceResponse(
                    bounce.id(),
                    bounce.at(),
                    bounce.kind().code(),
                    bounce.sendId(),
                    bounce.contactId(),
                    bounce.status(),
                    bounce.diagnostic(),
                    bounce.sure(),
                    bounce.whileSending());
        }
    }
}
