package dev.afterword.db.followup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterword.db.DatabaseTest;
import dev.afterword.db.Key;
import dev.afterword.db.NotFound;
import dev.afterword.db.workspace.Memberships;
import dev.afterword.db.workspace.OneTimeLinks;
import dev.afterword.db.workspace.Role;
import dev.afterword.db.workspace.Sessions;
import dev.afterword.db.workspace.Workspace;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/** Alone in its database: an installation has a first owner only once. */
@DatabaseTest
@Tag("server")
@TestPropertySource(properties = "test.database=its own")
class CreateFirstOwnerTest {
    @Autowired
    CreateFirstOwner createFirstOwner;

    @Autowired
    OneTimeLinks links;

    @Autowired
    Memberships memberships;

    @Autowired
    Sessions sessions;

    @Test
    void makesTheFirstOwnerOnceThroughALinkThatAllProcessesShare() {
        var now = Instant.now();
        var token = links.firstOwner(now).block();
        assertThat(links.firstOwner(now.plusSeconds(60)).block())
                .as("another process")
                .isEqualTo(token);
        var renewed = links.firstOwner(now.plus(Duration.ofMinutes(61))).block();
        assertThat(renewed).as("after an hour").isNotEqualTo(token);
        assertThatThrownBy(() -> create(token)).isInstanceOf(NotFound.class).hasMessage("link.void");

        var created = create(renewed);

        var session = sessions.find(created.sessionId(), Instant.now()).block();
        assertThat(session.email()).isEqualTo("mira@cedar.example");
        assertThat(memberships
                        .standing(created.workspace().id(), session.staffId())
                        .block()
                        .role())
                .isEqualTo(Role.OWNER);
        assertThatThrownBy(() -> create(renewed)).isInstanceOf(NotFound.class).hasMessage("link.void");
        assertThat(links.firstOwner(Instant.now()).blockOptional()).isEmpty();
    }

    private CreateFirstOwner.Created create(String token) {
        var workspace = Workspace.open(Key.nextId(), "Cedar & Salt", ZoneId.of("Europe/Berlin"), "de", Instant.now());
        return createFirstOwner
                .create(token, workspace, "Mira Holm", "Mira@Cedar.example ", "a long pass phrase")
                .block();
    }
}
