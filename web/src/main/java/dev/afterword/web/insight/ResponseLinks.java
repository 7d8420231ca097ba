package dev.afterword.web.insight;

import dev.afterword.db.insight.Interval;
import dev.afterword.db.insight.Trend;
import dev.afterword.db.response.Standing;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

/** From a number to the responses behind it. */
record ResponseLinks(String path, Trend trend) {
    String all() {
        return link(trend.from(), trend.to(), Map.of());
    }

    String score(String question, int score) {
        return link(trend.from(), trend.to(), Map.of("score", question + ":" + score + "-" + score));
    }

    String standing(Standing standing) {
        return link(
                trend.from(),
                trend.to(),
                standing == Standing.COUNTED ? Map.of() : Map.of("standing", standing.code()));
    }

    String segment(String dimension, String value) {
        return link(trend.from(), trend.to(), Map.of("segment", dimension + "=" + value));
    }

    /** Responses of one bucket, of one segment where it is named as {@code delivery=late}. */
    String bucket(LocalDate start, @Nullable String segment) {
        var interval = trend.interval();
        var last = interval == Interval.NONE
                ? trend.to()
                : interval.next(interval.begin(start)).minusDays(1);
        return link(
                start,
                last.isAfter(trend.to()) ? trend.to() : last,
                segment == null ? Map.of() : Map.of("segment", segment));
    }

    private String link(LocalDate from, LocalDate to, Map<String, String> more) {
        var values = new LinkedHashMap<String, Object>();
        values.put("survey", trend.survey());
        values.put("from", from.toString());
        values.put("to", to.toString());
        values.putAll(more);
        var uri = UriComponentsBuilder.fromPath(path);
        values.keySet().forEach(name -> uri.queryParam(name, "{" + name + "}"));
        return uri.encode().buildAndExpand(values).toUriString();
    }
}
