package dev.afterword.db.insight;

import dev.afterword.db.Estimate;
import dev.afterword.db.Statistics;
import dev.afterword.db.inbox.RootCause;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How support did in the last days, and why things went wrong.
 *
 * @param opened cases that came in, without spam and what goes on in another
 * @param promised of them, those whose first answer was due by now
 * @param inTime of the promised, those whose first answer came before it was due
 * @param answered of those that came in, whose customers were answered
 * @param firstAnswer half of the answered waited no longer; null where none was
 * @param solved of those that came in, closed
 * @param solution half of the solved took no longer; null where none was
 * @param bought of the solved with a known customer, whose customers have ordered since
 * @param causes why, of the complaints among the solved, the most frequent first
 */
public record CaseReport(
        long opened,
        long promised,
        long inTime,
        long answered,
        @Nullable Duration firstAnswer,
        long solved,
        @Nullable Duration solution,
        long known,
        long bought,
        List<Cause> causes) {
    public CaseReport {
        causes = List.copyOf(causes);
    }

    /** How many cases one cause has, about one topic. */
    public record Cause(RootCause cause, String topic, long cases) {}

    /** The share of first answers that came in time. */
    public Estimate punctuality() {
        return Statistics.share(inTime, promised);
    }

    /** The share of solved cases whose customers have ordered since. */
    public Estimate returned() {
        return Statistics.share(bought, known);
    }

    /** Complaints with a cause. */
    public long explained() {
        return causes.stream().mapToLong(Cause::cases).sum();
    }
}
