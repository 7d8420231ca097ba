package dev.afterword.db.ladder;

import dev.afterword.db.Columns;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;

/** What contacts had done and said by a moment: one statement for many, each by the indexes of its contact's orders and responses. */
@Repository
public class Standings {
    private static final int MONTHS = 12;

    private final DatabaseClient database;

    Standings(DatabaseClient database) {
        this.database = database;
    }

    /** A contact, and the moment before which its deeds and words count. */
    public record Question(UUID contactId, Instant before) {
        private Instant since() {
            return before.atOffset(ZoneOffset.UTC).minusMonths(MONTHS).toInstant();
        }
    }

    /** One standing a question, in any order. */
    public Flux<Standing> of(UUID workspaceId, List<Question> questions) {
        return database.sql("""
                        select q.number, q.contact_id, o.orders, r.id as response_id, r.recommend
                        from unnest($2::uuid[], $3::timestamptz[], $4::timestamptz[]) with ordinality as q (contact_id, since, before, number)
                        cross join lateral (
                            select count(*) as orders from customer_order
                            where workspace_id = $1 and contact_id = q.contact_id and placed_at < q.before
                            and not test and status not in ('cancelled', 'refunded')) o
                        left join (
                            select distinct on (q.number) q.number, response.id, answer.number::integer as recommend
                            from unnest($2::uuid[], $3::timestamptz[], $4::timestamptz[]) with ordinality as q (contact_id, since, before, number)
                            join response on response.workspace_id = $1 and response.contact_id = q.contact_id
                            and response.answered_at >= q.since and response.answered_at < q.before and response.confirmed_at is not null and response.discarded_at is null
                            join answer on answer.workspace_id = $1 and answer.response_id = response.id
                            and answer.question_key = 'recommend' and answer.number is not null and not answer.hidden
                            order by q.number, response.answered_at desc, response.id desc, answer.item) r on r.number = q.number
                        """)
                .bind(0, workspaceId)
                .bind(1, Columns.array(questions, UUID.class, Question::contactId))
                .bind(2, Columns.array(questions, Instant.class, Question::since))
                .bind(3, Columns.array(questions, Instant.class, Question::before))
                .map((Readable row) -> new Standing(
                        Columns.value(row, "number", Long.class).intValue() - 1,
                        Columns.value(row, "contact_id", UUID.class),
                        Columns.value(row, "orders", Long.class),
                        row.get("response_id", UUID.class),
                        row.get("recommend", Integer.class)))
                .all();
    }
}
