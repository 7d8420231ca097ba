package dev.afterword.db.followup;

import dev.afterword.db.Columns;
import dev.afterword.db.message.SkipReason;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Takes back what was planned in steps to which people do not come any more, because the follow-up was changed or something happened meanwhile. */
@Component
class TakeBackStrayed {
    private final DatabaseClient database;

    TakeBackStrayed(DatabaseClient database) {
        this.database = database;
    }

    private record Stray(UUID send, SkipReason reason) {}

    /** Joins the transaction of its caller, who asks the contact policy behind it: what is taken back is in nobody's way. Most often there is nothing, and no statement. */
    Mono<Void> takeBack(UUID workspaceId, List<Course> courses, Instant now) {
        var strays = courses.stream()
                .flatMap(course -> course.strayed().stream()
                        .map(send -> new Stray(send, course.exit() == null ? SkipReason.STEP_GONE : course.exit())))
                .toList();
        return strays.isEmpty()
                ? Mono.empty()
                : database.sql("""
                        update send s set state = 'skipped', skip_reason = n.reason, finished_at = $2
                        from unnest($3::uuid[], $4::text[]) n(id, reason)
                        where s.workspace_id = $1 and s.id = n.id and s.state = 'planned'
                        """)
                        .bind(0, workspaceId)
                        .bind(1, now)
                        .bind(2, Columns.array(strays, UUID.class, Stray::send))
                        .bind(
                                3,
                                Columns.array(
                                        strays,
                                        String.class,
                                        stray -> stray.reason().code()))
                        .then();
    }
}
