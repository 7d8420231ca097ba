package dev.afterword.db.inbox.notice;

import dev.afterword.db.Columns;
import dev.afterword.db.Installation;
import dev.afterword.db.message.Mail;
import io.r2dbc.spi.Readable;
import java.util.List;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Writes the mails that tell staff what happened, as it stands when they go out. */
@Component
public class NoticeMails {
    private final DatabaseClient database;
    private final Installation installation;

    NoticeMails(DatabaseClient database, Installation installation) {
        this.database = database;
        this.installation = installation;
    }

    private record Row(String code, String workspace, Told told) {}

    /**
     * The mail; empty where its reader has left the workspace, or may no longer hear of anything in it. What was due and has been done since is not told.
     *
     * @param name the reader's
     */
    public Mono<Mail> compose(UUID workspaceId, UUID mailId, String name) {
        return rows(workspaceId, mailId)
                .map(rows -> rows.stream()
                        .filter(row -> row.told().kind().mayHear(row.told().role()))
                        .toList())
                .filter(rows -> !rows.isEmpty())
                .map(rows -> {
                    var base = installation.link("/w/" + rows.getFirst().code());
                    var items = rows.stream().map(Row::told).toList();
                    return new NoticeLetter(name, rows.getFirst().workspace(), base, items).mail();
                });
    }

    private Mono<List<Row>> rows(UUID workspaceId, UUID mailId) {
        return database.sql("""
                        select n.kind, n.subject_id, n.detail, m.role, m.custom_role_id, o.name as role_name, o.permissions as role_permissions, w.code, w.name as workspace, w.zone,
                            k.subject as case_subject, e.words as entry_words, a.name as actor, c.name as customer,
                            v.name as survey, said.words as answer_words, rn.words as note_words, p.key as pool_key, p.name as pool,
                            (select count(*) from reward_code rc where rc.workspace_id = $1 and rc.pool_id = p.id and rc.given_at is null) as codes_left,
                            x.name as endpoint, x.url as endpoint_url, oc.name as occasion, oc.contact_id as occasion_contact
                        from staff_notice n
                        join membership m on m.workspace_id = $1 and m.staff_id = n.staff_id
                        left join custom_role o on o.workspace_id = $1 and o.id = m.custom_role_id
                        join workspace w on w.id = $1
                        left join support_case k on k.workspace_id = $1 and k.id = n.subject_id
                        left join case_entry e on e.workspace_id = $1 and e.id = n.entry_id
                        left join response_note rn on rn.workspace_id = $1 and rn.id = n.entry_id
                        left join staff a on a.id = coalesce(e.staff_id, rn.staff_id)
                        left join response r on r.workspace_id = $1 and r.id = n.subject_id
                        left join survey v on v.workspace_id = $1 and v.id = r.survey_id
                        left join lateral (
                            select string_agg(t.text, chr(10) order by t.question_key) as words from answer t
                            where t.workspace_id = $1 and t.response_id = r.id and t.text is not null and t.row_key = '' and t.item = '' and not (t.skipped or t.hidden or t.not_applicable)) said on true
                        left join occasion oc on oc.workspace_id = $1 and oc.id = n.subject_id
                        left join contact c on c.workspace_id = $1 and c.id = coalesce(k.contact_id, r.contact_id, oc.contact_id)
                        left join reward_pool p on p.workspace_id = $1 and p.id = n.subject_id
                        left join endpoint x on x.workspace_id = $1 and x.id = n.subject_id
                        where n.workspace_id = $1 and n.mail_id = $2
                        and coalesce(k.id, r.id, p.id, x.id, oc.id) is not null
                        and (n.kind not in ('due-soon', 'breached', 'escalated')
                            or (k.status in ('open', 'waiting') and (n.detail not like 'first@%' or k.first_answered_at is null)))
                        order by n.created_at, n.kind, n.subject_id, n.occasion
                        """)
                .bind(0, workspaceId)
                .bind(1, mailId)
                .map((Readable row) -> new Row(
                        Columns.value(row, "code", String.class),
                        Columns.value(row, "workspace", String.class),
                        Told.read(row)))
                .all()
                .collectList();
    }
}
