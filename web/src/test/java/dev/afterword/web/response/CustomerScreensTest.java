package dev.afterword.web.response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.afterword.db.Key;
import dev.afterword.db.order.Offer;
import dev.afterword.db.response.AskedCustomer;
import dev.afterword.db.response.Responses;
import dev.afterword.db.reward.ChangePools;
import dev.afterword.db.reward.PromiseReward;
import dev.afterword.db.survey.Answer;
import dev.afterword.db.survey.Slot;
import dev.afterword.db.workspace.AfterwordSecret;
import dev.afterword.db.workspace.LinkToken;
import dev.afterword.web.Browser;
import dev.afterword.web.Browser.Look;
import dev.afterword.web.WebTest;
import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@WebTest
class CustomerScreensTest {
    @RegisterExtension
    static Browser browser = new Browser();

    @LocalServerPort
    int port;

    @Autowired
    BeanFactory beans;

    @Autowired
    AfterwordSecret secret;

    @Autowired
    Responses responses;

    private Key invitation;

    @Test
    void canBeUsedByEverybodyInEveryLanguageAndLight() {
        for (var language : new String[] {"en", "de", "pt-BR", "ar"}) {
            var link = ask(AskedCustomer.in(beans).speaking(language));
            var page = browser.page();
            page.navigate(link + "?recommend=9");
            Browser.everyLook(page, "customer/answer-" + language);
        }
    }

    @Test
    void saysWhatIsGivenForAnAnswer() {
        var customer = AskedCustomer.in(beans).speaking("en");
        var workspace = customer.workspace().id();
        beans.getBean(ChangePools.class)
                .create(
                        workspace,
                        "thanks",
                        new ChangePools.Wish(
                                "Thanks", "THANKS-10", new Offer(null, BigDecimal.TEN, Map.of(), null, 30), 2))
                .block();
        beans.getBean(PromiseReward.class)
                .promise(workspace, "post-purchase", "thanks")
                .block();
        var page = browser.page(Look.PHONE);
        page.navigate(ask(customer) + "?recommend=2");
        assertThat(page.locator(".thing").allInnerTexts().toString()).contains("10%");
        Browser.everyLook(page, "customer/answer-promised");
        page.click(".go .button");
        page.waitForURL("**/thanks");
        Browser.everyLook(page, "customer/thanks-promised");
    }

    @Test
    void answersWithoutAScriptAndWithTheKeyboardAlone() {
        var link = ask(AskedCustomer.in(beans));
        var page = browser.page(Look.PHONE.withoutScripts());
        page.navigate(link + "?recommend=9");
        for (int tab = 0; tab < 20 && !"q-recommend-9".equals(focused(page)); tab++) {
            page.keyboard().press("Tab");
        }
        page.keyboard().press("ArrowRight");
        page.keyboard().press("Tab");
        page.keyboard().press("Space");
        page.keyboard().press("Tab");
        page.keyboard().press("Tab");
        page.keyboard().type("A fine kettle.");
        page.keyboard().press("Tab");
        page.keyboard().press("Enter");
        page.waitForURL("**/thanks");
        checked(page, "thanks-en", Look.PHONE.withoutScripts());
        assertThat(responses.toInvitation(invitation).block().answers())
                .containsEntry(Slot.of("recommend"), new Answer.Score(10))
                .containsEntry(Slot.of("satisfaction"), new Answer.Score(1))
                .containsEntry(Slot.of("ease"), new Answer.Skipped())
                .containsEntry(Slot.of("comment"), new Answer.Words("A fine kettle."));

        page.getByRole(AriaRole.LINK).click();
        assertThat(page.isChecked("#q-recommend-10")).isTrue();
        assertThat(page.inputValue("textarea")).isEqualTo("A fine kettle.");
        checked(page, "again-en", Look.PHONE.withoutScripts());
    }

    @Test
    void keepsWhatIsAnsweredSoFarAndCountsItOnlyWhenItIsSent() {
        var link = ask(AskedCustomer.in(beans));
        var page = browser.page(Look.PHONE);
        page.navigate(link + "?recommend=9");
        page.waitForTimeout(1_500);
        assertThat(responses.toInvitation(invitation).block()).isNull();

        page.check("#q-satisfaction-4");
        page.waitForSelector("[data-kept]:not(:empty)");
        var draft = responses.toInvitation(invitation).block();
        assertThat(draft.confirmed()).isFalse();
        assertThat(draft.answers())
                .containsOnlyKeys(Slot.of("recommend"), Slot.of("satisfaction"))
                .containsEntry(Slot.of("satisfaction"), new Answer.Score(4));
        checked(page, "kept-en", Look.PHONE);

        page.fill("textarea", "Half a sent");
        page.navigate("about:blank");
        await().untilAsserted(() -> assertThat(
                        responses.toInvitation(invitation).block().answers())
                .containsEntry(Slot.of("comment"), new Answer.Words("Half a sent")));

        var other = browser.page(Look.DESKTOP);
        other.navigate(link);
        assertThat(other.inputValue("textarea")).isEqualTo("Half a sent");
        other.click(".go .button");
        other.waitForURL("**/thanks");
        assertThat(responses.toInvitation(invitation).block().confirmed()).isTrue();
        checked(other, "thanks-en", Look.DESKTOP);
    }

    @Test
    void opensAtTheFirstMistakeWithEverythingKept() {
        var link = ask(AskedCustomer.in(beans).speaking("de"));
        var page = browser.page(Look.PHONE);
        page.navigate(link);
        page.check("#q-ease-6");
        page.fill("textarea", "x".repeat(10_001));
        page.click(".go .button");
        page.waitForSelector(".error");
        assertThat(focused(page)).isEqualTo("q-comment");
        assertThat(page.inputValue("textarea")).hasSize(10_001);
        assertThat(page.isChecked("#q-ease-6")).isTrue();
        checked(page, "mistake-de", Look.PHONE);
    }

    @Test
    void showsKindPagesWhereThereIsNothingToAnswer() {
        var page = browser.page(Look.PHONE.speaking("ar"));
        page.navigate("http://localhost:" + port + "/r/nothing");
        checked(page, "nothing-ar", Look.PHONE);
        var closed = browser.page(Look.PHONE.darkened());
        closed.navigate(ask(AskedCustomer.in(beans).longAgo()));
        checked(closed, "closed-en", Look.PHONE.darkened());
    }

    private static void checked(Page page, String name, Look look) {
        Browser.picture(page, "customer/" + name + "-" + look.width() + (look.dark() ? "-dark" : ""));
        // Without scripts axe cannot run; the same pages are checked with scripts elsewhere.
        if (look.scripts()) {
            Browser.axe(page);
        }
    }

    private static String focused(Page page) {
        return page.locator(":focus").count() == 0 ? "" : page.locator(":focus").getAttribute("id");
    }

    private String ask(AskedCustomer customer) {
        invitation = customer.invited();
        return "http://localhost:" + port + "/r/"
                + new LinkToken(customer.workspace().code(), invitation.id()).sign(LinkToken.Use.ANSWER, secret);
    }
}
