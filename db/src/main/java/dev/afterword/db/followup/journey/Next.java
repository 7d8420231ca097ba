package dev.afterword.db.followup.journey;

import dev.afterword.db.message.SkipReason;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What happens next with somebody who goes through a follow-up.
 *
 * @param passed what is behind them now and was not before, by the key of the step
 * @param deeds what is to be done now, in this order
 */
public record Next(Map<String, Passed> passed, List<Step.Deed> deeds, Stop stop) {
    public Next {
        deeds = List.copyOf(deeds);
        passed = Map.copyOf(passed);
    }

    /** Where the walk ends for now. */
    public sealed interface Stop {
        /** The key of the step; null behind the last. */
        @Nullable
        String step();
    }

    /** That message is planned for then, at the earliest. */
    public record Write(Step.Written written, Instant due) implements Stop {
        @Override
        public String step() {
            return written.key();
        }
    }

    /** Nothing can be said before that moment. */
    public record Look(String step, Instant at) implements Stop {}

    /**
     * Something has to happen first.
     *
     * @param next the message that waits for it; null where it is not known which it will be
     * @param until then nobody waits for it any longer
     * @param over nobody does
     */
    public record Hold(String step, Step.@Nullable Written next, SkipReason reason, Instant until, boolean over)
            implements Stop {}

    /** The journey is over. */
    public record Ended(@Nullable String step) implements Stop {}
}
