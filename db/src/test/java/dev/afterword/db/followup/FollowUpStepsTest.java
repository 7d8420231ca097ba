package dev.afterword.db.followup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterword.db.DatabaseTest;
import dev.afterword.db.Key;
import dev.afterword.db.message.Sends;
import dev.afterword.db.order.Offer;
import dev.afterword.db.reward.AddCodes;
import dev.afterword.db.reward.ChangePools;
import dev.afterword.db.reward.PromiseReward;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What the steps of a follow-up do: ways, waits, mails and codes. */
@DatabaseTest
class FollowUpStepsTest extends FollowUpShop {
    @Test
    void goesWaysNotesAndWaits() {
        var ways = follow("order-delivered", "", """
                {"key": "which", "type": "branch", "cases": [
                    {"key": "big", "when": {"fact": "order.amount", "operator": "at-least", "value": 100}, "steps": [
                        {"key": "note", "type": "set-attribute", "name": "big", "value": "yes"}, {"key": "pause", "type": "wait", "days": 2}]}],
                    "otherwise": [{"key": "over", "type": "end"}]}, %s""".formatted(MAIL));
        shop.order(
                "1",
                "ana@example.com",
                delivered() + ", \"total\": {\"amount\": \"141.46\", \"currency\": \"EUR\"}",
                begin);
        shop.order(
                "2",
                "ben@example.com",
                delivered() + ", \"total\": {\"amount\": \"14.00\", \"currency\": \"EUR\"}",
                begin);
        go();
        assertThat(ends(ways)).containsExactlyInAnyOrder("done", null);
        assertThat(states(ways)).containsExactly("hello planned");
        assertThat(texts("select attributes ->> 'big' from contact where workspace_id = $1"))
                .containsExactlyInAnyOrder("yes", null);
        later(Duration.ofDays(2).plusMinutes(1));
        assertThat(states(ways)).containsExactly("hello accepted");
        assertThat(ends(ways)).containsExactlyInAnyOrder("done", "done");
    }

    @Test
    void waitsForTheDayAndTheHourWhereTheCustomerLives() {
        var tips = follow(
                "order-delivered",
                "",
                "{\"key\": \"pause\", \"type\": \"wait\", \"days\": 2, \"at\": \"09:30\"}, " + MAIL);
        shop.order("1", "ana@example.com", delivered() + ", \"country\": \"JP\"", begin);
        go();
        var tokyo = ZoneId.of("Asia/Tokyo");
        var due = due(tips).atZone(tokyo);
        assertThat(due.toLocalTime()).isEqualTo(LocalTime.of(9, 30));
        assertThat(due.toInstant())
                .isBetween(
                        begin.plus(2, ChronoUnit.DAYS),
                        begin.plus(3, ChronoUnit.DAYS).plusSeconds(60));
    }

    @Test
    void writesTheMailOfAStepInTheCustomersLanguageWithWhatIsKnown() {
        var tips = follow("order-delivered", "", """
                {"key": "pause", "type": "wait", "days": 1},
                {"key": "use", "type": "mail", "content": {
                    "en": {"subject": "Your {{line.name|order}}, {{contact.firstName|you}}", "blocks": [{"type": "text", "markdown": "Use it **well**."}, {"type": "order-product"}]},
                    "de": {"subject": "Ihr {{line.name|Kauf}}", "blocks": [{"type": "text", "markdown": "Viel Freude damit."}]}}}
                """);
        shop.order(
                "1",
                "ana@example.com",
                delivered()
                        + ", \"country\": \"DE\", \"lines\": [{\"externalId\": \"1\", \"sku\": \"b1\", \"name\": \"<Kettle>\"}]",
                begin);
        shop.order(
                "2",
                "ben@example.com",
                delivered()
                        + ", \"country\": \"US\", \"lines\": [{\"externalId\": \"1\", \"sku\": \"b1\", \"name\": \"<Kettle>\"}]",
                begin);
        go();
        var sends = texts("select id::text from send where workspace_id = $1 and follow_up_id = '%s'"
                        .formatted(tips.id()))
                .stream()
                .map(id -> beans.getBean(Sends.class)
                        .find(new Key(shop.workspaceId(), UUID.fromString(id)))
                        .block())
                .toList();
        var mails = beans.getBean(WriteMails.class)
                .write(shop.workspaceId(), sends, begin)
                .block()
                .values();
        assertThat(mails)
                .extracting(mail -> mail.mail().subject())
                .containsExactlyInAnyOrder("Ihr <Kettle>", "Your <Kettle>, Ana");
        assertThat(mails)
                .allSatisfy(mail -> assertThat(mail.mail().html())
                        .doesNotContain("<Kettle>")
                        .contains(mail.unsubscribeLink()));
        assertThat(mails).extracting(mail -> mail.feedbackId().split(":")[1]).containsOnly("use");
    }

    @Test
    void givesACodeOnceAndSaysItInTheMailBehind() {
        var pool = beans.getBean(ChangePools.class)
                .create(
                        shop.workspaceId(),
                        "sorry",
                        new ChangePools.Wish("Sorry", null, new Offer(null, BigDecimal.TEN, Map.of(), null, 30), 0))
                .block();
        beans.getBean(AddCodes.class).add(pool.key(), List.of("SAVE-1")).block();
        var gift = follow("order-delivered", "", """
                {"key": "gift", "type": "give-reward", "kind": "reward", "pool": "sorry"},
                {"key": "use", "type": "mail", "content": {"en": {"subject": "{{reward.offer}}", "blocks": [{"type": "text", "markdown": "Take it by {{reward.expires|soon}}."}, {"type": "reward", "label": "Code"}]}}}
                """);
        shop.order("1", "ana@example.com", delivered(), begin);
        go();
        assertThat(states(gift)).containsExactly("use accepted");
        var send = beans.getBean(Sends.class)
                .find(new Key(
                        shop.workspaceId(),
                        UUID.fromString(texts("select id::text from send where workspace_id = $1 and step = 'use'")
                                .getFirst())))
                .block();
        assertThat(beans.getBean(WriteMails.class)
                        .write(shop.workspaceId(), List.of(send), begin)
                        .block()
                        .values())
                .singleElement()
                .satisfies(mail -> {
                    assertThat(mail.mail().subject()).isEqualTo("10% off your next order, valid for 30 days");
                    assertThat(mail.mail().html()).contains("SAVE-1").doesNotContain("soon");
                });
        shop.order("1", "ana@example.com", delivered() + ", \"carrier\": \"x\"", begin);
        shop.order("2", "ben@example.com", delivered(), begin);
        go();
        assertThat(states(gift)).containsExactlyInAnyOrder("use accepted", "use skipped reward-owed");
        assertThat(texts("select code from given_reward where workspace_id = $1"))
                .containsExactlyInAnyOrder("SAVE-1", null);
        beans.getBean(AddCodes.class).add(pool.key(), List.of("SAVE-2")).block();
        go();
        assertThat(texts("select kind || ' ' || state from send where workspace_id = $1 and follow_up_id is null"))
                .containsExactly("reward accepted");
    }

    @Test
    void givesNothingWhileItIsOffNorLaterWhatWasDueLongAgo() {
        var pool = beans.getBean(ChangePools.class)
                .create(
                        shop.workspaceId(),
                        "sorry",
                        new ChangePools.Wish("Sorry", "SORRY", new Offer(null, BigDecimal.TEN, Map.of(), null, 30), 0))
                .block();
        var gift = follow(
                "order-delivered",
                "",
                "{\"key\": \"gift\", \"type\": \"give-reward\", \"kind\": \"reward\", \"pool\": \"sorry\"}");
        beans.getBean(DisableFollowUp.class).disable(gift).block();
        shop.order("1", "ana@example.com", delivered(), begin);
        go();
        bought("2", "ben", begin.minus(8, ChronoUnit.DAYS));
        go();
        assertThat(texts("select code from given_reward where workspace_id = $1"))
                .isEmpty();
        beans.getBean(EnableFollowUp.class).enable(gift).block();
        later(Duration.ofHours(2));
        assertThat(texts("select code from given_reward where workspace_id = $1"))
                .containsExactly(pool.fixedCode());
        assertThat(texts("select kind || ' ' || state from send where workspace_id = $1 and follow_up_id is null"))
                .containsExactly("reward accepted");
    }

    @Test
    void showsInThePreviewWhatTheSurveyPromisesForAnswering() {
        beans.getBean(ChangePools.class)
                .create(
                        shop.workspaceId(),
                        "thanks",
                        new ChangePools.Wish("Thanks", "THX-1", new Offer(null, BigDecimal.TEN, Map.of(), null, 30), 0))
                .block();
        assertThat(preview()).doesNotContain("10%");
        beans.getBean(PromiseReward.class)
                .promise(shop.workspaceId(), "post-purchase", "thanks")
                .block();
        assertThat(preview()).contains("10%");
    }

    private String preview() {
        return beans.getBean(PreviewMail.class)
                .preview(shop.followUp(), null, "en", null)
                .block()
                .text();
    }
}
