package dev.afterword.db.inbox;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.DatabaseTime;
import dev.afterword.db.Key;
import dev.afterword.db.event.Event;
import dev.afterword.db.event.EventKind;
import dev.afterword.db.event.EventReader;
import dev.afterword.db.inbox.CaseRule.Answered;
import dev.afterword.db.inbox.OpenCase.Opening;
import dev.afterword.db.response.ScoreBand;
import dev.afterword.db.survey.Question;
import dev.afterword.db.survey.SurveyVersion;
import dev.afterword.db.survey.Surveys;
import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Readable;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Opens cases for answers that a rule wants looked into, once for each answer. */
@Component
class OpenByRules implements EventReader {
    private static final TypeReference<Map<String, BigDecimal>> SCORES = new TypeReference<>() {};

    private final CaseRules rules;
    private final OpenCase openCase;
    private final Surveys surveys;
    private final DatabaseClient database;
    private final DatabaseTime time;
    private final JsonMapper json;

    OpenByRules(
            CaseRules rules,
            OpenCase openCase,
            Surveys surveys,
            DatabaseClient database,
            DatabaseTime time,
            JsonMapper json) {
        this.rules = rules;
        this.openCase = openCase;
        this.surveys = surveys;
        this.database = database;
        this.time = time;
        this.json = json;
    }

    @Override
    public String name() {
        return "case-rules";
    }

    @Override
    public Set<EventKind> kinds() {
        return Set.of(EventKind.RESPONSE_GIVEN, EventKind.RESPONSE_CHANGED);
    }

    private record Given(
            UUID id,
            UUID versionId,
            @Nullable UUID contactId,
            @Nullable UUID orderId,
            String survey,
            String scores,
            String words,
            List<String> products,
            BigDecimal spent) {}

    @Override
    public Mono<Void> handle(UUID workspaceId, List<Event> events) {
        var responses = events.stream()
                .filter(event -> !event.imported())
                .map(Event::subjectId)
                .distinct()
                .toArray(UUID[]::new);
        return responses.length == 0
                ? Mono.empty()
                : rules.all(workspaceId)
                        .filter(found -> !found.isEmpty())
                        .flatMap(found -> time.now()
                                .flatMap(now -> given(workspaceId, responses)
                                        .concatMap(one -> open(workspaceId, one, found, now))
                                        .then()));
    }

    private Flux<Given> given(UUID workspaceId, UUID[] responses) {
        return database.sql("""
                        select r.id, r.version_id, r.contact_id, r.order_id, s.name as survey, a.scores, a.words,
                            coalesce((select array_agg(l.sku) from order_line l where l.workspace_id = $1 and l.order_id = r.order_id and l.sku is not null), '{}') as products,
                            coalesce((select sum(o.total_amount) from customer_order o where o.workspace_id = $1 and o.contact_id = r.contact_id and not o.test
                                and o.status not in ('cancelled', 'refunded')), 0) as spent
                        from response r
                        join survey s on s.workspace_id = $1 and s.id = r.survey_id
                        join lateral (
                            select coalesce(jsonb_object_agg(a.question_key, a.number) filter (where a.number is not null), '{}') as scores,
                                coalesce(string_agg(a.text, chr(10) order by a.question_key) filter (where a.text is not null), '') as words
                            from answer a where a.workspace_id = $1 and a.response_id = r.id and a.row_key = '' and a.item = ''
                            and not (a.skipped or a.hidden or a.not_applicable)) a on true
                        where r.workspace_id = $1 and r.id = any($2) and r.confirmed_at is not null and r.discarded_at is null and not r.imported
                        """)
                .bind(0, workspaceId)
                .bind(1, responses)
                .map((Readable row) -> new Given(
                        value(row, "id", UUID.class),
                        value(row, "version_id", UUID.class),
                        row.get("contact_id", UUID.class),
                        row.get("order_id", UUID.class),
                        value(row, "survey", String.class),
                        value(row, "scores", Json.class).asString(),
                        value(row, "words", String.class),
                        List.of(value(row, "products", String[].class)),
                        value(row, "spent", BigDecimal.class)))
                .all()
                .collectList()
                .flatMapMany(Flux::fromIterable);
    }

    private Mono<Void> open(UUID workspaceId, Given given, List<CaseRule> found, Instant now) {
        return surveys.version(new Key(workspaceId, given.versionId())).flatMap(version -> {
            var answered = new Answered(band(given, version), given.words(), given.products(), given.spent());
            var rule = found.stream().filter(one -> one.holds(answered)).findFirst();
            return rule.isEmpty()
                    ? Mono.<Void>empty()
                    : openCase.open(opening(workspaceId, given, rule.get()), now)
                            .then();
        });
    }

    private static Opening opening(UUID workspaceId, Given given, CaseRule rule) {
        var first = given.words().lines().findFirst().orElse("");
        return new Opening(
                workspaceId,
                rule.kind(),
                first.isBlank() ? rule.name() : first,
                given.contactId(),
                given.orderId(),
                given.id(),
                null,
                "rule",
                "response:" + given.id(),
                rule.priority(),
                null,
                rule.team(),
                given.words(),
                true,
                null,
                null);
    }

    /** Of the first score that the survey asks. */
    private @Nullable String band(Given given, SurveyVersion version) {
        var scores = json.readValue(given.scores(), SCORES);
        return version.definition().questions().stream()
                .filter(Question.Scale.class::isInstance)
                .findFirst()
                .flatMap(first -> Optional.ofNullable(scores.get(first.key()))
                        .flatMap(score -> ScoreBand.of(first, score.intValue())))
                .map(band -> band.verdict().name().toLowerCase(Locale.ROOT))
                .orElse(null);
    }
}
