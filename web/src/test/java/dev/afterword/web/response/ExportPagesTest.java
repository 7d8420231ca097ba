package dev.afterword.web.response;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterword.db.Facts;
import dev.afterword.db.workspace.Role;
import dev.afterword.web.TestStaff;
import dev.afterword.web.TestStaff.Member;
import dev.afterword.web.WebTest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;

/** What staff download from the list of responses. */
@WebTest
class ExportPagesTest {
    private static final Instant AT = Instant.parse("2026-05-10T12:00:00Z");

    @Autowired
    TestStaff staff;

    @Autowired
    DatabaseClient database;

    @Test
    void downloadsWhatTheFiltersFindAndNamesCustomersOnlyToThoseWhoMaySeeThem() {
        var owner = staff.owner();
        var facts = new Facts(database, owner.workspace().id());
        var contact = facts.contact();
        facts.response(contact, facts.order(contact, AT, AT, AT), null, AT, Map.of("recommend", 9));
        facts.response(null, null, null, AT.plusSeconds(1), Map.of("recommend", 2));

        assertThat(get(owner, "/responses"))
                .contains("Download these responses", "/responses/codebook?survey=post-purchase");
        var all = get(owner, "/responses/export?format=csv");
        assertThat(all).startsWith("\ufeffid,").contains("customer.email", "order-");
        assertThat(all.lines()).hasSize(3);
        assertThat(get(owner, "/responses/export?format=csv&score=recommend:9-10")
                        .lines())
                .hasSize(2);
        assertThat(get(owner, "/responses/export?format=xlsx&labels=true")).startsWith("PK");
        assertThat(get(owner, "/responses/codebook?survey=post-purchase"))
                .contains("answers.recommend,nps,false,false,,0,10");

        var viewer = staff.member(owner.workspace(), Role.VIEWER);
        for (var format : new String[] {"csv", "ndjson"}) {
            assertThat(get(viewer, "/responses/export?format=" + format))
                    .contains("recommend")
                    .doesNotContain("customer", "order-");
        }
        staff.client(staff.owner())
                .get()
                .uri(owner.path("/responses/export"))
                .exchange()
                .expectStatus()
                .isNotFound();
    }

    private String get(Member member, String below) {
        var body = staff.client(member)
                .get()
                .uri(member.path(below))
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .returnResult()
                .getResponseBody();
        return new String(body, StandardCharsets.UTF_8);
    }
}
