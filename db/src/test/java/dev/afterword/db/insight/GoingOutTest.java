package dev.afterword.db.insight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterword.db.DatabaseTest;
import dev.afterword.db.Rows;
import dev.afterword.db.followup.OpenWorkspace;
import dev.afterword.db.insight.GoingOut.Outcome;
import dev.afterword.db.insight.GoingOut.Planned;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;

@DatabaseTest
class GoingOutTest {
    // The evening of the 9th in São Paulo.
    private static final Instant NIGHT = Instant.parse("2026-03-10T01:00:00Z");

    @Autowired
    DatabaseClient database;

    @Autowired
    OpenWorkspace openWorkspace;

    @Autowired
    GoingOut goingOut;

    Rows shop;

    @BeforeEach
    void fillTwinWorkspaces() {
        fill(new Rows(database, openWorkspace));
        shop = new Rows(database, openWorkspace);
        fill(shop);
    }

    private static void fill(Rows rows) {
        var ana = rows.contact("Ana Souza", "ana@example.com", "client");
        rows.send(ana, null, "ask", "planned", null, NIGHT);
        rows.send(ana, null, "ask", "planned", null, NIGHT.plus(Duration.ofHours(12)));
        rows.send(ana, null, "remind", "planned", null, NIGHT.plus(Duration.ofHours(12)));
        rows.send(ana, null, "ask", "planned", null, NIGHT.plus(Duration.ofDays(9)));
        rows.send(ana, null, "ask", "accepted", null, NIGHT.minus(Duration.ofDays(1)));
        rows.send(ana, null, "ask", "skipped", "no-consent", NIGHT.minus(Duration.ofDays(1)));
        rows.send(ana, null, "remind", "skipped", "no-consent", NIGHT.minus(Duration.ofDays(2)));
        rows.send(ana, null, "ask", "skipped", "too-late", NIGHT.minus(Duration.ofDays(20)));
    }

    @Test
    void countsPlannedMailByTheWorkspacesDays() {
        var planned = goingOut.planned(shop.workspace.id(), shop.workspace.zone(), NIGHT.plus(Duration.ofDays(7)));

        assertThat(planned.collectList().block())
                .containsExactly(
                        new Planned(LocalDate.of(2026, 3, 9), 1, 0), new Planned(LocalDate.of(2026, 3, 10), 1, 1));
    }

    @Test
    void countsWhatWasDecidedByReason() {
        var decided = goingOut.decided(shop.workspace.id(), NIGHT.minus(Duration.ofDays(7)));

        assertThat(decided.collectList().block())
                .containsExactly(new Outcome("skipped", "no-consent", 2), new Outcome("accepted", "", 1));
    }
}
