package dev.afterword.db.inbox;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.Key;
import dev.afterword.db.inbox.CaseRule.Answered;
import dev.afterword.db.response.ScoreBand;
import dev.afterword.db.survey.Question;
import dev.afterword.db.survey.SurveyVersion;
import dev.afterword.db.survey.Surveys;
import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Readable;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** What customers said in confirmed answers that count: what rules look at, and what staff is told of. */
@Component
class SaidAnswers {
    private static final TypeReference<Map<String, BigDecimal>> SCORES = new TypeReference<>() {};

    private final Surveys surveys;
    private final DatabaseClient database;
    private final JsonMapper json;

    SaidAnswers(Surveys surveys, DatabaseClient database, JsonMapper json) {
        this.surveys = surveys;
        this.database = database;
        this.json = json;
    }

    /**
     * What one answer says.
     *
     * @param score to the first score that the survey asks; null where it was not given
     * @param best the most that could have been given
     */
    record Said(
            UUID id,
            @Nullable UUID contactId,
            @Nullable UUID orderId,
            @Nullable Integer score,
            int best,
            Answered answered) {}

    private record Row(
            UUID id,
            UUID versionId,
            @Nullable UUID contactId,
            @Nullable UUID orderId,
            String scores,
            String words,
            List<String> products,
            BigDecimal spent,
            List<UUID> topics) {}

    Flux<Said> of(UUID workspaceId, UUID[] responses) {
        return database.sql("""
                        select r.id, r.version_id, r.contact_id, r.order_id, a.scores, a.words,
                            coalesce((select array_agg(l.sku) from order_line l where l.workspace_id = $1 and l.order_id = r.order_id and l.sku is not null), '{}') as products,
                            coalesce((select sum(o.total_amount) as sum from customer_order o where o.workspace_id = $1 and o.contact_id = r.contact_id and not o.test
                                and o.status not in ('cancelled', 'refunded') group by o.total_currency order by sum desc nulls last limit 1), 0) as spent,
                            array(select x.topic_id from response_topic x where x.workspace_id = $1 and x.response_id = r.id and not x.taken) as topics
                        from response r
                        join lateral (
                            select coalesce(jsonb_object_agg(a.question_key, a.number) filter (where a.number is not null), '{}') as scores,
                                coalesce(string_agg(a.text, chr(10) order by a.question_key) filter (where a.text is not null), '') as words
                            from answer a where a.workspace_id = $1 and a.response_id = r.id and a.row_key = '' and a.item = ''
                            and not (a.skipped or a.hidden or a.not_applicable)) a on true
                        where r.workspace_id = $1 and r.id = any($2) and r.confirmed_at is not null and r.discarded_at is null and not r.imported
                        """)
                .bind(0, workspaceId)
                .bind(1, responses)
                .map((Readable row) -> new Row(
                        value(row, "id", UUID.class),
                        value(row, "version_id", UUID.class),
                        row.get("contact_id", UUID.class),
                        row.get("order_id", UUID.class),
                        value(row, "scores", Json.class).asString(),
                        value(row, "words", String.class),
                        List.of(value(row, "products", String[].class)),
                        value(row, "spent", BigDecimal.class),
                        List.of(value(row, "topics", UUID[].class))))
                .all()
                .collectList()
                .flatMapMany(Flux::fromIterable)
                .concatMap(row ->
                        surveys.version(new Key(workspaceId, row.versionId())).map(version -> said(row, version)));
    }

    private Said said(Row row, SurveyVersion version) {
        var first = first(version);
        var score = first.map(question -> json.readValue(row.scores(), SCORES).get(question.key()));
        var band = score.flatMap(given -> ScoreBand.of(first.orElseThrow(), given.intValue()))
                .map(SaidAnswers::code);
        return new Said(
                row.id(),
                row.contactId(),
                row.orderId(),
                score.map(BigDecimal::intValue).orElse(null),
                first.map(SaidAnswers::best).orElse(0),
                new Answered(band.orElse(null), row.words(), row.products(), row.spent(), row.topics()));
    }

    /** The first score that a survey asks decides. */
    static Optional<Question> first(SurveyVersion version) {
        return version.definition().questions().stream()
                .filter(Question.Scale.class::isInstance)
                .findFirst();
    }

    static String code(ScoreBand band) {
        return band.verdict().name().toLowerCase(Locale.ROOT);
    }

    private static int best(Question question) {
        return ScoreBand.of(question).stream().mapToInt(ScoreBand::to).max().orElse(0);
    }
}
