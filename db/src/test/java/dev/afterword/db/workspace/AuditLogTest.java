package dev.afterword.db.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterword.db.DatabaseTest;
import dev.afterword.db.Key;
import dev.afterword.db.followup.OpenWorkspace;
import java.time.Instant;
import java.time.ZoneId;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;

@DatabaseTest
class AuditLogTest {
    @Autowired
    OpenWorkspace openWorkspace;

    @Autowired
    AuditLog log;

    @Autowired
    CheckAudit checkAudit;

    @Autowired
    DatabaseClient database;

    private UUID workspace;

    @BeforeEach
    void open() {
        workspace = openWorkspace
                .open(Workspace.open(Key.nextId(), "Cedar & Salt", ZoneId.of("UTC"), "en", Instant.now()))
                .block()
                .id();
        for (int entry = 0; entry < 5; entry++) {
            add();
        }
        chainAll();
    }

    @Test
    void standsInALineThatIsWholeWhoeverWritesAtOnce() {
        Flux.range(0, 40).flatMap(_ -> log.add(workspace, entry()), 8).blockLast();
        Flux.range(0, 4).flatMap(_ -> log.chain(), 4).blockLast();
        chainAll();
        var finding = finding();
        assertThat(finding.whole()).isTrue();
        assertThat(finding.links()).isEqualTo(45);
        assertThat(log.all(workspace).collectList().block())
                .hasSize(45)
                .allMatch(line -> line.position() != null)
                .anyMatch(line -> finding.head().equals(line.hash()));
        assertThat(log.page(workspace, null, null, null, 10).block()).hasSize(10);
    }

    @Test
    void theDatabaseRefusesToChangeIt() {
        for (var sql : new String[] {
            "update audit_entry set place = 'x'",
            "delete from audit_entry",
            "delete from audit_link",
            "truncate audit_entry cascade"
        }) {
            assertThatThrownBy(() -> run(sql)).hasStackTraceContaining("only appended to");
        }
    }

    @Test
    void findsWhatWasChangedByWhoeverMayChangeTheDatabaseItself() {
        tamper("update audit_entry set staff_id = '" + Key.nextId()
                + "' where id = (select entry_id from audit_link where workspace_id = '" + workspace
                + "' and position = 3)");
        assertThat(finding()).satisfies(found -> {
            assertThat(found.broken()).isEqualTo(3);
            assertThat(found.links()).isEqualTo(2);
        });
    }

    @Test
    void findsWhatWasTakenOutOrPutBeside() {
        tamper("delete from audit_link where workspace_id = '" + workspace + "' and position = 5");
        assertThat(finding().outside()).isEqualTo(1);
        tamper("delete from audit_link where workspace_id = '" + workspace + "' and position = 2");
        assertThat(finding().broken()).isEqualTo(2);
    }

    private void add() {
        log.add(workspace, entry()).block();
    }

    private static AuditEntry entry() {
        return new AuditEntry(
                Key.nextId(),
                Instant.now(),
                Key.nextId(),
                null,
                "see-customers",
                false,
                "GET /w/{code}/customers/{id}",
                "x",
                200);
    }

    private void chainAll() {
        while (Boolean.TRUE.equals(log.chain().block())) {
            // Until nothing waits.
        }
    }

    private CheckAudit.Finding finding() {
        return checkAudit
                .check()
                .filter(found -> found.workspaceId().equals(workspace))
                .blockLast();
    }

    private void tamper(String sql) {
        run("alter table audit_entry disable trigger audit_entry_only_grows");
        run("alter table audit_link disable trigger audit_link_only_grows");
        try {
            run(sql);
        } finally {
            run("alter table audit_entry enable trigger audit_entry_only_grows");
            run("alter table audit_link enable trigger audit_link_only_grows");
        }
    }

    private void run(String sql) {
        database.sql(sql).then().block();
    }
}
