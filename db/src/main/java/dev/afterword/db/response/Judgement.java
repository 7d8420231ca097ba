package dev.afterword.db.response;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How much a response is believed.
 *
 * @param reason why a rule took it for a machine's, also where staff said that it counts; null where none did
 * @param rule the version of that rule
 * @param keptAt when staff said that it counts all the same
 */
public record Judgement(
        Standing standing,
        @Nullable String reason,
        @Nullable Integer rule,
        @Nullable Instant keptAt,
        List<Marked> marks) {}
