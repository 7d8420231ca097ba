package dev.afterword.db.inbox;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.Key;
import dev.afterword.db.Unnest;
import dev.afterword.db.response.ScoreBand;
import dev.afterword.db.survey.Question;
import dev.afterword.db.survey.SurveyVersion;
import dev.afterword.db.survey.Surveys;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** How many of the latest answers each rule would have opened a case for, so that nobody floods the inbox. */
@Repository
public class CaughtByRules {
    public static final int DAYS = 90;

    private final DatabaseClient database;
    private final Surveys surveys;

    CaughtByRules(DatabaseClient database, Surveys surveys) {
        this.database = database;
        this.surveys = surveys;
    }

    /**
     * What the rules would have done.
     *
     * @param answers in all, that a rule could look at
     * @param byRule the answers for which each holds; one can be caught by several, and opens one case
     */
    public record Caught(long answers, Map<UUID, Long> byRule) {
        public long of(UUID rule) {
            return byRule.getOrDefault(rule, 0L);
        }
    }

    private record Band(UUID versionId, String question, ScoreBand band) {}

    /** Of the last 90 days, by one statement, as {@link CaseRule#holds} decides. */
    public Mono<Caught> last90Days(UUID workspaceId, Instant now) {
        return bands(workspaceId, now).flatMap(bands -> count(workspaceId, bands, now));
    }

    /** Which scores are good and bad, in every version that was answered. */
    private Mono<List<Band>> bands(UUID workspaceId, Instant now) {
        return database.sql(
                        "select distinct version_id from response where workspace_id = $1 and answered_at > $2 and answered_at <= $3")
                .bind(0, workspaceId)
                .bind(1, since(now))
                .bind(2, now)
                .mapValue(UUID.class)
                .all()
                .collectList()
                .flatMapMany(Flux::fromIterable)
                .concatMap(id -> surveys.version(new Key(workspaceId, id)))
                .concatMapIterable(version -> bands(version).toList())
                .collectList();
    }

    private static Stream<Band> bands(SurveyVersion version) {
        return SaidAnswers.first(version).stream()
                .flatMap((Question first) -> ScoreBand.of(first).stream()
                        .map(band -> new Band(version.key().id(), first.key(), band)));
    }

    private Mono<Caught> count(UUID workspaceId, List<Band> bands, Instant now) {
        return Unnest.into(
                        database.sql("""
                        with band as (
                            select * from unnest($4::uuid[], $5::text[], $6::text[], $7::int[], $8::int[]) b (version_id, question_key, verdict, low, high)
                        ), given as materialized (
                            select r.id, r.order_id, r.contact_id, (
                                select b.verdict from band b join answer a on a.workspace_id = $1 and a.response_id = r.id and a.question_key = b.question_key
                                    and a.row_key = '' and a.item = '' and not (a.skipped or a.hidden or a.not_applicable) and trunc(a.number) between b.low and b.high
                                where b.version_id = r.version_id limit 1) as verdict
                            from response r
                            where r.workspace_id = $1 and r.answered_at > $2 and r.answered_at <= $3 and r.confirmed_at is not null and r.discarded_at is null and not r.imported
                        )
                        select c.id, count(g.id) as n, (select count(*) from given) as answers from case_rule c
                        left join given g on (c.band is null or c.band = g.verdict)
                            and (c.keywords = '{}' or exists (
                                select from answer a, unnest(c.keywords) k (word)
                                where a.workspace_id = $1 and a.response_id = g.id and a.row_key = '' and a.item = '' and not (a.skipped or a.hidden or a.not_applicable)
                                and strpos(lower(a.text), lower(k.word)) > 0))
                            and (c.products = '{}' or exists (
                                select from order_line l where l.workspace_id = $1 and l.order_id = g.order_id and l.sku = any(c.products)))
                            and (c.least_spent is null or c.least_spent <= coalesce((
                                select sum(o.total_amount) as sum from customer_order o where o.workspace_id = $1 and o.contact_id = g.contact_id and not o.test
                                and o.status not in ('cancelled', 'refunded') group by o.total_currency order by sum desc nulls last limit 1), 0))
                            and (c.topics = '{}' or exists (
                                select from response_topic x where x.workspace_id = $1 and x.response_id = g.id and x.topic_id = any(c.topics) and not x.taken))
                        where c.workspace_id = $1 group by c.id
                        union all select null, 0, count(*) from given
                        """)
                                .bind(0, workspaceId)
                                .bind(1, since(now))
                                .bind(2, now),
                        3,
                        bands)
                .column(UUID.class, Band::versionId)
                .column(String.class, Band::question)
                .column(String.class, one -> SaidAnswers.code(one.band()))
                .column(Integer.class, one -> one.band().from())
                .column(Integer.class, one -> one.band().to())
                .bound()
                .map(CaughtByRules::row)
                .all()
                .collectList()
                .map(CaughtByRules::caught);
    }

    private record Row(Map<UUID, Long> rule, long answers) {}

    private static Row row(Readable row) {
        var id = row.get("id", UUID.class);
        return new Row(
                id == null ? Map.of() : Map.of(id, value(row, "n", Long.class)), value(row, "answers", Long.class));
    }

    private static Caught caught(List<Row> rows) {
        var byRule = new HashMap<UUID, Long>();
        rows.forEach(row -> byRule.putAll(row.rule()));
        return new Caught(rows.getFirst().answers(), Map.copyOf(byRule));
    }

    private static Instant since(Instant now) {
        return now.minus(Duration.ofDays(DAYS));
    }
}
