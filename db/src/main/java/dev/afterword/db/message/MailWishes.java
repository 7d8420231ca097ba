package dev.afterword.db.message;

import dev.afterword.db.Columns;
import dev.afterword.db.Key;
import dev.afterword.db.NotFound;
import dev.afterword.db.contact.Suppressions;
import dev.afterword.db.workspace.LinkToken;
import dev.afterword.db.workspace.Purpose;
import dev.afterword.db.workspace.Workspace;
import dev.afterword.db.workspace.Workspaces;
import io.r2dbc.spi.Readable;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** What the unsubscribe link of a mail leads to. */
@Repository
public class MailWishes {
    private final Workspaces workspaces;
    private final Suppressions suppressions;
    private final DatabaseClient database;

    MailWishes(Workspaces workspaces, Suppressions suppressions, DatabaseClient database) {
        this.workspaces = workspaces;
        this.suppressions = suppressions;
        this.database = database;
    }

    private record Sent(
            UUID contactId,
            Purpose purpose,
            @Nullable String language,
            @Nullable String locale,
            @Nullable String country,
            @Nullable String address) {}

    /** The wishes of the one who got the send that a genuine token names; otherwise {@code send.unknown}. */
    public Mono<MailWish> find(LinkToken token) {
        return workspaces
                .findByCode(token.workspaceCode())
                .flatMap(workspace -> sent(workspace.id(), token.id())
                        .flatMap(sent ->
                                stopped(workspace, sent.address()).map(stopped -> wish(workspace, sent, stopped))))
                .switchIfEmpty(Mono.error(() -> new NotFound("send.unknown")));
    }

    private Mono<Sent> sent(UUID workspaceId, UUID sendId) {
        return database.sql("""
                        select s.contact_id, s.purpose, c.address, v.language, c.locale, coalesce(c.country, o.country) as country
                        from send s
                        join contact c on c.workspace_id = $1 and c.id = s.contact_id
                        left join invitation v on v.workspace_id = $1 and v.id = s.invitation_id
                        left join customer_order o on o.workspace_id = $1 and o.id = s.order_id
                        where s.workspace_id = $1 and s.id = $2
                        """)
                .bind(0, workspaceId)
                .bind(1, sendId)
                .map((Readable row) -> new Sent(
                        Columns.value(row, "contact_id", UUID.class),
                        Purpose.of(Columns.value(row, "purpose", String.class)),
                        row.get("language", String.class),
                        row.get("locale", String.class),
                        row.get("country", String.class),
                        row.get("address", String.class)))
                .one();
    }

    private Mono<Set<Purpose>> stopped(Workspace workspace, @Nullable String address) {
        return address == null
                ? Mono.just(EnumSet.allOf(Purpose.class))
                : suppressions.of(workspace.id(), address).map(standing -> {
                    var stopped = EnumSet.noneOf(Purpose.class);
                    standing.forEach(one -> stopped.addAll(
                            one.purpose() == null ? EnumSet.allOf(Purpose.class) : List.of(one.purpose())));
                    return stopped;
                });
    }

    private static MailWish wish(Workspace workspace, Sent sent, Set<Purpose> stopped) {
        var language = sent.language() == null
                ? Locality.language(sent.locale(), sent.country(), workspace.language())
                : sent.language();
        return new MailWish(
                workspace,
                new Key(workspace.id(), sent.contactId()),
                sent.purpose(),
                language,
                sent.address(),
                stopped);
    }
}
