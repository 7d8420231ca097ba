package dev.afterword.db.insight;

import dev.afterword.db.Difference;
import dev.afterword.db.Estimate;
import dev.afterword.db.Rejected;
import dev.afterword.db.Scores;
import dev.afterword.db.Statistics;
import dev.afterword.db.survey.Question;
import java.util.Arrays;
import java.util.stream.Collectors;

/** What can be computed from answers: each has its unit, its interval and its test. */
public enum Metric {
    NPS("nps", "points"),
    CSAT("csat", "percent"),
    CES("ces", "score"),
    MEAN("mean", "score"),
    /** Of scores 0 and 1: an invitation without and with a confirmed answer. */
    RESPONSE_RATE("responseRate", "percent");

    private final String code;
    private final String unit;

    Metric(String code, String unit) {
        this.code = code;
        this.unit = unit;
    }

    /** The word of it in the API and in URLs. */
    public String code() {
        return code;
    }

    /** points (NPS), percent, or score. */
    public String unit() {
        return unit;
    }

    public static Metric of(String code) {
        return Arrays.stream(values())
                .filter(metric -> metric.code.equals(code))
                .findFirst()
                .orElseThrow(() -> new Rejected(
                        "trend.metric-unknown",
                        "metric",
                        code,
                        Arrays.stream(values()).map(Metric::code).collect(Collectors.joining(", "))));
    }

    /** The figure of these scores, with its interval. */
    public Estimate of(Scores scores) {
        return switch (this) {
            case NPS -> Statistics.nps(scores);
            case CSAT -> Statistics.csat(scores);
            case CES, MEAN -> Statistics.mean(scores);
            case RESPONSE_RATE -> Statistics.share(scores.between(1, 1), scores.n());
        };
    }

    /** The figure of the first minus that of the second; both must have answers, two at least for a mean. */
    public Difference difference(Scores first, Scores second) {
        return switch (this) {
            case NPS -> Statistics.npsDifference(first, second);
            case CSAT -> Statistics.csatDifference(first, second);
            case CES, MEAN -> Statistics.meanDifference(first, second);
            case RESPONSE_RATE ->
                Statistics.shareDifference(first.between(1, 1), first.n(), second.between(1, 1), second.n());
        };
    }

    /** Whether it can be computed from answers to this question. */
    public boolean fits(Question question) {
        return switch (this) {
            case NPS -> question instanceof Question.Nps;
            case CSAT -> question instanceof Question.Csat;
            case CES -> question instanceof Question.Ces;
            case MEAN -> question instanceof Question.Scale;
            case RESPONSE_RATE -> false;
        };
    }
}
