package dev.afterword.web.response;

import dev.afterword.db.Cursor;
import dev.afterword.db.Days;
import dev.afterword.db.First;
import dev.afterword.db.Rejected;
import dev.afterword.db.response.ResponseFilter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * The list's address: what is asked for, as it stands behind the question mark.
 *
 * @param score a question and its scores, as {@code recommend:9-10}
 * @param segment a dimension and its value, as {@code delivery=late}
 * @param standing counted, provisional, discarded or all; those that count without it
 * @param topic the id of one, or none for answers without any
 * @param sort oldest, or the newest first
 * @param at the cursor
 */
record ResponseQuery(
        @Nullable String q,
        @Nullable String survey,
        @Nullable String score,
        @Nullable String from,
        @Nullable String to,
        @Nullable String segment,
        @Nullable UUID customer,
        @Nullable String order,
        @Nullable String standing,
        @Nullable String mark,
        @Nullable String topic,
        @Nullable String tag,
        @Nullable String sort,
        @Nullable String at) {

    private static final Pattern SCORE = Pattern.compile("([a-zA-Z0-9_-]{1,60}):([0-9]{1,2})-([0-9]{1,2})");

    /** The filter; customers and orders cannot be asked for by those who may not see them. */
    ResponseFilter filter(boolean maySeeCustomers) {
        return new ResponseFilter(
                given(survey),
                scores(),
                Days.of(from, "from"),
                Days.of(to, "to"),
                given(q),
                inSegment(),
                maySeeCustomers ? customer : null,
                maySeeCustomers ? given(order) : null,
                ResponseFilter.standings(standing),
                ResponseFilter.mark(mark),
                given(topic),
                given(tag));
    }

    /** What is filtered by, as a response keeps its segments; empty where it is something else. */
    Map<String, List<String>> segments() {
        var asked = inSegment();
        return asked == null ? Map.of() : Map.of(asked.dimension(), List.of(asked.value()));
    }

    public First first() {
        return First.of(sort);
    }

    @Nullable
    Cursor cursor() {
        return at == null || at.isBlank() ? null : Cursor.decode(at);
    }

    /** What is set, in the order of the form, without the cursor. */
    public Map<String, String> set() {
        var set = new LinkedHashMap<String, String>();
        put(set, "q", q);
        put(set, "survey", survey);
        put(set, "score", score);
        put(set, "from", from);
        put(set, "to", to);
        put(set, "segment", segment);
        put(set, "customer", customer == null ? null : customer.toString());
        put(set, "order", order);
        put(set, "standing", standing);
        put(set, "mark", mark);
        put(set, "topic", topic);
        put(set, "tag", tag);
        return set;
    }

    /** The address of this list without one of its filters, or with all of them when it is null. */
    String address(String path, @Nullable String without) {
        return address(path, without, first());
    }

    /** The same from another end. */
    String address(String path, @Nullable String without, First first) {
        var uri = UriComponentsBuilder.fromPath(path);
        var values = new LinkedHashMap<String, Object>();
        set().forEach((name, value) -> {
            if (!name.equals(without)) {
                uri.queryParam(name, "{" + name + "}");
                values.put(name, value);
            }
        });
        if (first == First.OLDEST) {
            uri.queryParam("sort", first.code());
        }
        return uri.encode().buildAndExpand(values).toUriString();
    }

    /** The address of this list for another standing. */
    String ofStanding(String path, String other) {
        var same = new ResponseQuery(
                q, survey, score, from, to, segment, customer, order, other, mark, topic, tag, sort, null);
        return same.address(path, null);
    }

    private ResponseFilter.@Nullable Scores scores() {
        if (score == null || score.isBlank()) {
            return null;
        }
        var found = SCORE.matcher(score);
        if (!found.matches()) {
            throw new Rejected("filter.score", "score", score);
        }
        return new ResponseFilter.Scores(
                found.group(1), Integer.parseInt(found.group(2)), Integer.parseInt(found.group(3)));
    }

    private ResponseFilter.@Nullable Segment inSegment() {
        if (segment == null || segment.indexOf('=') < 1) {
            return null;
        }
        var at = segment.indexOf('=');
        return new ResponseFilter.Segment(segment.substring(0, at), segment.substring(at + 1));
    }

    private static @Nullable String given(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    private static void put(Map<String, String> set, String name, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            set.put(name, value);
        }
    }
}
