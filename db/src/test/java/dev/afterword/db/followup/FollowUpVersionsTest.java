package dev.afterword.db.followup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterword.db.DatabaseTest;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

/** What a new version does to those who are inside, and to what was planned for them. */
@DatabaseTest
class FollowUpVersionsTest extends FollowUpShop {
    @Test
    void movesThoseInsideToANewVersionOrLetsThemFinishTheirs() {
        var tips = follow("order-delivered", "", "{\"key\": \"pause\", \"type\": \"wait\", \"days\": 3}, " + MAIL);
        shop.order("1", "ana@example.com", delivered(), begin);
        go();
        assertThat(due(tips)).isEqualTo(begin.plus(3, ChronoUnit.DAYS));
        publish(
                tips,
                definition(
                        "tips",
                        "order-delivered",
                        "",
                        "{\"key\": \"pause\", \"type\": \"wait\", \"days\": 5}, " + MAIL),
                false);
        go();
        assertThat(due(tips)).isEqualTo(begin.plus(3, ChronoUnit.DAYS));
        publish(
                tips,
                definition(
                        "tips",
                        "order-delivered",
                        "",
                        "{\"key\": \"pause\", \"type\": \"wait\", \"days\": 6}, " + MAIL),
                true);
        assertThat(due(tips)).isEqualTo(begin.plus(6, ChronoUnit.DAYS));
    }

    @Test
    void knowsTheKeysOfAllThatItEverHad() {
        var tips = follow("order-delivered", "", """
                {"key": "which", "type": "branch", "cases": [
                    {"key": "big", "when": {"fact": "order.amount", "operator": "at-least", "value": 100}, "steps": [{"key": "pause", "type": "wait", "days": 2}]}],
                    "otherwise": [{"key": "over", "type": "end"}]},
                {"key": "try", "type": "split", "arms": [{"key": "a", "steps": [%s]}, {"key": "b", "steps": []}]}""".formatted(MAIL));
        publish(tips, definition("tips", "order-delivered", "", MAIL.replace("hello", "bye")), true);
        assertThat(beans.getBean(FollowUps.class).keysOfVersions(tips).block())
                .containsExactlyInAnyOrder(
                        "which", "which/big", "pause", "over", "try", "try/a", "try/b", "hello", "bye");
    }

    @Test
    void takesBackWhatWasPlannedInAStepThatIsGone() {
        shop.enabled();
        shop.delivered("1", "ana@example.com", begin.minus(3, ChronoUnit.DAYS));
        go();
        assertThat(states(shop.followUp())).containsExactly("ask accepted", "remind planned");

        shop.withoutReminder();
        assertThat(states(shop.followUp())).containsExactly("ask accepted", "remind skipped step-gone");
        assertThat(ends(shop.followUp())).containsExactly("done");
        later(Duration.ofDays(4).plusMinutes(1));
        assertThat(states(shop.followUp())).containsExactly("ask accepted", "remind skipped step-gone");
    }

    @Test
    void decidesAnewOnceSomebodyComesToAStepThatNowStandsBehindABranch() {
        var pause = "{\"key\": \"pause\", \"type\": \"wait\", \"days\": 14}, ";
        var tips = follow("order-delivered", "", pause + MAIL);
        bought("1", "ana", begin);
        bought("2", "ben", begin);
        go();
        assertThat(states(tips)).containsExactly("hello planned", "hello planned");

        publish(tips, definition("tips", "order-delivered", "", pause + """
                {"key": "which", "type": "branch", "cases": [{"key": "vip", "when": {"fact": "contact.attribute.vip", "operator": "is", "value": "yes"}, "steps": [%s]}]}
                """.formatted(MAIL)), true);
        assertThat(states(tips)).containsExactly("hello skipped step-gone", "hello skipped step-gone");
        run("update contact set attributes = '{\"vip\": \"yes\"}' where workspace_id = $1 and external_id = 'ana'");
        later(Duration.ofDays(14).plusMinutes(1));
        assertThat(states(tips)).containsExactlyInAnyOrder("hello accepted", "hello skipped step-gone");
        assertThat(ends(tips)).containsExactly("done", "done");
    }

    @Test
    void asksInTheNewStepWhatWasToBeAskedInTheOneThatIsGone() {
        var pause = "{\"key\": \"pause\", \"type\": \"wait\", \"days\": 3}, ";
        var ask = "{\"key\": \"%s\", \"type\": \"ask\", \"survey\": \"post-purchase\"}";
        var asking = follow("questions", "order-delivered", "", pause + ask.formatted("ask"));
        bought("1", "ana", begin);
        go();
        publish(asking, definition("questions", "order-delivered", "", pause + ask.formatted("question")), true);
        assertThat(states(asking)).containsExactlyInAnyOrder("ask skipped step-gone", "question planned");
        later(Duration.ofDays(3).plusMinutes(1));
        assertThat(states(asking)).containsExactlyInAnyOrder("ask skipped step-gone", "question accepted");
    }

    @Test
    void sendsNothingOfAJourneyThatHasGoneOnMeanwhile() {
        var tips = follow("order-delivered", "", MAIL);
        bought("1", "ana", begin);
        readAll();
        run("update enrollment set step = 'other' where workspace_id = $1");
        go();
        assertThat(states(tips)).containsExactly("hello skipped step-gone");
    }
}
