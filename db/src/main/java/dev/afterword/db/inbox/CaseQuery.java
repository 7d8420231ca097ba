package dev.afterword.db.inbox;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which cases are looked for; what is null does not matter.
 *
 * @param me who looks; null for the shop's own program, which owns none
 * @param search words that all stand in a case; the last may be the beginning of one
 */
public record CaseQuery(
        CaseView view,
        @Nullable UUID me,
        @Nullable String search,
        @Nullable UUID contact,
        @Nullable String team) {}
