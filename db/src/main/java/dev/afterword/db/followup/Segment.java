package dev.afterword.db.followup;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.Columns;
import dev.afterword.db.followup.Enrollments.Beginning;
import dev.afterword.db.followup.journey.FollowUpDefinition;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** The people of whom a follow-up's audience holds, looked for page by page among all contacts; who was among them before is remembered. */
@Component
class Segment {
    private static final int PAGE = 500;
    private static final UUID FIRST = new UUID(0, 0);

    private final FindBeginnings beginnings;
    private final DatabaseClient database;

    Segment(FindBeginnings beginnings, DatabaseClient database) {
        this.beginnings = beginnings;
        this.database = database;
    }

    /** Those who came into the audience since the follow-up was looked at last; the first look since it was switched on, or at a new version, only remembers who is in it. */
    Mono<List<Beginning>> entered(FollowUp followUp, FollowUpDefinition definition, Instant now) {
        return looked(followUp)
                .flatMap(before -> members(followUp)
                        .flatMap(inside -> everybody(followUp, definition, "", now)
                                .flatMap(found -> {
                                    var ids = found.stream()
                                            .map(Beginning::contactId)
                                            .collect(Collectors.toSet());
                                    return remember(followUp, ids)
                                            .thenReturn(
                                                    before
                                                            ? found.stream()
                                                                    .filter(one -> !inside.contains(one.contactId()))
                                                                    .map(one -> again(one, now))
                                                                    .toList()
                                                            : List.<Beginning>of());
                                })));
    }

    /**
     * Everybody of whom the audience holds.
     *
     * @param occurrence what a contact's id is followed by in what it is once for
     */
    Mono<List<Beginning>> everybody(FollowUp followUp, FollowUpDefinition definition, String occurrence, Instant now) {
        return page(followUp, FIRST)
                .expand(page -> page.size() < PAGE ? Mono.empty() : page(followUp, page.getLast()))
                .concatMap(page -> beginnings.fit(
                        followUp,
                        definition,
                        page.stream()
                                .map(id -> new Beginning(id, null, null, id + occurrence, now, false, null))
                                .toList(),
                        now))
                .reduce(new ArrayList<Beginning>(), (all, found) -> {
                    all.addAll(found);
                    return all;
                })
                .map(List::copyOf);
    }

    /** Who leaves and comes again begins again, where the follow-up lets them. */
    private static Beginning again(Beginning one, Instant now) {
        return new Beginning(one.contactId(), null, null, one.contactId() + "/" + now, now, false, one.heldBy());
    }

    private Mono<List<UUID>> page(FollowUp followUp, UUID after) {
        return database.sql("select id from contact where workspace_id = $1 and id > $2 order by id limit $3")
                .bind(0, followUp.key().workspaceId())
                .bind(1, after)
                .bind(2, PAGE)
                .mapValue(UUID.class)
                .all()
                .collectList();
    }

    private Mono<Boolean> looked(FollowUp followUp) {
        return database.sql("""
                        select exists (select from follow_up_sweep s join follow_up f on f.workspace_id = $1 and f.id = $2
                            where s.workspace_id = $1 and s.follow_up_id = $2 and s.version_id = f.version_id and s.swept_at >= f.enabled_at) as looked
                        """)
                .bind(0, followUp.key().workspaceId())
                .bind(1, followUp.key().id())
                .map((Readable row) -> value(row, "looked", Boolean.class))
                .one();
    }

    private Mono<Set<UUID>> members(FollowUp followUp) {
        return database.sql("select contact_id from follow_up_member where workspace_id = $1 and follow_up_id = $2")
                .bind(0, followUp.key().workspaceId())
                .bind(1, followUp.key().id())
                .mapValue(UUID.class)
                .all()
                .collect(Collectors.toSet());
    }

    private Mono<Void> remember(FollowUp followUp, Set<UUID> inside) {
        return database.sql("""
                        with gone as (
                            delete from follow_up_member where workspace_id = $1 and follow_up_id = $2 and not contact_id = any($3)
                        )
                        insert into follow_up_member (workspace_id, follow_up_id, contact_id)
                        select $1, $2, n.id from unnest($3::uuid[]) n(id) on conflict do nothing
                        """)
                .bind(0, followUp.key().workspaceId())
                .bind(1, followUp.key().id())
                .bind(2, Columns.array(inside, UUID.class, id -> id))
                .then();
    }
}
