package dev.afterword.web.insight;

import dev.afterword.db.Estimate;
import dev.afterword.db.insight.Metric;
import dev.afterword.db.insight.TopicEffect;
import dev.afterword.db.response.topic.TopicChange;
import java.util.List;

/**
 * A change about a topic, as its page shows it.
 *
 * @param words in the workspace's language
 * @param concerned how many had said it
 */
record ChangeLine(TopicChange change, String words, int days, long concerned, List<Row> rows) {
    /**
     * A figure before and since.
     *
     * @param code share or mean
     * @param gap after minus before, with its interval
     */
    record Row(String code, String before, long nBefore, String after, long nAfter, Figures.Gap gap) {}

    static ChangeLine of(TopicEffect effect, long concerned, String language) {
        return new ChangeLine(
                effect.change(),
                effect.change().words(language, language),
                effect.days(),
                concerned,
                List.of(
                        new Row(
                                "share",
                                Figures.Figure.percent(effect.shareBefore()).value(),
                                effect.shareBefore().n(),
                                Figures.Figure.percent(effect.shareAfter()).value(),
                                effect.shareAfter().n(),
                                Figures.gaps(List.of(effect.share())).getFirst()),
                        new Row(
                                "mean",
                                mean(effect.meanBefore()),
                                effect.meanBefore().n(),
                                mean(effect.meanAfter()),
                                effect.meanAfter().n(),
                                Figures.gaps(List.of(effect.mean())).getFirst())));
    }

    private static String mean(Estimate estimate) {
        var value = estimate.value();
        return value == null ? "" : Wording.figure(Metric.MEAN, value);
    }
}
