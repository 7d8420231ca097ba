package dev.afterword.web.followup;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.afterword.db.followup.CreateFollowUp;
import dev.afterword.db.followup.FollowUps;
import dev.afterword.db.followup.journey.FollowUpReader;
import dev.afterword.db.followup.journey.Step;
import dev.afterword.db.workspace.Workspaces;
import dev.afterword.web.Browser;
import dev.afterword.web.Browser.Look;
import dev.afterword.web.TestStaff;
import dev.afterword.web.WebTest;
import java.time.LocalTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;

/** A marketer writes a follow-up: what begins it, its steps and ways, and its mails. */
@WebTest
class JourneyEditorTest {
    @RegisterExtension
    static Browser browser = new Browser();

    @Autowired
    TestStaff testStaff;

    @Autowired
    Workspaces workspaces;

    @Autowired
    CreateFollowUp createFollowUp;

    @Autowired
    FollowUps followUps;

    @Test
    void writesAJourneyWithItsMails() {
        var owner = testStaff.owner();
        workspaces
                .save(owner.workspace().from("Mira", "hello@shop.example", null, "Street 1"))
                .block();
        var made = createFollowUp
                .create(owner.workspace().id(), "Use it better", FollowUpReader.read("""
                        {"level": 4, "purpose": "tips", "trigger": {"on": "order-placed"}, "steps": []}"""))
                .block();
        var page = testStaff.signIn(browser.page(), owner);
        page.navigate(owner.url("/follow-ups/use-it-better/edit"));
        assertThat(page.locator(".problems").innerText()).contains("Nothing happens");

        page.selectOption("#on", "order-delivered");
        assertThat(page.locator(".course").first()).containsText("When an order is delivered");
        page.locator("fieldset", new Page.LocatorOptions().setHasText("Only for those"))
                .getByText("Add a condition")
                .click();
        page.selectOption("[name=audience-0-fact]", "order.delivery");
        page.selectOption("[name=audience-0-value]", "late");
        kept(page);
        Browser.everyLook(page, "journey-begin");

        add(page, "Wait");
        page.fill("#days", "14");
        page.fill("#at", "10:30");
        kept(page);
        add(page, "Mail");
        page.fill("#subject", "Get more out of your {{order.product}}");
        assertThat(page.locator("#findings-")).containsText("is not known of everybody");
        page.fill("#subject", "Get more out of your {{order.product|order}}");
        page.fill("textarea[name=b0-markdown]", "{{greeting}}\n\nThree tips for **you**.");
        kept(page);
        page.locator(".blocks ~ .kinds").getByText("Button").click();
        page.fill("[name=b1-label]", "Read more");
        page.fill("[name=b1-link]", "https://shop.example/tips");
        kept(page);
        page.getByText("Add a language").click();
        page.locator(".tongues-bar .kinds button[lang=pt]").click();
        page.fill("#subject", "Mais do seu {{order.product|pedido}}");
        kept(page);
        page.locator(".beside > summary").click();
        var mail = page.frameLocator("iframe[name=preview]");
        assertThat(mail.locator("body")).containsText("Three tips for you.");
        page.locator("[name=text]").check();
        assertThat(mail.locator("pre")).containsText("Read more: https://shop.example/tips");
        page.locator("[name=text]").uncheck();
        assertThat(mail.locator("a").first()).hasText("Read more");
        page.locator("[name=dark]").check();
        Browser.everyLook(page, "journey-mail");
        page.locator(".beside form[method=post] button").click();
        assertThat(page.locator(".flash")).containsText("test");

        add(page, "It depends");
        page.getByText("Add a way with a condition").click();
        page.selectOption("[name=when-0-fact]", "step.mail");
        page.selectOption("[name=when-0-value]", "not-sent");
        kept(page);
        add(page, "Note on the customer");
        page.fill("#name", "unreached");
        page.fill("#value", "yes");
        kept(page);
        Browser.everyLook(page, "journey-way");

        var draft = followUps.find(made.key()).block().shown();
        assertThat(followUps.find(made.key()).block().name()).isEqualTo("Use it better");
        assertThat(draft.steps().getFirst()).isEqualTo(new Step.Wait("wait", 14, 0, LocalTime.of(10, 30)));
        assertThat(draft.steps()).extracting(Step::type).containsExactly("wait", "mail", "branch");
        assertThat(((Step.Branch) draft.steps().get(2)).cases().getFirst().steps())
                .containsExactly(new Step.SetAttribute("set-attribute", "unreached", "yes"));
        assertThat(((Step.Mail) draft.steps().get(1)).content().variants()).containsOnlyKeys("de", "pt");

        page.getByText("look at it and publish").click();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Publish"))
                .click();
        assertThat(page.locator("main")).containsText("Version 1.");

        var phone = testStaff.signIn(browser.page(Look.PHONE.withoutScripts()), owner);
        phone.navigate(owner.url("/follow-ups/use-it-better/edit?at=step:wait"));
        phone.fill("#days", "10");
        phone.locator(".acts").getByText("Save").click();
        assertThat(phone.locator("#days")).hasValue("10");
        assertThat(phone.locator("#state")).containsText("not published");

        phone.navigate(owner.url("/follow-ups/use-it-better/edit?at=step:mail"));
        phone.getByText("Delete this step").first().click();
        phone.locator("button[value='delete:mail']").click();
        phone.locator(".course .add > summary").click();
        phone.locator("button[value='add:mail']").click();
        assertThat(phone.locator("#middle")).hasText("Mail");
        assertThat(followUps.find(made.key()).block().shown().steps())
                .extracting(Step::key)
                .as("who got the mail that is gone is to get the new one")
                .contains("mail-2");
    }

    private static void add(Page page, String kind) {
        page.locator(".course .add").evaluate("menu => menu.open = true");
        page.locator(".course .add .kinds")
                .getByText(kind, new com.microsoft.playwright.Locator.GetByTextOptions().setExact(true))
                .click();
        assertThat(page.locator("#middle")).hasText(kind);
    }

    /** Until what was typed is kept and shown. */
    private static void kept(Page page) {
        page.waitForResponse(
                answer -> answer.url().endsWith("/changes"),
                () -> page.locator("form.wide > .acts").getByText("Save").click());
        page.waitForFunction("() => !document.querySelector('.htmx-request, .htmx-swapping, .htmx-settling')");
    }
}
