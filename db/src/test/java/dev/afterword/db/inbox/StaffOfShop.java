package dev.afterword.db.inbox;

import dev.afterword.db.Key;
import dev.afterword.db.Rows;
import dev.afterword.db.followup.OpenWorkspace;
import dev.afterword.db.inbox.OpenCase.Opening;
import dev.afterword.db.inbox.notice.CollectNotices;
import dev.afterword.db.inbox.notice.NoticeMails;
import dev.afterword.db.message.Mail;
import dev.afterword.db.workspace.Memberships;
import dev.afterword.db.workspace.Role;
import dev.afterword.db.workspace.Staff;
import dev.afterword.db.workspace.StaffMembers;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;

/** A shop with an owner and support, its cases, and what they are told of them. */
abstract class StaffOfShop {
    @Autowired
    DatabaseClient database;

    @Autowired
    OpenWorkspace openWorkspace;

    @Autowired
    StaffMembers staff;

    @Autowired
    Memberships memberships;

    @Autowired
    ActOnCase actOnCase;

    @Autowired
    CollectNotices collect;

    @Autowired
    WatchCases watchCases;

    @Autowired
    NoticeMails mails;

    Rows shop;
    UUID owner;
    UUID mira;

    @BeforeEach
    void open() {
        shop = new Rows(database, openWorkspace);
        owner = member(Role.OWNER, "Olga");
        mira = member(Role.SUPPORT, "Mira");
    }

    Case opened(String subject, UUID whose) {
        return actOnCase
                .open(new Opening(
                        shop.workspace.id(),
                        CaseKind.QUESTION,
                        subject,
                        null,
                        null,
                        null,
                        null,
                        "hand",
                        null,
                        3,
                        whose,
                        null,
                        "It leaks",
                        true,
                        null,
                        whose))
                .block();
    }

    /** Lets one alarm ring, of something due at that time in SQL. */
    void ring(Case opened, String kind, String due) {
        run(
                "update case_alarm set at = now() - interval '1 second', due_at = %s where workspace_id = $1 and case_id = '%s' and kind = '%s'"
                        .formatted(due, opened.key().id(), kind));
        Flux.range(0, 2).flatMap(process -> watchCases.round(), 2).blockLast();
    }

    List<String> waiting(UUID who) {
        return texts("select kind from staff_notice where workspace_id = $1 and told_at is null and staff_id = '" + who
                + "'");
    }

    List<Mail> mailsTo(UUID who) {
        return texts("select id::text from staff_mail where workspace_id = $1 and staff_id = '" + who + "'").stream()
                .map(id -> mails.compose(shop.workspace.id(), UUID.fromString(id), "Mira")
                        .blockOptional())
                .flatMap(java.util.Optional::stream)
                .toList();
    }

    List<String> texts(String sql) {
        return database.sql(sql)
                .bind(0, shop.workspace.id())
                .mapValue(String.class)
                .all()
                .collectList()
                .block();
    }

    void run(String sql) {
        database.sql(sql).bind(0, shop.workspace.id()).then().block();
    }

    UUID member(Role role, String name) {
        var person = staff.save(
                        Staff.of(name.toLowerCase() + "-" + Key.nextId() + "@cedar.example", name, Instant.now())
                                .withPassword("hash"))
                .block();
        memberships.add(shop.workspace.id(), person.id(), role, Instant.now()).block();
        return person.id();
    }
}
