package dev.afterword.db.insight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterword.db.DatabaseTest;
import dev.afterword.db.Key;
import dev.afterword.db.Rows;
import dev.afterword.db.followup.OpenWorkspace;
import dev.afterword.db.insight.FirstSteps.Done;
import dev.afterword.db.workspace.StaffMails;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;

@DatabaseTest
class FirstStepsTest {
    private static final Instant NOW = Instant.parse("2026-03-10T10:00:00Z");

    @Autowired
    DatabaseClient database;

    @Autowired
    OpenWorkspace openWorkspace;

    @Autowired
    FirstSteps firstSteps;

    @Autowired
    StaffMails staffMails;

    @Test
    void countsOnlyWhatThisWorkspaceHasDone() {
        var twin = new Rows(database, openWorkspace);
        order(twin);
        var shop = new Rows(database, openWorkspace);
        assertThat(done(shop)).isEqualTo(new Done(false, false, false));

        run("update workspace set sender_address = 'a@b.example' where id = '%s'", shop);
        assertThat(done(shop).sender()).isFalse();
        run("update workspace set postal_address = 'Here 1' where id = '%s'", shop);
        order(shop);
        run("update follow_up set enabled_at = now() where workspace_id = '%s'", shop);
        assertThat(done(shop)).isEqualTo(new Done(true, true, true));
        run("update follow_up set archived_at = now() where workspace_id = '%s'", shop);
        assertThat(done(shop).following()).isFalse();
    }

    @Test
    void saysThatATestMailWaitsOnlyWhenAWorkerHadTimeForIt() {
        var shop = new Rows(database, openWorkspace);
        var workspace = shop.workspace.id();
        assertThat(staffMails.latestTest(workspace).blockOptional()).isEmpty();

        var staff = Key.nextId();
        database.sql("insert into staff (id, version, email, name, created_at) values ($1, 0, $2, 'Ada', $3)")
                .bind(0, staff)
                .bind(1, staff + "@shop.example")
                .bind(2, NOW)
                .then()
                .block();
        var followUp = database.sql("select id from follow_up where workspace_id = $1")
                .bind(0, workspace)
                .map(row -> row.get("id", UUID.class))
                .first()
                .block();
        staffMails.addTest(new Key(workspace, followUp), null, staff, "en", NOW).block();
        var asked = staffMails.latestTest(workspace).block();
        assertThat(asked.late(NOW.plus(Duration.ofSeconds(50)))).isFalse();
        assertThat(asked.late(NOW.plus(Duration.ofSeconds(70)))).isTrue();

        var claimed = staffMails.claim(1000, NOW).block().stream()
                .filter(mail -> mail.email().equals(staff + "@shop.example"))
                .findFirst()
                .orElseThrow();
        staffMails.failed(claimed.id(), "550 no").block();
        assertThat(staffMails.latestTest(workspace).block().error()).isEqualTo("550 no");
        staffMails.sent(claimed.id(), NOW).block();
        assertThat(staffMails.latestTest(workspace).block().sent()).isTrue();
        assertThat(staffMails.latestTest(workspace).block().late(NOW.plus(Duration.ofDays(1))))
                .isFalse();
    }

    private Done done(Rows rows) {
        return firstSteps.of(rows.workspace.id()).block();
    }

    private static void order(Rows rows) {
        rows.order(rows.contact("Ana", "ana@example.com", "customer"), "A-1", NOW, 3, "Kettle", "Kitchen");
    }

    private void run(String statement, Rows rows) {
        database.sql(statement.formatted(rows.workspace.id())).then().block();
    }
}
