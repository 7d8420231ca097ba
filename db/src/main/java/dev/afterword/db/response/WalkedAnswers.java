package dev.afterword.db.response;

import dev.afterword.db.Columns;
import dev.afterword.db.Key;
import dev.afterword.db.Problem;
import dev.afterword.db.Rejected;
import dev.afterword.db.Transactions;
import dev.afterword.db.Unnest;
import dev.afterword.db.response.AnswerStatements.Checked;
import dev.afterword.db.response.AnswerStatements.Written;
import dev.afterword.db.survey.Answer;
import dev.afterword.db.survey.Facts;
import dev.afterword.db.survey.Slot;
import dev.afterword.db.survey.Walk;
import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.spi.Readable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes answers to surveys where one answer decides what else is asked: what was answered before and what is known of the customer is read under the
 * invitation's lock, so that two devices never disagree about what is hidden.
 */
@Component
class WalkedAnswers {
    private static final Logger LOG = LoggerFactory.getLogger(WalkedAnswers.class);

    private final AnswerStatements statements;
    private final Places places;
    private final CustomerFacts facts;
    private final DatabaseClient database;
    private final Transactions transactions;
    private final JsonMapper json;

    WalkedAnswers(
            AnswerStatements statements,
            Places places,
            CustomerFacts facts,
            @Qualifier("answerConnections") ConnectionPool connections,
            JsonMapper json) {
        this.statements = statements;
        this.places = places;
        this.facts = facts;
        this.database = DatabaseClient.create(connections);
        this.transactions = new Transactions(connections);
        this.json = json;
    }

    private record Before(Slot slot, AnswerRow row, boolean hidden) {}

    /** An answer of before that is hidden from now on, or counts again. */
    private record Turned(Key invitation, Slot slot, boolean hidden) {}

    private record Walked(Checked checked, List<Turned> turned, Map<String, String> items) {}

    /** Writes answers of different invitations; those where something required is missing, or that cannot be followed, are refused one by one. */
    Mono<Written> write(List<Checked> batch) {
        var keys = batch.stream().map(one -> one.given().invitation()).toList();
        return transactions.run(places.lock(database, batch)
                .then(lock(keys))
                .then(places.refused(database, batch))
                .flatMap(refused -> write(batch, keys, new HashMap<>(refused))));
    }

    private Mono<Written> write(List<Checked> batch, List<Key> keys, Map<Key, Problem> refused) {
        return before(keys).zipWhen(before -> facts.of(database, keys)).flatMap(known -> {
            var walked = new ArrayList<Walked>();
            for (var one : batch) {
                var key = one.given().invitation();
                if (refused.containsKey(key)) {
                    continue;
                }
                try {
                    walked.add(walk(
                            one,
                            known.getT1().getOrDefault(key, List.of()),
                            known.getT2().getOrDefault(key, Facts.NONE)));
                } catch (Rejected problem) {
                    refused.put(key, problem);
                } catch (RuntimeException unforeseen) {
                    LOG.warn("answers to invitation {} were refused", key.id(), unforeseen);
                    refused.put(key, new Rejected("answer.unreadable", "answers"));
                }
            }
            return write(walked, refused);
        });
    }

    private Mono<Written> write(List<Walked> walked, Map<Key, Problem> refused) {
        if (walked.isEmpty()) {
            return Mono.just(new Written(Set.of(), refused));
        }
        return statements.write(walked.stream().map(Walked::checked).toList()).flatMap(taken -> {
            var kept = walked.stream()
                    .filter(one -> taken.contains(one.checked().given().invitation()))
                    .toList();
            return turn(kept.stream().flatMap(one -> one.turned().stream()).toList())
                    .then(name(
                            kept.stream().filter(one -> !one.items().isEmpty()).toList()))
                    .thenReturn(new Written(taken, refused));
        });
    }

    private static Walked walk(Checked checked, List<Before> before, Facts facts) {
        var definition = checked.definition();
        var answers = new LinkedHashMap<Slot, Answer>();
        before.forEach(one -> one.row().in(definition).ifPresent(answer -> answers.put(one.slot(), answer)));
        answers.putAll(checked.answers());
        var walk = Walk.of(definition, facts, answers);
        if (checked.given().complete() && !walk.missing().isEmpty()) {
            throw new Rejected("answer.required", "answers." + walk.missing().getFirst());
        }
        var turned = before.stream()
                .filter(one -> !checked.answers().containsKey(one.slot())
                        && one.hidden() != walk.hidden().contains(one.slot()))
                .map(one -> new Turned(checked.given().invitation(), one.slot(), !one.hidden()))
                .toList();
        var items = new LinkedHashMap<String, String>();
        for (var line : facts.lines()) {
            if (answers.keySet().stream().anyMatch(slot -> slot.item().equals(line.item()))) {
                items.put(line.item(), Objects.requireNonNullElse(line.name(), ""));
            }
        }
        return new Walked(checked.hiding(walk.hidden()), turned, items);
    }

    private Mono<Void> lock(Collection<Key> invitations) {
        return database.sql("""
                        select v.id from unnest($1::uuid[], $2::uuid[]) as i (workspace_id, id)
                        join invitation v on v.workspace_id = i.workspace_id and v.id = i.id
                        where v.workspace_id = any($3::uuid[]) order by v.workspace_id, v.id for no key update of v
                        """)
                .bind(0, Columns.array(invitations, UUID.class, Key::workspaceId))
                .bind(1, Columns.array(invitations, UUID.class, Key::id))
                .bind(2, workspaces(invitations))
                .then();
    }

    /** The response has its invitation's id. */
    private Mono<Map<Key, List<Before>>> before(Collection<Key> invitations) {
        return database.sql("""
                        select a.* from unnest($1::uuid[], $2::uuid[]) as i (workspace_id, id)
                        join answer a on a.workspace_id = i.workspace_id and a.response_id = i.id
                        where a.workspace_id = any($3::uuid[])
                        """)
                .bind(0, Columns.array(invitations, UUID.class, Key::workspaceId))
                .bind(1, Columns.array(invitations, UUID.class, Key::id))
                .bind(2, workspaces(invitations))
                .map((Readable row) -> {
                    var answer = AnswerRow.of(row);
                    return Map.entry(
                            new Key(
                                    Columns.value(row, "workspace_id", UUID.class),
                                    Columns.value(row, "response_id", UUID.class)),
                            new Before(answer.slot(), answer, Columns.value(row, "hidden", Boolean.class)));
                })
                .all()
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    }

    private Mono<Void> turn(List<Turned> turned) {
        if (turned.isEmpty()) {
            return Mono.empty();
        }
        return Unnest.into(
                        database.sql("""
                        update answer a set hidden = x.hidden
                        from unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::boolean[]) as x (workspace_id, response_id, question_key, row_key, item, hidden)
                        where a.workspace_id = any($1::uuid[]) and a.workspace_id = x.workspace_id and a.response_id = x.response_id
                        and a.question_key = x.question_key and a.row_key = x.row_key and a.item = x.item
                        """)
                                .bind(
                                        0,
                                        workspaces(turned.stream()
                                                .map(Turned::invitation)
                                                .toList())),
                        1,
                        turned)
                .column(UUID.class, one -> one.invitation().workspaceId())
                .column(UUID.class, one -> one.invitation().id())
                .column(String.class, one -> one.slot().question())
                .column(String.class, one -> one.slot().row())
                .column(String.class, one -> one.slot().item())
                .column(Boolean.class, Turned::hidden)
                .bound()
                .then();
    }

    /** Keeps what each line of the order was called. */
    private Mono<Void> name(List<Walked> named) {
        if (named.isEmpty()) {
            return Mono.empty();
        }
        var keys = named.stream().map(one -> one.checked().given().invitation()).toList();
        return database.sql("""
                        update response r set items = coalesce(r.items, '{}') || x.items::jsonb
                        from unnest($1::uuid[], $2::uuid[], $3::text[]) as x (workspace_id, id, items)
                        where r.workspace_id = any($4::uuid[]) and r.workspace_id = x.workspace_id and r.id = x.id and not (coalesce(r.items, '{}') @> x.items::jsonb)
                        """)
                .bind(0, Columns.array(keys, UUID.class, Key::workspaceId))
                .bind(1, Columns.array(keys, UUID.class, Key::id))
                .bind(2, Columns.array(named, String.class, one -> json.writeValueAsString(one.items())))
                .bind(3, workspaces(keys))
                .then();
    }

    private static Object workspaces(Collection<Key> keys) {
        return Columns.array(
                keys.stream().map(Key::workspaceId).collect(Collectors.toSet()), UUID.class, workspace -> workspace);
    }
}
