package dev.afterword.api.reward;

import dev.afterword.db.reward.GivenReward;
import dev.afterword.db.reward.ListedPool;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A pool of codes.
 *
 * @param fixedCode one code for all; null where each is given once
 * @param left codes that can still be given
 * @param owed who was promised one and waits for it
 */
@Schema(name = "RewardPool")
record RewardResponse(
        UUID id,
        String key,
        int version,
        String name,
        @Nullable String fixedCode,
        Map<String, Object> offer,
        int warnAt,
        boolean low,
        long left,
        long given,
        long owed,
        long redeemed,
        List<String> promisedBy,
        @Nullable Instant archivedAt,
        Instant createdAt) {
    static RewardResponse of(ListedPool listed) {
        var pool = listed.pool();
        return new RewardResponse(
                pool.key().id(),
                pool.poolKey(),
                pool.version(),
                pool.name(),
                pool.fixedCode(),
                pool.offer().tree(),
                pool.warnAt(),
                listed.low(),
                listed.left(),
                listed.given(),
                listed.owed(),
                listed.redeemed(),
                listed.surveys(),
                pool.archivedAt(),
                pool.createdAt());
    }

    /** All pools. */
    @Schema(name = "RewardPools")
    record Page(List<RewardResponse> items, @Nullable String next) {}

    /**
     * What somebody got, or is owed.
     *
     * @param code null while it is owed
     */
    @Schema(name = "GivenReward")
    record Given(
            UUID id,
            String kind,
            String pool,
            Map<String, Object> offer,
            @Nullable UUID contact,
            @Nullable UUID invitation,
            @Nullable String code,
            @Nullable Instant givenAt,
            @Nullable Instant expiresAt,
            @Nullable Instant redeemedAt,
            @Nullable String redeemedOrder,
            Instant createdAt) {
        static Given of(GivenReward given) {
            return new Given(
                    given.key().id(),
                    given.kind().code(),
                    given.poolKey(),
                    given.offer().tree(),
                    given.contactId(),
                    given.invitationId(),
                    given.code(),
                    given.givenAt(),
                    given.expiresAt(),
                    given.redeemedAt(),
                    given.redeemedOrder(),
                    given.createdAt());
        }
    }

    /** A page of what was given, the latest first. */
    @Schema(name = "GivenRewards")
    record GivenPage(List<Given> items, @Nullable String next) {}
}
