package dev.afterword.api.response;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An invitation, with the link that its customer answers on. */
@Schema(name = "MadeInvitation")
record InvitationResponse(
        UUID id,
        String token,
        String url,
        Instant closesAt,

        @Schema(description = "Why no mail goes out although it was wished") @Nullable
        String skipped) {}
