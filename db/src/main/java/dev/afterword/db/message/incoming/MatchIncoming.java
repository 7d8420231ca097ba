package dev.afterword.db.message.incoming;

import dev.afterword.db.Columns;
import dev.afterword.db.contact.Address;
import dev.afterword.db.workspace.AfterwordSecret;
import dev.afterword.db.workspace.LinkToken;
import dev.afterword.db.workspace.LinkToken.Use;
import dev.afterword.db.workspace.Purpose;
import dev.afterword.db.workspace.Workspaces;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Finds the mail of ours that a message is about: by a token in an address, then by a Message-ID of ours, then by an unsubscribe link, and last, for what people
 * write, by what they wrote before in the same thread, and by who wrote it. Only what carries a MAC of ours can be believed.
 */
@Component
class MatchIncoming {
    private static final Pattern MESSAGE_ID = Pattern.compile("<s\\.([a-zA-Z2-7]{50})@[^<>]*>");
    private static final Pattern LINK = Pattern.compile("/u/([a-zA-Z2-7]{50})(?:[/?#].*)?$");
    private static final Duration RECENT = Duration.ofDays(30);

    private final AfterwordSecret secret;
    private final Workspaces workspaces;
    private final DatabaseClient database;

    MatchIncoming(AfterwordSecret secret, Workspaces workspaces, DatabaseClient database) {
        this.secret = secret;
        this.workspaces = workspaces;
        this.database = database;
    }

    /** By what a message was recognised; the first three are proven, and of the others only who seems to have written it. */
    enum By {
        TOKEN,
        MESSAGE_ID,
        LINK,
        /** It answers a message that the same person wrote. */
        THREAD,
        SENDER,
        /** It answers nothing, and went to a workspace's support address. */
        ADDRESS;

        boolean proven() {
            return this == TOKEN || this == MESSAGE_ID || this == LINK;
        }

        String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * Whose it is, and the mail of ours that it is about.
     *
     * @param sendId null where it is about none
     * @param answersId the message of the same person that it answers
     * @param unsubscribe it was sent to the address that stops this mail's purpose
     */
    record Match(
            UUID workspaceId,
            @Nullable UUID sendId,
            UUID contactId,
            Purpose purpose,
            By by,
            @Nullable UUID answersId,
            boolean unsubscribe) {
        /** About no mail of ours. */
        static Match fresh(UUID workspaceId, UUID contactId) {
            return new Match(workspaceId, null, contactId, Purpose.SERVICE, By.ADDRESS, null, false);
        }
    }

    private record Clue(LinkToken token, By by, boolean unsubscribe) {}

    /**
     * Empty when nothing of ours is known by it.
     *
     * @param place whose support address it went to; null where that is not known
     */
    Mono<Match> match(Incoming incoming, @Nullable UUID place, Instant now) {
        return Flux.fromIterable(clues(incoming))
                .concatMap(this::sent)
                .next()
                .switchIfEmpty(Mono.defer(() -> byThread(incoming, place)))
                .switchIfEmpty(Mono.defer(() -> bySender(incoming, place, now)));
    }

    private List<Clue> clues(Incoming incoming) {
        var clues = new ArrayList<Clue>();
        for (var address : incoming.addresses()) {
            var local = address.contains("@") ? address.substring(0, address.indexOf('@')) : address;
            var token = local.substring(local.lastIndexOf('+') + 1);
            for (var use : List.of(Use.BOUNCE, Use.REPLY, Use.UNSUBSCRIBE, Use.MESSAGE)) {
                LinkToken.verify(token, use, secret)
                        .ifPresent(found -> clues.add(new Clue(found, By.TOKEN, use == Use.UNSUBSCRIBE)));
            }
        }
        tokens(incoming.answers().stream(), MESSAGE_ID, Use.MESSAGE)
                .forEach(found -> clues.add(new Clue(found, By.MESSAGE_ID, false)));
        tokens(incoming.links().stream(), LINK, Use.UNSUBSCRIBE)
                .forEach(found -> clues.add(new Clue(found, By.LINK, false)));
        return clues;
    }

    private Stream<LinkToken> tokens(Stream<String> texts, Pattern pattern, Use use) {
        return texts.flatMap(text -> {
            var found = pattern.matcher(text);
            return found.find() ? LinkToken.verify(found.group(1), use, secret).stream() : Stream.empty();
        });
    }

    private Mono<Match> sent(Clue clue) {
        return workspaces
                .findByCode(clue.token.workspaceCode())
                .flatMap(workspace -> database.sql(
                                "select contact_id, purpose from send where workspace_id = $1 and id = $2")
                        .bind(0, workspace.id())
                        .bind(1, clue.token.id())
                        .map((Readable row) -> new Match(
                                workspace.id(),
                                clue.token.id(),
                                Columns.value(row, "contact_id", UUID.class),
                                Purpose.of(Columns.value(row, "purpose", String.class)),
                                clue.by,
                                null,
                                clue.unsubscribe))
                        .one());
    }

    /** Somebody goes on with what they wrote before, in the workspace that they write to. */
    private Mono<Match> byThread(Incoming incoming, @Nullable UUID place) {
        var from = incoming.from();
        if (!incoming.byPerson()
                || from == null
                || place == null
                || incoming.answers().isEmpty()) {
            return Mono.empty();
        }
        return database.sql("""
                        select m.id, m.send_id, m.contact_id from incoming_message m
                        where m.workspace_id = $1 and m.message_id = any($2) and m.sender = any($3) and m.kind = 'reply' order by m.received_at desc limit 1
                        """)
                .bind(0, place)
                .bind(1, incoming.answers().toArray(String[]::new))
                .bind(2, Address.spellings(from).toArray(String[]::new))
                .map((Readable row) -> new Match(
                        place,
                        row.get("send_id", UUID.class),
                        Columns.value(row, "contact_id", UUID.class),
                        Purpose.SERVICE,
                        By.THREAD,
                        Columns.value(row, "id", UUID.class),
                        false))
                .one();
    }

    /** Somebody wrote to us whom that workspace wrote to lately; where none is known, whom one workspace, and no other, wrote to. */
    private Mono<Match> bySender(Incoming incoming, @Nullable UUID place, Instant now) {
        var from = incoming.from();
        if (!incoming.byPerson() || from == null) {
            return Mono.empty();
        }
        return database.sql("""
                        select s.workspace_id, s.id, s.contact_id, s.purpose from workspace w
                        cross join lateral (
                            select s.* from contact c
                            join send s on s.workspace_id = w.id and s.contact_id = c.id and s.state = 'accepted' and s.submitted_at > $2
                            where c.workspace_id = w.id and c.address = any($1)
                            order by s.submitted_at desc limit 1) s
                        where $3::uuid is null or w.id = $3
                        limit 2
                        """)
                .bind(0, Address.spellings(from).toArray(String[]::new))
                .bind(1, now.minus(RECENT))
                .bind(2, place == null ? Parameters.in(UUID.class) : place)
                .map((Readable row) -> new Match(
                        Columns.value(row, "workspace_id", UUID.class),
                        Columns.value(row, "id", UUID.class),
                        Columns.value(row, "contact_id", UUID.class),
                        Purpose.of(Columns.value(row, "purpose", String.class)),
                        By.SENDER,
                        null,
                        false))
                .all()
                .collectList()
                .flatMap(found -> found.size() == 1 ? Mono.just(found.getFirst()) : Mono.empty());
    }
}
