package dev.afterword.web.insight;

import dev.afterword.db.Days;
import dev.afterword.db.insight.Dimension;
import dev.afterword.db.insight.Interval;
import dev.afterword.db.insight.Metric;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

/** The page's address: what is asked for, as it stands behind the question mark; the same words as the API's. */
record TrendQuery(
        @Nullable String survey,
        @Nullable String question,
        @Nullable String metric,
        @Nullable String interval,
        @Nullable String from,
        @Nullable String to,
        @Nullable String by) {

    Metric chosenMetric() {
        return metric == null || metric.isBlank() ? Metric.NPS : Metric.of(metric);
    }

    /** Null when the page shall choose. */
    @Nullable
    Interval chosenInterval() {
        return interval == null || interval.isBlank() ? null : Interval.of(interval);
    }

    @Nullable
    Dimension chosenBy() {
        return by == null || by.isBlank() ? null : Dimension.of(by);
    }

    LocalDate firstDay(LocalDate today) {
        return day(from, "from", lastDay(today).minusYears(1).plusDays(1));
    }

    LocalDate lastDay(LocalDate today) {
        return day(to, "to", today);
    }

    private static LocalDate day(@Nullable String text, String field, LocalDate otherwise) {
        var day = Days.of(text, field);
        return day == null ? otherwise : day;
    }

    /** This page's address with some of its filters changed. */
    String with(String path, Map<String, String> changes) {
        var values = new LinkedHashMap<String, Object>();
        put(values, "survey", survey);
        put(values, "question", question);
        put(values, "metric", metric);
        put(values, "interval", interval);
        put(values, "from", from);
        put(values, "to", to);
        put(values, "by", by);
        changes.forEach((name, value) -> {
            values.remove(name);
            put(values, name, value);
        });
        var uri = UriComponentsBuilder.fromPath(path);
        values.keySet().forEach(name -> uri.queryParam(name, "{" + name + "}"));
        return uri.encode().buildAndExpand(values).toUriString();
    }

    private static void put(Map<String, Object> values, String name, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            values.put(name, value);
        }
    }
}
