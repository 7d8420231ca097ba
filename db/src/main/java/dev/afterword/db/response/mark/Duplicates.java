package dev.afterword.db.response.mark;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.Unnest;
import dev.afterword.db.response.Mark;
import dev.afterword.db.response.Marked;
import dev.afterword.db.survey.Answer;
import dev.afterword.db.survey.Slot;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** Finds the same words of two people within a day, in hashes of what was written lately; both are marked. */
@Repository
class Duplicates {
    private static final Duration KEPT = Duration.ofDays(2);

    private final DatabaseClient database;

    Duplicates(DatabaseClient database) {
        this.database = database;
    }

    private record Said(Answered by, Slot slot, long words) {}

    /** The marks of all responses that these may change: an empty list takes one away. */
    Mono<Map<UUID, List<Marked>>> of(UUID workspaceId, List<Answered> answered) {
        var live = answered.stream().filter(one -> !one.imported()).toList();
        var ids = live.stream().map(one -> one.key().id()).toList();
        if (ids.isEmpty()) {
            return Mono.just(Map.of());
        }
        return alike(workspaceId, ids)
                .flatMap(before -> replace(workspaceId, ids, said(live))
                        .then(alike(workspaceId, ids))
                        .flatMap(now -> {
                            var touched = new HashSet<>(ids);
                            touched.addAll(before);
                            touched.addAll(now);
                            return marks(workspaceId, touched);
                        }));
    }

    private static List<Said> said(List<Answered> answered) {
        var said = new ArrayList<Said>();
        for (var one : answered) {
            one.answers().forEach((slot, answer) -> {
                if (answer instanceof Answer.Words words) {
                    Repeated.words(one.key().workspaceId(), words.text())
                            .ifPresent(hash -> said.add(new Said(one, slot, hash)));
                }
            });
        }
        return said;
    }

    private Mono<Void> replace(UUID workspaceId, Collection<UUID> ids, List<Said> said) {
        var gone = database.sql("delete from said where workspace_id = $1 and response_id = any($2)")
                .bind(0, workspaceId)
                .bind(1, ids.toArray(UUID[]::new))
                .then();
        return said.isEmpty()
                ? gone
                : gone.then(Unnest.into(database.sql("""
                                insert into said (workspace_id, response_id, slot, words, contact_id, at)
                                select $1, * from unnest($2::uuid[], $3::text[], $4::bigint[], $5::uuid[], $6::timestamptz[])
                                on conflict do nothing
                                """).bind(0, workspaceId), 1, said)
                        .column(UUID.class, one -> one.by().key().id())
                        .column(String.class, one -> one.slot().toString())
                        .column(Long.class, Said::words)
                        .column(UUID.class, one -> one.by().contactId())
                        .column(Instant.class, one -> one.by().answeredAt())
                        .bound()
                        .then());
    }

    private static final String OTHERS = """
            from said a join said b on b.workspace_id = $1 and b.words = a.words and b.response_id <> a.response_id
                and b.at between a.at - interval '1 day' and a.at + interval '1 day'
                and (a.contact_id is null or b.contact_id is null or a.contact_id <> b.contact_id)
            where a.workspace_id = $1 and a.response_id = any($2)
            """;

    private Mono<List<UUID>> alike(UUID workspaceId, Collection<UUID> ids) {
        return database.sql("select distinct b.response_id " + OTHERS + " limit 1000")
                .bind(0, workspaceId)
                .bind(1, ids.toArray(UUID[]::new))
                .mapValue(UUID.class)
                .all()
                .collectList();
    }

    private Mono<Map<UUID, List<Marked>>> marks(UUID workspaceId, Collection<UUID> ids) {
        var marks = new HashMap<UUID, List<Marked>>();
        ids.forEach(id -> marks.put(id, List.of()));
        return database.sql("select distinct on (a.response_id) a.response_id, a.slot, b.response_id as other " + OTHERS
                        + " order by a.response_id, b.at, b.response_id")
                .bind(0, workspaceId)
                .bind(1, ids.toArray(UUID[]::new))
                .map((Readable row) -> Map.entry(
                        value(row, "response_id", UUID.class),
                        new Marked(
                                Mark.DUPLICATE,
                                Rule.VERSION,
                                Map.of(
                                        "question",
                                        Slot.parse(value(row, "slot", String.class))
                                                .question(),
                                        "response",
                                        value(row, "other", UUID.class).toString()))))
                .all()
                .doOnNext(one -> marks.put(one.getKey(), List.of(one.getValue())))
                .then(Mono.fromSupplier(() -> Map.copyOf(marks)));
    }

    /** Forgets what is too old to be like anything. */
    Mono<Void> forget(UUID workspaceId, Instant now) {
        return database.sql("delete from said where workspace_id = $1 and at < $2")
                .bind(0, workspaceId)
                .bind(1, now.minus(KEPT))
                .then();
    }
}
