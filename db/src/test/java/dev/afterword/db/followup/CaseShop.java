package dev.afterword.db.followup;

import dev.afterword.db.Leaf;
import dev.afterword.db.event.EventReader;
import dev.afterword.db.event.NumberEvents;
import dev.afterword.db.event.ReadEvents;
import dev.afterword.db.event.ReadToTheEnd;
import dev.afterword.db.inbox.ActOnCase;
import dev.afterword.db.inbox.ActOnCases;
import dev.afterword.db.inbox.Case;
import dev.afterword.db.inbox.CaseKind;
import dev.afterword.db.inbox.CaseQuery;
import dev.afterword.db.inbox.CaseView;
import dev.afterword.db.inbox.Cases;
import dev.afterword.db.inbox.ListedCase;
import dev.afterword.db.inbox.ListedCases;
import dev.afterword.db.inbox.OpenCase.Opening;
import dev.afterword.db.workspace.Ground;
import dev.afterword.db.workspace.Grounds;
import dev.afterword.db.workspace.Purpose;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.r2dbc.core.DatabaseClient;

/** A shop whose cases a test opens and works on, with what its customers write and answer. */
abstract class CaseShop {
    @Autowired
    ApplicationContext beans;

    @Autowired
    DatabaseClient database;

    @Autowired
    Cases cases;

    @Autowired
    ActOnCase actOnCase;

    @Autowired
    ActOnCases actOnCases;

    @Autowired
    ListedCases listed;

    final Instant begin = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    Shop shop;

    @BeforeEach
    void open() {
        shop = Shop.open(beans);
        beans.getBean(Grounds.class)
                .state(shop.workspaceId(), Purpose.TIPS, Ground.EXISTING_CUSTOMER, begin)
                .block();
    }

    Case byHand(String subject, CaseKind kind) {
        var contacts = texts("select id::text from contact where workspace_id = $1");
        return actOnCase
                .open(new Opening(
                        shop.workspaceId(),
                        kind,
                        subject,
                        contacts.isEmpty() ? null : UUID.fromString(contacts.getFirst()),
                        null,
                        null,
                        null,
                        "hand",
                        null,
                        3,
                        null,
                        null,
                        "It is broken",
                        true,
                        null,
                        null))
                .block();
    }

    void heard(UUID send, String messageId, String words) {
        run("""
                with m as (
                    insert into incoming_message (workspace_id, id, digest, kind, send_id, contact_id, matched_by, message_id, subject, words, received_at)
                    select workspace_id, gen_random_uuid(), decode(md5('%2$s'), 'hex'), 'reply', id, contact_id, 'token', '%2$s', 'Re: Hello', '%3$s', now()
                    from send where workspace_id = $1 and id = '%1$s' returning workspace_id, id, contact_id)
                insert into event (workspace_id, id, kind, subject_id, contact_id, created_at) select workspace_id, gen_random_uuid(), 'contact.replied', id, contact_id, now() from m
                """.formatted(send, messageId, words));
    }

    void go() {
        var readers = beans.getBeansOfType(EventReader.class).values().stream()
                .filter(reader ->
                        reader.name().startsWith("case-") || reader.name().equals("follow-ups"))
                .toArray(EventReader[]::new);
        boolean more = true;
        while (more) {
            ReadToTheEnd.read(beans.getBean(NumberEvents.class), beans.getBean(ReadEvents.class), readers);
            more = beans.getBean(AdvanceDue.class).round().block();
            more |= new Post(beans).send(shop.workspaceId(), Instant.now().plusSeconds(60)) > 0;
        }
    }

    List<String> subjects(CaseView view, String search) {
        return subjects(
                listed.page(shop.workspaceId(), new CaseQuery(view, null, search, null, null), Instant.now(), null, 20)
                        .block());
    }

    static List<String> subjects(Leaf<ListedCase> leaf) {
        return leaf.items().stream().map(one -> one.item().subject()).toList();
    }

    List<String> texts(String sql) {
        return database.sql(sql)
                .bind(0, shop.workspaceId())
                .map(row -> String.valueOf(row.get(0, String.class)))
                .all()
                .collectList()
                .block();
    }

    void run(String sql) {
        database.sql(sql).bind(0, shop.workspaceId()).then().block();
    }
}
