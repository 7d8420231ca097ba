package dev.afterword.web.response;

import dev.afterword.db.First;
import dev.afterword.db.Leaf;
import dev.afterword.db.response.ListedResponses;
import dev.afterword.db.response.Mark;
import dev.afterword.db.response.ResponseFilter;
import dev.afterword.db.response.ScoreBand;
import dev.afterword.db.response.Standing;
import dev.afterword.db.response.topic.Topic;
import dev.afterword.db.survey.Question;
import dev.afterword.db.survey.Survey;
import dev.afterword.db.survey.SurveyVersion;
import dev.afterword.web.ResponseView;
import dev.afterword.web.Signed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the list of responses shows.
 *
 * @param count how many were found, at most one more than are counted
 * @param address this list without a cursor, for htmx
 * @param chips what is filtered by, each with the address that drops it
 * @param newest whether this is the first leaf, which news may change
 */
record ResponseListView(
        ResponseQuery query,
        List<ResponseView> items,
        long count,
        boolean more,
        boolean newest,
        String path,
        String address,
        @Nullable String newer,
        @Nullable String older,
        List<Chip> chips,
        Sorted sorted,
        List<Shown> standings,
        Map<String, String> segmentNames,
        List<Survey> surveys,
        List<Group> bands,
        List<Topic> topics,
        List<String> tags) {

    private static final Map<String, List<String>> SEGMENTS = new LinkedHashMap<>();

    static {
        SEGMENTS.put("delivery", List.of("on-time", "late", "undelivered"));
        SEGMENTS.put("stage", List.of("prospect", "customer", "client", "supporter", "advocate"));
    }

    /** How many have a standing, and where they are listed. */
    record Shown(String code, long count, boolean more, String href, boolean on) {}

    /** Which end comes first, and the addresses of both. */
    record Sorted(boolean oldest, String byNewest, String byOldest) {}

    /** A filter that is set: its name for texts, what it is set to, and the address without it. */
    record Chip(String name, String value, @Nullable String dimension, String without) {}

    /** The bands of one question, to choose from; its type names it. */
    record Group(String type, String question, List<Band> bands) {}

    /** One band: its value in the address, its name for texts. */
    record Band(String value, String code, int from, int to, String verdict) {}

    static ResponseListView of(
            Signed signed,
            ResponseQuery query,
            Leaf<ResponseView> leaf,
            Map<Standing, Long> counts,
            List<Survey> surveys,
            List<SurveyVersion> asked,
            Map<String, String> segmentNames,
            List<Topic> topics,
            List<String> tags) {
        var path = signed.path("/responses");
        var address = query.address(path, null);
        var wanted = ResponseFilter.standings(query.standing());
        var count = wanted.stream()
                .mapToLong(standing -> counts.getOrDefault(standing, 0L))
                .sum();
        return new ResponseListView(
                query,
                leaf.items(),
                Math.min(count, ListedResponses.COUNTED),
                count > ListedResponses.COUNTED,
                query.cursor() == null && query.first() == First.NEWEST,
                path,
                address,
                leaf.newer() == null ? null : at(address, leaf.newer()),
                leaf.older() == null ? null : at(address, leaf.older()),
                chips(query, path, segmentNames, surveys, topics),
                new Sorted(
                        query.first() == First.OLDEST,
                        query.address(path, null, First.NEWEST),
                        query.address(path, null, First.OLDEST)),
                standings(query, path, counts),
                segmentNames,
                surveys,
                asked.stream()
                        .flatMap(version -> version.definition().questions().stream())
                        .filter(Question.Scale.class::isInstance)
                        .map(ResponseListView::group)
                        .toList(),
                topics,
                tags);
    }

    /** Side by side, and all together where there is more than what counts. */
    private static List<Shown> standings(ResponseQuery query, String path, Map<Standing, Long> counts) {
        var shown = new ArrayList<Shown>();
        var wanted = ResponseFilter.standings(query.standing());
        for (var standing : Standing.values()) {
            var count = counts.getOrDefault(standing, 0L);
            shown.add(new Shown(
                    standing.code(),
                    Math.min(count, ListedResponses.COUNTED),
                    count > ListedResponses.COUNTED,
                    query.ofStanding(path, standing == Standing.COUNTED ? "" : standing.code()),
                    wanted.equals(Set.of(standing))));
        }
        return List.copyOf(shown);
    }

    private static String at(String address, String cursor) {
        return address + (address.contains("?") ? "&" : "?") + "at=" + cursor;
    }

    private static List<Chip> chips(
            ResponseQuery query,
            String path,
            Map<String, String> segmentNames,
            List<Survey> surveys,
            List<Topic> topics) {
        var named = new HashMap<>(segmentNames);
        surveys.forEach(survey -> named.put("survey=" + survey.surveyKey(), survey.name()));
        topics.forEach(topic -> named.put("topic=" + topic.key().id(), topic.name()));
        return query.set().entrySet().stream()
                .map(filter -> chip(filter, query.address(path, filter.getKey()), named))
                .toList();
    }

    private static Chip chip(Map.Entry<String, String> filter, String without, Map<String, String> names) {
        var value = filter.getValue();
        if (filter.getKey().equals("segment") && value.indexOf('=') > 0) {
            var at = value.indexOf('=');
            return new Chip(
                    "segment", names.getOrDefault(value, value.substring(at + 1)), value.substring(0, at), without);
        }
        if (filter.getKey().equals("score") && value.indexOf(':') > 0) {
            var at = value.indexOf(':');
            return new Chip("score", value.substring(at + 1), value.substring(0, at), without);
        }
        return new Chip(filter.getKey(), names.getOrDefault(filter.getKey() + "=" + value, value), null, without);
    }

    private static Group group(Question question) {
        return new Group(
                question.type().code(),
                question.key(),
                ScoreBand.of(question).stream()
                        .map(band -> new Band(
                                question.key() + ":" + band.from() + "-" + band.to(),
                                band.code(),
                                band.from(),
                                band.to(),
                                band.verdict().name().toLowerCase(Locale.ROOT)))
                        .collect(Collectors.toList()));
    }

    /** The band that the score filter names exactly; null when it names other scores. */
    public @Nullable Band band() {
        return bands.stream()
                .flatMap(group -> group.bands().stream())
                .filter(band -> band.value().equals(query.score()))
                .findFirst()
                .orElse(null);
    }

    /** The segments that every workspace has, to choose from; others are chosen on Trends. */
    public Map<String, List<String>> segments() {
        return SEGMENTS;
    }

    /** The topics that are put on answers, and the one that is filtered by. */
    public List<Topic> toChoose() {
        return topics.stream()
                .filter(topic -> topic.archivedAt() == null
                        || topic.key().id().toString().equals(query.topic()))
                .toList();
    }

    /** The marks, to choose from. */
    public List<String> marks() {
        return Arrays.stream(Mark.values()).map(Mark::code).toList();
    }

    /** The segment that is filtered by, when it is none of those. */
    public @Nullable String otherSegment() {
        var segment = query.segment();
        if (segment == null || segment.isBlank()) {
            return null;
        }
        var known = SEGMENTS.entrySet().stream()
                .flatMap(dimension -> dimension.getValue().stream().map(value -> dimension.getKey() + "=" + value))
                .anyMatch(segment::equals);
        return known ? null : segmentNames.getOrDefault(segment, segment.substring(segment.indexOf('=') + 1));
    }
}
