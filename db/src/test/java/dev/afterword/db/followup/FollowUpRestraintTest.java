package dev.afterword.db.followup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterword.db.DatabaseTest;
import dev.afterword.db.message.ContactPolicies;
import dev.afterword.db.message.ContactPolicy;
import java.time.Duration;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** To whom a follow-up does not write, or not yet: the contact policy, the share that is left out, and who cannot be written to. */
@DatabaseTest
class FollowUpRestraintTest extends FollowUpShop {
    @Test
    void leavesAStableShareOutAndGoesOnWithThemAsIfTheyHadBeenWrittenTo() {
        var held = follow("order-delivered", "\"holdout\": 50,", MAIL);
        for (int n = 0; n < 40; n++) {
            shop.order("o" + n, "p" + n + "@example.com", delivered(), begin);
        }
        go();
        var states = states(held);
        assertThat(states)
                .containsOnly("hello accepted", "hello skipped holdout")
                .hasSize(40);
        assertThat(states.stream().filter("hello accepted"::equals).count()).isBetween(8L, 32L);
        assertThat(ends(held)).containsOnly("done");
    }

    @Test
    void givesTheLowerPriorityUpWhenItsPlaceInTheWeekComesTooLateAndElseLetsItWait() {
        beans.getBean(ContactPolicies.class)
                .save(shop.workspaceId(), new ContactPolicy(0, Set.of(), 1, 0, Map.of()))
                .block();
        var tips = follow("tips", "order-delivered", "", MAIL);
        var news = follow("news", "order-delivered", "", MAIL);
        shop.order("1", "ana@example.com", delivered(), begin);
        go();
        assertThat(states(tips)).containsExactly("hello accepted");
        assertThat(states(news)).containsExactly("hello skipped budget");

        time.shift(Duration.ofDays(5)).block();
        shop.order(
                "2",
                "ana@example.com",
                "\"status\": \"delivered\", \"deliveredAt\": \"%s\"".formatted(begin.plus(5, ChronoUnit.DAYS)),
                begin);
        go();
        assertThat(states(tips)).containsExactly("hello accepted", "hello planned");
        later(Duration.ofDays(7).minusMinutes(5));
        assertThat(states(tips)).containsExactly("hello accepted", "hello planned");
        later(Duration.ofDays(7).plusMinutes(5));
        assertThat(states(tips)).containsExactly("hello accepted", "hello accepted");
    }

    @Test
    void asksTheSameSurveyAgainOnlyAfterItsOwnQuarantine() {
        shop.set("quarantine_days = 0");
        beans.getBean(ContactPolicies.class)
                .save(shop.workspaceId(), new ContactPolicy(0, Set.of(), null, 0, Map.of("post-purchase", 60)))
                .block();
        var asking = follow(
                "questions",
                "order-delivered",
                "",
                "{\"key\": \"ask\", \"type\": \"ask\", \"survey\": \"post-purchase\"}");
        bought("1", "ana", begin);
        go();
        time.shift(Duration.ofDays(59)).block();
        bought("2", "ana", begin.plus(59, ChronoUnit.DAYS));
        go();
        time.shift(Duration.ofDays(61)).block();
        bought("3", "ana", begin.plus(61, ChronoUnit.DAYS));
        go();
        assertThat(states(asking)).containsExactly("ask accepted", "ask skipped quarantine", "ask accepted");
    }

    @Test
    void writesNothingOnQuietDays() {
        var today = begin.atZone(ZoneId.of("Europe/Berlin")).getDayOfWeek();
        beans.getBean(ContactPolicies.class)
                .save(shop.workspaceId(), new ContactPolicy(0, Set.of(today, today.plus(1)), null, 0, Map.of()))
                .block();
        var tips = follow("order-delivered", "", MAIL);
        shop.order("1", "ana@example.com", delivered() + ", \"country\": \"DE\"", begin);
        go();
        assertThat(states(tips)).containsExactly("hello planned");
        assertThat(due(tips).atZone(ZoneId.of("Europe/Berlin")).getDayOfWeek()).isEqualTo(today.plus(2));
    }

    @Test
    void writesToNobodyWithoutAnAddressAndAboutNoTestOrder() {
        var tips = follow("order-delivered", "", MAIL);
        shop.take(List.of("""
                {"externalId": "1", "placedAt": "%s", "customer": {"externalId": "ana"}, %s}""".formatted(begin, delivered())));
        shop.order("2", "ben@example.com", delivered() + ", \"test\": true", begin);
        go();
        assertThat(texts(
                        "select s.skip_reason from send s where s.workspace_id = $1 and s.follow_up_id = '%s' and s.state = 'accepted'"
                                .formatted(tips.id())))
                .isEmpty();
        assertThat(states(tips)).contains("hello skipped no-address");
    }
}
