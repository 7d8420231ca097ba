package dev.afterword.db.response.mark;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.response.Mark;
import dev.afterword.db.response.Marked;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Marks complete responses that came sooner after the questions were first shown than they can be read; only where it is known when that was. */
@Component
public class MarkSpeeders {
    private final AnsweredResponses responses;
    private final DatabaseClient database;

    MarkSpeeders(AnsweredResponses responses, DatabaseClient database) {
        this.responses = responses;
        this.database = database;
    }

    private record Shown(Instant at, @Nullable String chosen) {}

    /** The responses to these invitations. */
    public Mono<Void> of(UUID workspaceId, Collection<UUID> invitations) {
        return invitations.isEmpty()
                ? Mono.empty()
                : responses
                        .of(workspaceId, invitations)
                        .zipWith(shown(workspaceId, invitations))
                        .flatMap(read -> {
                            var marks = new HashMap<UUID, List<Marked>>();
                            for (var one : read.getT1()) {
                                var shown = read.getT2().get(one.key().id());
                                if (one.complete() && shown != null) {
                                    marks.put(
                                            one.key().id(),
                                            Speed.of(
                                                            one,
                                                            shown.chosen(),
                                                            Duration.between(shown.at(), one.answeredAt()))
                                                    .map(why -> List.of(new Marked(Mark.SPEEDER, Rule.VERSION, why)))
                                                    .orElse(List.of()));
                                }
                            }
                            return responses.write(workspaceId, Set.of(Mark.SPEEDER), marks);
                        });
    }

    /** When each was first shown to somebody who is not taken for a machine; the response has its invitation's id. */
    private Mono<Map<UUID, Shown>> shown(UUID workspaceId, Collection<UUID> invitations) {
        return database.sql("""
                        select distinct on (invitation_id) invitation_id, at, split_part(chosen, '=', 1) as chosen
                        from hit where workspace_id = $1 and invitation_id = any($2) and target = 'page' and method = 'GET' and verdict is distinct from 'machine'
                        order by invitation_id, at
                        """)
                .bind(0, workspaceId)
                .bind(1, invitations.toArray(UUID[]::new))
                .map((Readable row) -> Map.entry(
                        value(row, "invitation_id", UUID.class),
                        new Shown(value(row, "at", Instant.class), row.get("chosen", String.class))))
                .all()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
