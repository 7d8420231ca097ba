package dev.afterword.db.followup;

import dev.afterword.db.Conflict;
import dev.afterword.db.DatabaseTime;
import dev.afterword.db.Key;
import dev.afterword.db.Transactions;
import dev.afterword.db.event.Event;
import dev.afterword.db.event.EventKind;
import dev.afterword.db.event.Events;
import dev.afterword.db.followup.journey.Trigger;
import dev.afterword.db.response.topic.TopicChanges;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Has those told what was done who had said that it should be: through the follow-ups that begin with it, once for each. */
@Component
public class AnnounceChange {
    /** Of how many days before the change answers are looked at. */
    public static final int DAYS = 365;

    /** Who said it: confirmed, counted and neither imported nor anonymous, before the change; of topic change c and workspace w. */
    static final String WHO_SAID_IT = """
            from topic_change c join workspace w on w.id = $1
            join response_topic x on x.workspace_id = $1 and x.topic_id = c.topic_id and not x.taken
            join response r on r.workspace_id = $1 and r.id = x.response_id and r.contact_id is not null and not r.imported
                and r.confirmed_at is not null and r.discarded_at is null
                and r.answered_at < c.day::timestamp at time zone w.zone and r.answered_at >= (c.day - %d)::timestamp at time zone w.zone
            """.formatted(DAYS);

    private final FollowUps followUps;
    private final TopicChanges changes;
    private final Events events;
    private final DatabaseClient database;
    private final DatabaseTime time;
    private final Transactions transactions;

    AnnounceChange(
            FollowUps followUps,
            TopicChanges changes,
            Events events,
            DatabaseClient database,
            DatabaseTime time,
            Transactions transactions) {
        this.followUps = followUps;
        this.changes = changes;
        this.events = events;
        this.database = database;
        this.time = time;
        this.transactions = transactions;
    }

    /** How many people would begin, before audiences and what may be sent to them are looked at. */
    public Mono<Long> concerned(Key change) {
        return database.sql("select count(distinct r.contact_id) " + WHO_SAID_IT
                        + " where c.workspace_id = $1 and c.id = $2")
                .bind(0, change.workspaceId())
                .bind(1, change.id())
                .mapValue(Long.class)
                .one();
    }

    /** Otherwise {@code topic.nobody-tells} where no follow-up that is on begins with it, or {@code topic.announced}. */
    public Mono<Void> announce(Key change) {
        return followUps
                .of(change.workspaceId())
                .flatMap(all -> all.stream().anyMatch(AnnounceChange::tells)
                        ? time.now()
                                .flatMap(now -> transactions.run(changes.announce(change, now)
                                        .flatMap(first -> first
                                                ? events.append(List.of(Event.of(
                                                        change.workspaceId(),
                                                        EventKind.TOPIC_CHANGED,
                                                        change.id(),
                                                        null,
                                                        false,
                                                        now)))
                                                : Mono.error(new Conflict("topic.announced")))))
                        : Mono.error(new Conflict("topic.nobody-tells")));
    }

    /** What a journey because of it is once for. */
    static String occurrence(UUID change, UUID contact) {
        return "change:" + change + ":" + contact;
    }

    /** The change of such a journey; empty for others. */
    static Optional<UUID> change(@Nullable String occurrence) {
        return occurrence != null && occurrence.startsWith("change:")
                ? Optional.of(UUID.fromString(occurrence.split(":", 3)[1]))
                : Optional.empty();
    }

    private static boolean tells(FollowUp followUp) {
        var published = followUp.published();
        return followUp.enabled()
                && published != null
                && published.definition().trigger() instanceof Trigger.TopicChanged;
    }
}
