package dev.afterword.db.followup;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.Columns;
import dev.afterword.db.Key;
import dev.afterword.db.followup.journey.FactKind;
import dev.afterword.db.followup.journey.FollowUpDefinition;
import dev.afterword.db.response.ScoreBand;
import dev.afterword.db.survey.Question;
import dev.afterword.db.survey.SurveyVersion;
import dev.afterword.db.survey.Surveys;
import io.r2dbc.spi.Readable;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What only some follow-ups ask for: what contacts have bought, when they were written to, and what they answered. One statement each, and none that no rule needs. */
@Component
class MoreFacts {
    private static final Set<FactKind> BOUGHT =
            Set.of(FactKind.ORDERS, FactKind.SPENT, FactKind.DAYS_SINCE_ORDER, FactKind.POSITION);
    private static final Set<FactKind> OWNED = Set.of(FactKind.OWNED_PRODUCTS, FactKind.OWNED_CATEGORIES);
    private static final Set<FactKind> WRITTEN = Set.of(FactKind.DAYS_SINCE_WRITTEN, FactKind.DAYS_SINCE_FOLLOW_UP);
    private static final Set<FactKind> ANSWERED = Set.of(FactKind.ANSWER, FactKind.BAND);

    private final Surveys surveys;
    private final DatabaseClient database;

    MoreFacts(Surveys surveys, DatabaseClient database) {
        this.surveys = surveys;
        this.database = database;
    }

    /** Somebody about whom something is asked; the response and the order may be missing. */
    record Person(
            UUID id,
            UUID contactId,
            @Nullable UUID orderId,
            @Nullable UUID responseId) {}

    /** What the rules of these definitions look at beyond the contact and the order, by the person's id. */
    Mono<Map<UUID, Map<String, List<String>>>> of(
            UUID workspaceId, Collection<FollowUpDefinition> definitions, List<Person> people, Instant now) {
        var found = new HashMap<UUID, KnownFacts>();
        people.forEach(person -> found.put(person.id(), new KnownFacts()));
        return Flux.concat(
                        look(definitions, BOUGHT) ? bought(workspaceId, people, found, now) : Mono.empty(),
                        look(definitions, OWNED) ? owned(workspaceId, people, found) : Mono.empty(),
                        look(definitions, WRITTEN) ? written(workspaceId, people, found, now) : Mono.empty(),
                        look(definitions, ANSWERED) ? answered(workspaceId, people, found) : Mono.empty(),
                        look(definitions, Set.of(FactKind.LATEST_SCORE))
                                ? scores(workspaceId, people, found)
                                : Mono.empty())
                .then(Mono.fromSupplier(() -> found.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, entry -> entry.getValue().facts()))));
    }

    /** What they answered: the response that is named, else the latest about the order. */
    Mono<Map<UUID, Map<String, List<String>>>> answers(UUID workspaceId, List<Person> people) {
        var found = new HashMap<UUID, KnownFacts>();
        return answered(workspaceId, people, found)
                .then(Mono.fromSupplier(() -> found.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, entry -> entry.getValue().facts()))));
    }

    private static boolean look(Collection<FollowUpDefinition> definitions, Set<FactKind> kinds) {
        return definitions.stream().anyMatch(one -> kinds.stream().anyMatch(one::looksAt));
    }

    private Mono<Void> bought(UUID workspaceId, List<Person> people, Map<UUID, KnownFacts> found, Instant now) {
        return statement("""
                        select n.id, count(o.id) as orders, spent.sum as spent, max(o.placed_at) as latest,
                            count(o.id) filter (where o.placed_at <= mine.placed_at) as position
                        from unnest($2::uuid[], $3::uuid[], $4::uuid[]) n(id, contact_id, order_id)
                        left join customer_order o on o.workspace_id = $1 and o.contact_id = n.contact_id and not o.test and o.status not in ('cancelled', 'refunded')
                        left join lateral (
                            select sum(s.total_amount) as sum from customer_order s
                            where s.workspace_id = $1 and s.contact_id = n.contact_id and not s.test and s.status not in ('cancelled', 'refunded')
                            group by s.total_currency order by sum desc nulls last limit 1) spent on true
                        left join customer_order mine on mine.workspace_id = $1 and mine.id = n.order_id
                        group by n.id, mine.placed_at, spent.sum
                        """, workspaceId, people)
                .map((Readable row) -> {
                    var facts = of(row, found);
                    facts.number("contact.orders", row.get("orders", Long.class));
                    facts.number("contact.spent", row.get("spent", BigDecimal.class));
                    var position = value(row, "position", Long.class);
                    facts.number("order.position", position == 0 ? null : position);
                    days(facts, "contact.days-since-order", row.get("latest", Instant.class), now);
                    return facts;
                })
                .all()
                .then();
    }

    private Mono<Void> owned(UUID workspaceId, List<Person> people, Map<UUID, KnownFacts> found) {
        return statement("""
                        select n.id, array_agg(distinct x.sku) filter (where x.sku is not null) as products,
                            array_agg(distinct coalesce(x.category, p.category)) filter (where coalesce(x.category, p.category) is not null) as categories
                        from unnest($2::uuid[], $3::uuid[], $4::uuid[]) n(id, contact_id, order_id)
                        join customer_order o on o.workspace_id = $1 and o.contact_id = n.contact_id and not o.test and o.status not in ('cancelled', 'refunded')
                        join order_line x on x.workspace_id = $1 and x.order_id = o.id
                        left join product p on p.workspace_id = $1 and p.sku = x.sku
                        group by n.id
                        """, workspaceId, people)
                .map((Readable row) -> {
                    var facts = of(row, found);
                    facts.words(FactKind.OWNED_PRODUCTS.code(), row.get("products", String[].class));
                    facts.words(FactKind.OWNED_CATEGORIES.code(), row.get("categories", String[].class));
                    return facts;
                })
                .all()
                .then();
    }

    private Mono<Void> written(UUID workspaceId, List<Person> people, Map<UUID, KnownFacts> found, Instant now) {
        return statement("""
                        select n.id, f.key, max(d.finished_at) as latest
                        from unnest($2::uuid[], $3::uuid[], $4::uuid[]) n(id, contact_id, order_id)
                        join send d on d.workspace_id = $1 and d.contact_id = n.contact_id and d.state in ('accepted', 'unknown')
                        left join follow_up f on f.workspace_id = $1 and f.id = d.follow_up_id
                        group by n.id, f.key order by latest
                        """, workspaceId, people)
                .map((Readable row) -> {
                    var facts = of(row, found);
                    var latest = row.get("latest", Instant.class);
                    var key = row.get("key", String.class);
                    days(facts, "contact.days-since-written", latest, now);
                    if (key != null) {
                        days(facts, FactKind.DAYS_SINCE_FOLLOW_UP.code() + key, latest, now);
                    }
                    return facts;
                })
                .all()
                .then();
    }

    private record Given(UUID id, UUID versionId, String question, List<String> words) {}

    private Mono<Void> answered(UUID workspaceId, List<Person> people, Map<UUID, KnownFacts> found) {
        return statement("""
                        select n.id, r.version_id, a.question_key, a.number, coalesce(a.text, a.day::text) as text, a.choices
                        from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[]) n(id, contact_id, order_id, response_id)
                        join lateral (
                            select r.id, r.version_id from response r
                            where r.workspace_id = $1 and r.confirmed_at is not null and r.discarded_at is null
                            and (r.id = n.response_id or (n.response_id is null and r.order_id = n.order_id))
                            order by r.answered_at desc limit 1) r on true
                        join answer a on a.workspace_id = $1 and a.response_id = r.id and a.row_key = '' and a.item = '' and not (a.skipped or a.hidden or a.not_applicable)
                        """, workspaceId, people)
                .bind(4, Columns.array(people, UUID.class, Person::responseId))
                .map(MoreFacts::given)
                .all()
                .collectList()
                .flatMap(given -> versions(
                                workspaceId,
                                given.stream().map(Given::versionId).collect(Collectors.toSet()))
                        .doOnNext(versions -> given.forEach(one -> keep(one, versions, of(one.id(), found))))
                        .then());
    }

    private Mono<Map<UUID, SurveyVersion>> versions(UUID workspaceId, Set<UUID> ids) {
        return Flux.fromIterable(ids)
                .concatMap(id -> surveys.version(new Key(workspaceId, id)))
                .collectMap(version -> version.key().id());
    }

    private static void keep(Given given, Map<UUID, SurveyVersion> versions, KnownFacts facts) {
        facts.words(FactKind.ANSWER.code() + given.question(), given.words().toArray(String[]::new));
        var version = versions.get(given.versionId());
        if (version == null || given.words().isEmpty()) {
            return;
        }
        version.definition().questions().stream()
                .filter(Question.Scale.class::isInstance)
                .findFirst()
                .filter(first -> first.key().equals(given.question()))
                .flatMap(first ->
                        ScoreBand.of(first, new BigDecimal(given.words().getFirst()).intValue()))
                .ifPresent(band ->
                        facts.text("response.band", band.verdict().name().toLowerCase(Locale.ROOT)));
    }

    private static Given given(Readable row) {
        var number = row.get("number", BigDecimal.class);
        var options = row.get("choices", String[].class);
        var text = row.get("text", String.class);
        List<String> words;
        if (number != null) {
            words = List.of(number.stripTrailingZeros().toPlainString());
        } else if (options != null) {
            words = List.of(options);
        } else {
            words = text == null ? List.of() : List.of(text);
        }
        return new Given(
                value(row, "id", UUID.class),
                value(row, "version_id", UUID.class),
                value(row, "question_key", String.class),
                words);
    }

    private Mono<Void> scores(UUID workspaceId, List<Person> people, Map<UUID, KnownFacts> found) {
        return statement("""
                        select distinct on (n.id, a.question_key) n.id, a.question_key, a.number
                        from unnest($2::uuid[], $3::uuid[], $4::uuid[]) n(id, contact_id, order_id)
                        join response r on r.workspace_id = $1 and r.contact_id = n.contact_id and r.confirmed_at is not null and r.discarded_at is null
                        join answer a on a.workspace_id = $1 and a.response_id = r.id and a.number is not null
                        order by n.id, a.question_key, r.answered_at desc
                        """, workspaceId, people)
                .map((Readable row) -> {
                    var facts = of(row, found);
                    facts.number(
                            FactKind.LATEST_SCORE.code() + value(row, "question_key", String.class),
                            value(row, "number", BigDecimal.class).stripTrailingZeros());
                    return facts;
                })
                .all()
                .then();
    }

    private DatabaseClient.GenericExecuteSpec statement(String sql, UUID workspaceId, List<Person> people) {
        return database.sql(sql)
                .bind(0, workspaceId)
                .bind(1, Columns.array(people, UUID.class, Person::id))
                .bind(2, Columns.array(people, UUID.class, Person::contactId))
                .bind(3, Columns.array(people, UUID.class, Person::orderId));
    }

    private static void days(KnownFacts facts, String code, @Nullable Instant since, Instant now) {
        if (since != null) {
            facts.number(code, Duration.between(since, now).toDays());
        }
    }

    private static KnownFacts of(Readable row, Map<UUID, KnownFacts> found) {
        return of(value(row, "id", UUID.class), found);
    }

    private static KnownFacts of(UUID id, Map<UUID, KnownFacts> found) {
        return found.computeIfAbsent(id, any -> new KnownFacts());
    }
}
