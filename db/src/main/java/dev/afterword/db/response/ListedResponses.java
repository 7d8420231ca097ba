package dev.afterword.db.response;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.Binds;
import dev.afterword.db.Cursor;
import dev.afterword.db.First;
import dev.afterword.db.Key;
import dev.afterword.db.Leaf;
import dev.afterword.db.NotFound;
import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Responses for reading, with their order and customer; each method is one statement, whatever the number of rows. */
@Repository
public class ListedResponses {
    /** Counting ends here; beyond it a count says "more than". */
    public static final int COUNTED = 10_000;

    private static final TypeReference<Map<String, List<String>>> SEGMENTS = new TypeReference<>() {};
    private static final TypeReference<Map<String, String>> ITEMS = new TypeReference<>() {};
    private static final TypeReference<Map<String, StoredMark>> MARKS = new TypeReference<>() {};
    private static final TypeReference<List<Labels.Label>> TOPICS = new TypeReference<>() {};
    private static final TypeReference<List<ListedResponse.Given>> ANSWERS = new TypeReference<>() {};

    private final DatabaseClient database;
    private final JsonMapper json;

    public ListedResponses(DatabaseClient database, JsonMapper json) {
        this.database = database;
        this.json = json;
    }

    /** Responses, the newest first; a null cursor begins at the newest. */
    public Mono<Leaf<ListedResponse>> page(
            UUID workspaceId, ZoneId zone, ResponseFilter filter, @Nullable Cursor cursor, int size) {
        return page(workspaceId, zone, filter, First.NEWEST, cursor, size);
    }

    /** Responses from one end; a null cursor begins there. */
    public Mono<Leaf<ListedResponse>> page(
            UUID workspaceId, ZoneId zone, ResponseFilter filter, First first, @Nullable Cursor cursor, int size) {
        var forward = cursor == null || cursor.forward();
        var direction = first.direction(forward);
        var binds = new Binds();
        var conditions = conditions(binds, workspaceId, zone, filter);
        if (cursor != null) {
            conditions.add("(r.answered_at, r.id) " + first.compare(forward) + " (" + binds.add(cursor.at()) + ", "
                    + binds.add(cursor.id()) + ")");
        }
        var keys = "select r.workspace_id, r.id from response r where " + String.join(" and ", conditions)
                + " order by r.answered_at " + direction + ", r.id " + direction + " limit " + binds.add(size + 1);
        return binds.statement(database, rows(keys) + " order by r.answered_at " + direction + ", r.id " + direction)
                .map(this::listed)
                .all()
                .collectList()
                .map(read -> Leaf.of(read, size, cursor, ListedResponse::place));
    }

    /** How many the filter finds, counted up to one more than {@link #COUNTED}. */
    public Mono<Long> count(UUID workspaceId, ZoneId zone, ResponseFilter filter) {
        var binds = new Binds();
        var conditions = conditions(binds, workspaceId, zone, filter);
        return binds.statement(
                        database,
                        "select count(*) from (select 1 from response r where " + String.join(" and ", conditions)
                                + " limit " + binds.add(COUNTED + 1) + ") counted")
                .mapValue(Long.class)
                .one();
    }

    /** How many the filter finds of each standing, whichever it asks for; each counted up to one more than {@link #COUNTED}. */
    public Mono<Map<Standing, Long>> standings(UUID workspaceId, ZoneId zone, ResponseFilter filter) {
        var binds = new Binds();
        var counts = Arrays.stream(Standing.values())
                .map(standing -> "(select count(*) from (select 1 from response r where "
                        + String.join(
                                " and ",
                                conditions(binds, workspaceId, zone, filter.of(Set.of(standing), filter.mark())))
                        + " limit " + binds.add(COUNTED + 1) + ") c) as " + standing.code())
                .collect(Collectors.joining(", ", "select ", ""));
        return binds.statement(database, counts)
                .map((Readable row) -> {
                    var found = new EnumMap<Standing, Long>(Standing.class);
                    for (var standing : Standing.values()) {
                        found.put(standing, value(row, standing.code(), Long.class));
                    }
                    return Map.<Standing, Long>copyOf(found);
                })
                .one();
    }

    /** The numbers of the orders' lines that answers which the filter finds are about, in order. */
    public Mono<List<String>> items(UUID workspaceId, ZoneId zone, ResponseFilter filter) {
        var binds = new Binds();
        var conditions = conditions(binds, workspaceId, zone, filter);
        return binds.statement(
                        database,
                        "select a.item from response r join answer a on a.workspace_id = r.workspace_id and a.response_id = r.id and a.item <> '' and not a.hidden where "
                                + String.join(" and ", conditions)
                                + " group by a.item order by length(a.item), a.item limit 1000")
                .mapValue(String.class)
                .all()
                .collectList();
    }

    public Mono<ListedResponse> find(Key key) {
        var binds = new Binds();
        var keys = "select r.workspace_id, r.id from response r where r.workspace_id = " + binds.add(key.workspaceId())
                + " and r.id = " + binds.add(key.id());
        return binds.statement(database, rows(keys))
                .map(this::listed)
                .one()
                .switchIfEmpty(Mono.error(() -> new NotFound("response.not-found", key.id())));
    }

    /** The page is cut before anything is joined, so that its cost does not grow with the list. */
    private static String rows(String keys) {
        return """
                select r.workspace_id, r.id, s.key as survey_key, s.name as survey_name, r.version_id, r.answered_at, r.confirmed_at, r.complete, r.imported, r.language, r.segments, r.items as about, r.external_id,
                    r.discarded_at, r.discarded_reason, r.discarded_rule, r.kept_at, r.marks,
                    c.id as contact_id, c.name, c.email, c.stage,
                    o.id as order_id, o.external_id as order_external_id, o.status, o.placed_at, o.delivered_at, o.promised_at,
                    array(select coalesce(l.name, l.sku) from order_line l where l.workspace_id = o.workspace_id and l.order_id = o.id
                        and coalesce(l.name, l.sku) is not null order by l.number limit 3) as items,
                    (select count(*)::integer from order_line l where l.workspace_id = o.workspace_id and l.order_id = o.id) as lines,
                    a.answers,
                    (select jsonb_agg(jsonb_build_object('id', t.id, 'name', t.name, 'rule', u.words, 'staff', m.name) order by lower(t.name)) from response_topic x
                        join topic t on t.workspace_id = r.workspace_id and t.id = x.topic_id
                        left join topic_rule u on u.workspace_id = r.workspace_id and u.id = x.rule_id
                        left join staff m on m.id = x.staff_id
                        where x.workspace_id = r.workspace_id and x.response_id = r.id and not x.taken) as topics,
                    array(select g.tag from response_tag g where g.workspace_id = r.workspace_id and g.response_id = r.id order by g.tag) as tags
                from (%s) k
                join response r on r.workspace_id = k.workspace_id and r.id = k.id
                join survey s on s.workspace_id = r.workspace_id and s.id = r.survey_id
                left join contact c on c.workspace_id = r.workspace_id and c.id = r.contact_id
                left join customer_order o on o.workspace_id = r.workspace_id and o.id = r.order_id
                left join lateral (
                    select jsonb_agg(jsonb_build_object('question', a.question_key, 'row', a.row_key, 'item', a.item, 'skipped', a.skipped, 'notApplicable', a.not_applicable,
                        'number', a.number, 'text', a.text, 'choices', a.choices, 'day', a.day)) as answers
                    from answer a where a.workspace_id = r.workspace_id and a.response_id = r.id and not a.hidden
                ) a on true
                """.formatted(keys);
    }

    private static List<String> conditions(Binds binds, UUID workspaceId, ZoneId zone, ResponseFilter filter) {
        var conditions = new ArrayList<String>();
        conditions.add("r.workspace_id = " + binds.add(workspaceId));
        conditions.add(filter.standings().stream()
                .map(Standing::condition)
                .sorted()
                .collect(Collectors.joining(") or (", "((", "))")));
        if (filter.mark() != null) {
            conditions.add("r.marks is not null and jsonb_exists(r.marks, "
                    + binds.add(filter.mark().code()) + ")");
        }
        if (filter.survey() != null) {
            conditions.add(
                    "exists (select 1 from survey s where s.workspace_id = r.workspace_id and s.id = r.survey_id and s.key = "
                            + binds.add(filter.survey()) + ")");
        }
        if (filter.from() != null) {
            conditions.add("r.answered_at >= "
                    + binds.add(filter.from().atStartOfDay(zone).toInstant()));
        }
        if (filter.to() != null) {
            conditions.add("r.answered_at < "
                    + binds.add(filter.to().plusDays(1).atStartOfDay(zone).toInstant()));
        }
        if (filter.scores() != null) {
            conditions.add(
                    "exists (select 1 from answer a where a.workspace_id = r.workspace_id and a.response_id = r.id and not a.hidden and a.question_key = "
                            + binds.add(filter.scores().question()) + " and a.number between "
                            + binds.add(filter.scores().from()) + " and "
                            + binds.add(filter.scores().to()) + ")");
        }
        if (filter.text() != null) {
            // The very expression of the index answer_text.
            conditions.add("r.id in (select a.response_id from answer a where a.workspace_id = "
                    + binds.add(workspaceId)
                    + " and not a.hidden and a.text is not null and to_tsvector('simple', a.text) @@ websearch_to_tsquery('simple', "
                    + binds.add(filter.text()) + "))");
        }
        if (filter.segment() != null) {
            conditions.add("r.segments @> jsonb_build_object("
                    + binds.add(filter.segment().dimension()) + "::text, jsonb_build_array("
                    + binds.add(filter.segment().value()) + "::text))");
        }
        if (ResponseFilter.NO_TOPIC.equals(filter.topic())) {
            conditions.add(
                    "not exists (select from response_topic x where x.workspace_id = r.workspace_id and x.response_id = r.id and not x.taken)");
        } else if (filter.topic() != null) {
            var topic = binds.add(filter.topic());
            conditions.add("r.id in (select x.response_id from response_topic x join topic t on t.workspace_id = "
                    + binds.add(workspaceId) + " and t.id = x.topic_id and (t.id::text = " + topic
                    + " or lower(t.name) = lower(" + topic + ")) where x.workspace_id = " + binds.add(workspaceId)
                    + " and not x.taken)");
        }
        if (filter.tag() != null) {
            conditions.add("r.id in (select g.response_id from response_tag g where g.workspace_id = "
                    + binds.add(workspaceId) + " and g.tag = " + binds.add(filter.tag()) + ")");
        }
        if (filter.contactId() != null) {
            conditions.add("r.contact_id = " + binds.add(filter.contactId()));
        }
        if (filter.order() != null) {
            conditions.add("r.order_id = (select o.id from customer_order o where o.workspace_id = "
                    + binds.add(workspaceId) + " and o.external_id = " + binds.add(filter.order()) + ")");
        }
        return conditions;
    }

    private ListedResponse listed(Readable row) {
        return new ListedResponse(
                new Key(value(row, "workspace_id", UUID.class), value(row, "id", UUID.class)),
                value(row, "survey_key", String.class),
                value(row, "survey_name", String.class),
                value(row, "version_id", UUID.class),
                value(row, "answered_at", Instant.class),
                row.get("confirmed_at", Instant.class) != null,
                value(row, "complete", Boolean.class),
                value(row, "imported", Boolean.class),
                row.get("language", String.class),
                customer(row),
                order(row),
                read(row.get("segments", Json.class), SEGMENTS, Map.of()),
                row.get("external_id", String.class),
                read(row.get("about", Json.class), ITEMS, Map.of()),
                read(row.get("answers", Json.class), ANSWERS, List.of()),
                judgement(row),
                new Labels(
                        read(row.get("topics", Json.class), TOPICS, List.of()),
                        List.of(value(row, "tags", String[].class))));
    }

    private Judgement judgement(Readable row) {
        var counts = row.get("discarded_at", Instant.class) == null;
        return new Judgement(
                row.get("confirmed_at", Instant.class) == null
                        ? Standing.PROVISIONAL
                        : counts ? Standing.COUNTED : Standing.DISCARDED,
                row.get("discarded_reason", String.class),
                row.get("discarded_rule", Integer.class),
                row.get("kept_at", Instant.class),
                marks(read(row.get("marks", Json.class), MARKS, Map.of())));
    }

    private static List<Marked> marks(Map<String, StoredMark> stored) {
        return Arrays.stream(Mark.values())
                .filter(mark -> stored.containsKey(mark.code()))
                .map(mark -> {
                    var found = Objects.requireNonNull(stored.get(mark.code()));
                    return new Marked(mark, found.rule(), found.why());
                })
                .toList();
    }

    /** A mark as the column holds it. */
    private record StoredMark(int rule, Map<String, String> why) {}

    private static ListedResponse.@Nullable Person customer(Readable row) {
        var id = row.get("contact_id", UUID.class);
        return id == null
                ? null
                : new ListedResponse.Person(
                        id,
                        row.get("name", String.class),
                        row.get("email", String.class),
                        value(row, "stage", String.class));
    }

    private static ListedResponse.@Nullable Purchase order(Readable row) {
        var id = row.get("order_id", UUID.class);
        if (id == null) {
            return null;
        }
        return new ListedResponse.Purchase(
                id,
                value(row, "order_external_id", String.class),
                value(row, "status", String.class),
                value(row, "placed_at", Instant.class),
                row.get("delivered_at", Instant.class),
                row.get("promised_at", Instant.class),
                List.of(value(row, "items", String[].class)),
                value(row, "lines", Integer.class));
    }

    private <T> T read(@Nullable Json column, TypeReference<T> type, T none) {
        return column == null ? none : json.readValue(column.asString(), type);
    }
}
