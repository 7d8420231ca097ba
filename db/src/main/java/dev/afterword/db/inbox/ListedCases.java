package dev.afterword.db.inbox;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.Binds;
import dev.afterword.db.Cursor;
import dev.afterword.db.Leaf;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** Cases for reading: what is due first where one works it off, else the latest first. */
@Repository
public class ListedCases {
    /** Counting ends here; beyond it a count says "more than". */
    public static final int COUNTED = 999;

    /** So many are looked through for words before their index is asked: a few hundredths of a second. */
    private static final int FIRST = 5_000;

    private final DatabaseClient database;

    ListedCases(DatabaseClient database) {
        this.database = database;
    }

    /**
     * A leaf of what is looked for. Words that stand in many cases are found among the first of the list, in their order; only what is not found there is looked up in the
     * index of words, which gives all cases with them at once.
     *
     * @param now by which is due what is due
     */
    public Mono<Leaf<ListedCase>> page(
            UUID workspaceId, CaseQuery query, Instant now, @Nullable Cursor cursor, int size) {
        var all = read(workspaceId, query, now, cursor, size, false);
        var found = words(query).isEmpty()
                ? all
                : read(workspaceId, query, now, cursor, size, true)
                        .flatMap(first -> first.size() > size ? Mono.just(first) : all);
        return found.map(read -> Leaf.of(
                read,
                size,
                cursor,
                one -> new Cursor(
                        true, place(query, one.item()), one.item().key().id())));
    }

    private static Instant place(CaseQuery query, Case item) {
        return query.view().dueFirst() ? Objects.requireNonNullElse(item.dueAt(), CaseView.NEVER_DUE) : item.latestAt();
    }

    private Mono<List<ListedCase>> read(
            UUID workspaceId, CaseQuery query, Instant now, @Nullable Cursor cursor, int size, boolean amongFirst) {
        var forward = cursor == null || cursor.forward();
        var dueFirst = query.view().dueFirst();
        var by = dueFirst ? CaseView.DUE_AT : "k.latest_at";
        var rising = forward == dueFirst;
        var direction = rising ? "asc" : "desc";
        var binds = new Binds();
        binds.add(workspaceId);
        binds.add(now);
        binds.add(Cases.orNull(UUID.class, query.me()));
        var conditions = conditions(query, binds);
        var place = cursor == null
                ? ""
                : " and (%s, k.id) %s (%s, %s)"
                        .formatted(by, rising ? ">" : "<", binds.add(cursor.at()), binds.add(cursor.id()));
        var order = " order by " + by + " " + direction + ", k.id " + direction;
        var from = amongFirst
                ? "(select k.* from support_case k where k.workspace_id = $1"
                        + (dueFirst ? " and k.status in ('open', 'waiting')" : "") + place + order + " limit " + FIRST
                        + ") k"
                : "support_case k";
        var keys = "select k.* from " + from + " where k.workspace_id = $1 and " + conditions + place + order
                + " limit " + binds.add(size + 1);
        return binds.statement(
                        database,
                        "select " + Cases.COLUMNS
                                + ", coalesce(c.name, c.email) as customer, f.name as owner, o.external_id as order_external_id from ("
                                + keys + """
                                ) k left join contact c on c.workspace_id = $1 and c.id = k.contact_id
                                left join staff f on f.id = k.owner_id
                                left join customer_order o on o.workspace_id = $1 and o.id = k.order_id
                                """ + order)
                .map((Readable row) -> new ListedCase(
                        Cases.read(row),
                        row.get("customer", String.class),
                        row.get("owner", String.class),
                        row.get("order_external_id", String.class)))
                .all()
                .collectList();
    }

    /** How many stand in each of these views, counted up to one more than {@link #COUNTED}. */
    public Mono<Map<CaseView, Long>> counts(UUID workspaceId, List<CaseView> views, @Nullable UUID me, Instant now) {
        var sql = views.stream()
                .map(view -> "select '" + view.code()
                        + "' as view, count(*) as n from (select 1 from support_case k where k.workspace_id = $1 and "
                        + view.condition() + " limit " + (COUNTED + 1) + ") counted")
                .collect(Collectors.joining(" union all "));
        return database.sql("with named as (select $2::timestamptz, $3::uuid) " + sql)
                .bind(0, workspaceId)
                .bind(1, now)
                .bind(2, Cases.orNull(UUID.class, me))
                .map((Readable row) -> Map.entry(
                        CaseView.of(value(row, "view", String.class)).orElseThrow(), value(row, "n", Long.class)))
                .all()
                .collect(
                        () -> new EnumMap<CaseView, Long>(CaseView.class),
                        (counts, one) -> counts.put(one.getKey(), one.getValue()))
                .map(Map::copyOf);
    }

    /** How many fit each of these, in their order, counted up to one more than {@link #COUNTED}; one statement. */
    Mono<List<Long>> counts(UUID workspaceId, UUID me, List<CaseQuery> queries, Instant now) {
        if (queries.isEmpty()) {
            return Mono.just(List.of());
        }
        var binds = new Binds();
        binds.add(workspaceId);
        binds.add(now);
        binds.add(me);
        var columns = queries.stream()
                .map(query -> "(select count(*) from (select 1 from support_case k where k.workspace_id = $1 and "
                        + conditions(query, binds) + " limit " + (COUNTED + 1) + ") counted)")
                .collect(Collectors.joining(", "));
        return binds.statement(database, "select array[" + columns + "]::bigint[] as counts")
                .map((Readable row) -> List.of(value(row, "counts", Long[].class)))
                .one();
    }

    /** Of a case k; $2 is the time and $3 who looks, both named whichever the view looks at. */
    private static StringBuilder conditions(CaseQuery query, Binds binds) {
        var conditions = new StringBuilder(query.view().condition());
        conditions.append(" and $2::timestamptz is not null and ($3::uuid is null or true)");
        var words = words(query);
        if (!words.isEmpty()) {
            // As a subquery, so that the planner does not guess from how many cases have each word how many have all of
            // them.
            conditions
                    .append(" and k.words @@ (select to_tsquery('simple', ")
                    .append(binds.add(words))
                    .append("))");
        }
        if (query.contact() != null) {
            conditions.append(" and k.contact_id = ").append(binds.add(query.contact()));
        }
        if (query.team() != null) {
            conditions.append(" and k.team = ").append(binds.add(query.team()));
        }
        return conditions;
    }

    /** The teams that cases are given to, by name; at most a hundred. */
    public Mono<List<String>> teams(UUID workspaceId) {
        return database.sql("""
                        with recursive t as (
                            (select team from support_case where workspace_id = $1 and team is not null order by team limit 1)
                            union all select (select k.team from support_case k where k.workspace_id = $1 and k.team > t.team order by k.team limit 1) from t where t.team is not null)
                        select team from t where team is not null limit 100
                        """)
                .bind(0, workspaceId)
                .mapValue(String.class)
                .all()
                .collectList();
    }

    private static String words(CaseQuery query) {
        return query.search() == null ? "" : words(query.search());
    }

    /** Words as full-text search takes them: all of them, the last perhaps only begun. */
    static String words(String search) {
        var words = Arrays.stream(search.split("[^\\p{L}\\p{N}]+"))
                .filter(word -> !word.isBlank())
                .limit(10)
                .toList();
        return words.isEmpty() ? "" : String.join(" & ", words) + ":*";
    }
}
