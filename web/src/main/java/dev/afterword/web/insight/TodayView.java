package dev.afterword.web.insight;

import dev.afterword.db.contact.relationship.ComingOccasion;
import dev.afterword.db.insight.GoingOut;
import dev.afterword.web.ResponseView;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that Today shows.
 *
 * @param week how many responses came within seven days, today included
 * @param planned mail of the next seven days
 * @param decided what became of the mail of the last seven days
 * @param occasions of the reader’s own customers
 * @param steps of a new workspace; null where nothing is left to do, or not for this reader
 * @param cases what support has to do; empty for nothing, and for who may not see it
 */
record TodayView(
        LocalDate day,
        List<PeriodFigure> figures,
        List<ResponseView> latest,
        long week,
        List<GoingOut.Planned> planned,
        List<GoingOut.Outcome> decided,
        List<Waiting> cases,
        List<ComingOccasion> occasions,
        StepsAhead.@Nullable Steps steps) {
    /** How many cases stand in a view of the inbox; counted up to one more than is said. */
    record Waiting(String view, String count, boolean urgent) {}

    TodayView with(StepsAhead.Steps ahead) {
        return new TodayView(day, figures, latest, week, planned, decided, cases, occasions, ahead);
    }

    /** Nothing was ever answered, and nothing is on its way. */
    public boolean empty() {
        return latest.isEmpty() && planned.isEmpty() && decided.isEmpty() && cases.isEmpty() && occasions.isEmpty();
    }

    public List<GoingOut.Outcome> skipped() {
        return decided.stream()
                .filter(outcome -> outcome.state().equals("skipped"))
                .toList();
    }

    public long accepted() {
        return sum("accepted");
    }

    /** Refused, given up, or unknown. */
    public long lost() {
        return sum("rejected") + sum("failed") + sum("unknown");
    }

    private long sum(String state) {
        return decided.stream()
                .filter(outcome -> outcome.state().equals(state))
                .mapToLong(GoingOut.Outcome::sends)
                .sum();
    }
}
