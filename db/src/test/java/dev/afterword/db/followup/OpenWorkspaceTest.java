package dev.afterword.db.followup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterword.db.DatabaseTest;
import dev.afterword.db.Key;
import dev.afterword.db.workspace.Ground;
import dev.afterword.db.workspace.Grounds;
import dev.afterword.db.workspace.Purpose;
import dev.afterword.db.workspace.Workspace;
import dev.afterword.db.workspace.Workspaces;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@DatabaseTest
class OpenWorkspaceTest {
    @Autowired
    OpenWorkspace openWorkspace;

    @Autowired
    Workspaces workspaces;

    @Autowired
    Grounds grounds;

    @Test
    void opensAWorkspaceThatIsFoundByItsCode() {
        var opened = openWorkspace
                .open(Workspace.open(
                        Key.nextId(),
                        "Cedar & Salt",
                        ZoneId.of("Europe/Berlin"),
                        "de",
                        Instant.now().truncatedTo(ChronoUnit.MICROS)))
                .block();

        assertThat(workspaces.findByCode(opened.code()).block()).isEqualTo(opened);
        assertThat(grounds.of(opened.id()).block())
                .containsOnlyKeys(Purpose.QUESTIONS, Purpose.SERVICE)
                .containsEntry(Purpose.QUESTIONS, Ground.EXISTING_CUSTOMER);
    }
}
