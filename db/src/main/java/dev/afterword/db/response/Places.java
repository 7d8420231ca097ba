package dev.afterword.db.response;

import dev.afterword.db.Columns;
import dev.afterword.db.Conflict;
import dev.afterword.db.Key;
import dev.afterword.db.Problem;
import dev.afterword.db.response.AnswerStatements.Checked;
import dev.afterword.db.survey.SurveySettings;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * The places of surveys that take only so many responses, or one from each customer. The first answer takes a place; one that nobody confirmed gives it back
 * after {@link SurveySettings#GRACE}. Places are given under the survey's lock, so that never more are given than there are.
 */
@Component
public class Places {
    private final DatabaseClient database;

    Places(DatabaseClient database) {
        this.database = database;
    }

    /** Whether responses other than that of invitation v fill survey s; the time is the parameter before which nothing unconfirmed holds a place. */
    public static String full(String since) {
        return """
                (s.quota is not null and (select count(*) from (
                    select 1 from response p where p.workspace_id = s.workspace_id and p.survey_id = s.id and not p.imported and p.id is distinct from v.id
                    and p.discarded_at is null and (p.confirmed_at is not null or p.answered_at > %s) limit s.quota) n)
                    + (select count(*) from sealed_answer w where w.workspace_id = s.workspace_id and w.survey_id = s.id) >= s.quota)""".formatted(since);
    }

    /** At which other invitation the customer of invitation v has answered survey s, where once is all; null for none. */
    static final String ELSEWHERE = """
            (case when s.one_answer and s.anonymous then (select p.id from invitation p where p.workspace_id = v.workspace_id and p.contact_id = v.contact_id
                and p.survey_id = v.survey_id and p.id <> v.id and p.answered_at is not null limit 1)
                when s.one_answer then (select p.id from response p where p.workspace_id = v.workspace_id and p.contact_id = v.contact_id
                and p.survey_id = v.survey_id and p.id <> v.id and p.invitation_id is not null and p.confirmed_at is not null and p.discarded_at is null limit 1) end)""";

    /**
     * What an invitation has.
     *
     * @param once whether its survey takes one answer from each customer
     * @param held whether it has a place already
     */
    private record Place(
            Key invitation, Key survey, @Nullable Key contact, boolean once, boolean elsewhere, boolean held) {}

    /** Locks the surveys, in one order, before any invitation is locked. */
    Mono<Void> lock(DatabaseClient database, List<Checked> batch) {
        var keys = limited(batch);
        return keys.isEmpty()
                ? Mono.empty()
                : database.sql("""
                        select s.id from survey s where s.workspace_id = any($3::uuid[]) and (s.workspace_id, s.id) in (
                            select v.workspace_id, v.survey_id from unnest($1::uuid[], $2::uuid[]) as i (workspace_id, id)
                            join invitation v on v.workspace_id = i.workspace_id and v.id = i.id)
                        order by s.workspace_id, s.id for no key update of s
                        """)
                        .bind(0, Columns.array(keys, UUID.class, Key::workspaceId))
                        .bind(1, Columns.array(keys, UUID.class, Key::id))
                        .bind(2, workspaces(keys))
                        .then();
    }

    /** The invitations for which there is no place, with the reason. */
    Mono<Map<Key, Problem>> refused(DatabaseClient database, List<Checked> batch) {
        var keys = limited(batch);
        if (keys.isEmpty()) {
            return Mono.just(Map.of());
        }
        var since = batch.getFirst().given().at().minus(SurveySettings.GRACE);
        var confirmed = batch.stream()
                .map(Checked::given)
                .filter(GivenAnswers::confirmed)
                .map(GivenAnswers::invitation)
                .collect(Collectors.toSet());
        return Mono.zip(places(database, keys, since), left(database, keys, since))
                .map(both -> refused(both.getT1(), both.getT2(), confirmed));
    }

    private static Map<Key, Problem> refused(List<Place> places, Map<Key, Integer> left, Set<Key> confirmed) {
        var refused = new HashMap<Key, Problem>();
        var remaining = new HashMap<>(left);
        var came = new HashSet<Key>();
        for (var place : places) {
            var again = place.contact() != null && came.contains(place.contact());
            if (place.elsewhere() || again) {
                refused.put(place.invitation(), new Conflict("survey.answered-already"));
            } else if (!place.held() && remaining.merge(place.survey(), -1, Integer::sum) < 0) {
                refused.put(place.invitation(), new Conflict("survey.full"));
            } else if (place.once() && place.contact() != null && confirmed.contains(place.invitation())) {
                came.add(place.contact());
            }
        }
        return refused;
    }

    private static Mono<List<Place>> places(DatabaseClient database, List<Key> invitations, Instant since) {
        return database.sql("""
                        select v.workspace_id, v.id, v.survey_id, v.contact_id, s.one_answer, %s is not null as elsewhere,
                            coalesce(r.confirmed_at is not null or r.answered_at > $4, false) as held
                        from unnest($1::uuid[], $2::uuid[]) as i (workspace_id, id)
                        join invitation v on v.workspace_id = i.workspace_id and v.id = i.id
                        join survey s on s.workspace_id = v.workspace_id and s.id = v.survey_id
                        left join response r on r.workspace_id = v.workspace_id and r.id = v.id
                        where v.workspace_id = any($3::uuid[])
                        """.formatted(ELSEWHERE))
                .bind(0, Columns.array(invitations, UUID.class, Key::workspaceId))
                .bind(1, Columns.array(invitations, UUID.class, Key::id))
                .bind(2, workspaces(invitations))
                .bind(3, since)
                .map((Readable row) -> {
                    var workspaceId = Columns.value(row, "workspace_id", UUID.class);
                    var contactId = row.get("contact_id", UUID.class);
                    return new Place(
                            new Key(workspaceId, Columns.value(row, "id", UUID.class)),
                            new Key(workspaceId, Columns.value(row, "survey_id", UUID.class)),
                            contactId == null ? null : new Key(workspaceId, contactId),
                            Columns.value(row, "one_answer", Boolean.class),
                            Columns.value(row, "elsewhere", Boolean.class),
                            Columns.value(row, "held", Boolean.class));
                })
                .all()
                .collectList();
    }

    /** How many places the surveys with a limit have left. */
    private static Mono<Map<Key, Integer>> left(DatabaseClient database, List<Key> invitations, Instant since) {
        return database.sql("""
                        select s.workspace_id, s.id, coalesce(s.quota - (select count(*)::integer from (
                            select 1 from response p where p.workspace_id = s.workspace_id and p.survey_id = s.id and not p.imported
                            and p.discarded_at is null and (p.confirmed_at is not null or p.answered_at > $4) limit s.quota) n)
                            - (select count(*)::integer from sealed_answer w where w.workspace_id = s.workspace_id and w.survey_id = s.id), %d) as places
                        from survey s where s.workspace_id = any($3::uuid[]) and (s.workspace_id, s.id) in (
                            select v.workspace_id, v.survey_id from unnest($1::uuid[], $2::uuid[]) as i (workspace_id, id)
                            join invitation v on v.workspace_id = i.workspace_id and v.id = i.id)
                        """.formatted(Integer.MAX_VALUE))
                .bind(0, Columns.array(invitations, UUID.class, Key::workspaceId))
                .bind(1, Columns.array(invitations, UUID.class, Key::id))
                .bind(2, workspaces(invitations))
                .bind(3, since)
                .map((Readable row) -> Map.entry(
                        new Key(Columns.value(row, "workspace_id", UUID.class), Columns.value(row, "id", UUID.class)),
                        Columns.value(row, "places", Integer.class)))
                .all()
                .collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    /** Locks the survey and finds whether there is a place for one more that has no invitation; otherwise {@code survey.full}. */
    Mono<Void> oneMore(Key survey, Instant since) {
        return database.sql("select id from survey where workspace_id = $1 and id = $2 for no key update")
                .bind(0, survey.workspaceId())
                .bind(1, survey.id())
                .then()
                .then(database.sql(
                                "select " + full("$3")
                                        + " from survey s cross join (select null::uuid as id) v where s.workspace_id = $1 and s.id = $2")
                        .bind(0, survey.workspaceId())
                        .bind(1, survey.id())
                        .bind(2, since)
                        .mapValue(Boolean.class)
                        .one())
                .flatMap(full -> full ? Mono.error(new Conflict("survey.full")) : Mono.empty());
    }

    private static List<Key> limited(List<Checked> batch) {
        return batch.stream()
                .filter(Checked::limited)
                .map(one -> one.given().invitation())
                .toList();
    }

    private static Object workspaces(Collection<Key> keys) {
        return Columns.array(
                keys.stream().map(Key::workspaceId).collect(Collectors.toSet()), UUID.class, workspace -> workspace);
    }
}
