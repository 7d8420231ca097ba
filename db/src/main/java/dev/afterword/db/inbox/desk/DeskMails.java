package dev.afterword.db.inbox.desk;

import static dev.afterword.db.Columns.value;

import dev.afterword.db.Installation;
import dev.afterword.db.Key;
import dev.afterword.db.contact.Address;
import dev.afterword.db.message.SendLinks;
import dev.afterword.db.message.mail.Escape;
import dev.afterword.db.workspace.Workspace;
import dev.afterword.db.workspace.Workspaces;
import io.r2dbc.spi.Readable;
import java.text.MessageFormat;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.ResourceBundle;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** Mail to other help desks that waits for a worker. */
@Repository
public class DeskMails {
    /** About three days: two minutes, twice as long each time, then every six hours. */
    private static final int ATTEMPTS = 20;

    /** What goes out just now does not wait. */
    private static final Duration SOON = Duration.ofMinutes(10);

    private static final Duration SHOWN = Duration.ofDays(30);
    private static final String TEXTS = "messages/mail-desk";

    private final HelpDesks desks;
    private final Workspaces workspaces;
    private final SendLinks links;
    private final Installation installation;
    private final DatabaseClient database;

    DeskMails(
            HelpDesks desks,
            Workspaces workspaces,
            SendLinks links,
            Installation installation,
            DatabaseClient database) {
        this.desks = desks;
        this.workspaces = workspaces;
        this.links = links;
        this.installation = installation;
        this.database = database;
    }

    private record Row(
            Key key,
            UUID aboutId,
            @Nullable UUID caseId,
            String address,
            String subject,
            String customer,
            String words) {}

    /** Claims what is due of workspaces that have a sender and do not pause; what is claimed and not told about is due again, after two minutes at first and after six hours at last, for about three days. */
    public Mono<List<DeskMail>> claim(int limit, Instant now) {
        return database.sql("""
                        with due as materialized (
                            select m.workspace_id, m.id from desk_mail m join workspace w on w.id = m.workspace_id and w.sender_address is not null and w.mail_paused_at is null
                            where m.sent_at is null and m.due_at <= $1 and m.attempt < $2 order by m.due_at, m.id limit $3 for update of m skip locked),
                        claimed as (
                            update desk_mail m set due_at = $1 + least(interval '2 minutes' * power(2, m.attempt), interval '6 hours'), attempt = m.attempt + 1 from due d where m.workspace_id = d.workspace_id and m.id = d.id returning m.*)
                        select m.workspace_id, m.id, m.about_id, m.case_id, m.address, coalesce(k.subject, '') as subject, coalesce(c.name, c.email, '') as customer,
                            coalesce(e.words, '') as words
                        from claimed m
                        left join support_case k on k.workspace_id = m.workspace_id and k.id = m.case_id
                        left join contact c on c.workspace_id = m.workspace_id and c.id = k.contact_id
                        left join case_entry e on e.workspace_id = m.workspace_id and e.id = m.entry_id
                        order by m.created_at, m.id
                        """)
                .bind(0, now)
                .bind(1, ATTEMPTS)
                .bind(2, limit)
                .map((Readable row) -> new Row(
                        new Key(value(row, "workspace_id", UUID.class), value(row, "id", UUID.class)),
                        value(row, "about_id", UUID.class),
                        row.get("case_id", UUID.class),
                        value(row, "address", String.class),
                        value(row, "subject", String.class),
                        value(row, "customer", String.class),
                        value(row, "words", String.class)))
                .all()
                .collectList()
                .flatMapIterable(rows -> rows)
                .concatMap(row -> workspaces
                        .findById(row.key.workspaceId())
                        .map(workspace -> row.caseId == null ? code(row, workspace) : said(row, row.caseId, workspace)))
                .collectList();
    }

    private DeskMail code(Row row, Workspace workspace) {
        return mail(
                row,
                workspace,
                sender(workspace),
                text("mail.desk.code.subject", workspace.name()),
                text("mail.desk.code.text", workspace.name(), desks.code(workspace.id(), row.aboutId)));
    }

    private DeskMail said(Row row, UUID caseId, Workspace workspace) {
        return mail(
                row,
                workspace,
                links.deskReplyTo(workspace, caseId).orElseGet(() -> sender(workspace)),
                Escape.line(row.subject),
                text(
                        "mail.desk.said.text",
                        row.customer.isEmpty() ? text("mail.desk.somebody") : row.customer,
                        row.words.isEmpty() ? row.subject : row.words,
                        installation.link("/w/" + workspace.code() + "/inbox/" + caseId)));
    }

    private static DeskMail mail(Row row, Workspace workspace, String replyTo, String subject, String text) {
        var sender = sender(workspace);
        var name = workspace.senderName();
        return new DeskMail(
                row.key,
                name == null ? workspace.name() : name,
                sender,
                row.address,
                replyTo,
                "<d." + row.key.id() + "@" + Address.domain(sender) + ">",
                subject,
                text);
    }

    private static String sender(Workspace workspace) {
        return Objects.requireNonNull(workspace.senderAddress());
    }

    private static String text(String key, Object... arguments) {
        return new MessageFormat(ResourceBundle.getBundle(TEXTS, Locale.ENGLISH).getString(key), Locale.ENGLISH)
                .format(arguments);
    }

    /**
     * What has not gone out to a help desk.
     *
     * @param waiting are tried again, or go later
     * @param givenUp were tried for about three days, and are not any more
     * @param error what was said to the latest that failed; null where none did
     */
    public record NotSent(
            long waiting, long givenUp, @Nullable String error) {}

    /** Of the last thirty days, to the address that is used now. */
    public Mono<NotSent> notSent(UUID workspaceId, Instant now) {
        return database.sql("""
                        select count(*) filter (where m.attempt < $3 and (m.error is not null or m.due_at > $4)) as waiting, count(*) filter (where m.attempt >= $3) as given_up,
                            (array_agg(m.error order by m.due_at desc) filter (where m.error is not null))[1] as error
                        from desk_mail m join help_desk d on d.workspace_id = $1 and d.address = m.address
                        where m.workspace_id = $1 and m.sent_at is null and m.created_at > $2
                        """)
                .bind(0, workspaceId)
                .bind(1, now.minus(SHOWN))
                .bind(2, ATTEMPTS)
                .bind(3, now.plus(SOON))
                .map((Readable row) -> new NotSent(
                        value(row, "waiting", Long.class),
                        value(row, "given_up", Long.class),
                        row.get("error", String.class)))
                .one();
    }

    public Mono<Void> sent(Key key, Instant now) {
        return database.sql("update desk_mail set sent_at = $3, error = null where workspace_id = $1 and id = $2")
                .bind(0, key.workspaceId())
                .bind(1, key.id())
                .bind(2, now)
                .then();
    }

    public Mono<Void> failed(Key key, String error) {
        return database.sql("update desk_mail set error = left($3, 500) where workspace_id = $1 and id = $2")
                .bind(0, key.workspaceId())
                .bind(1, key.id())
                .bind(2, error.replace('\0', ' '))
                .then();
    }
}
