package dev.afterword.web.response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import dev.afterword.db.Key;
import dev.afterword.db.response.AskedCustomer;
import dev.afterword.db.response.GiveAnswers;
import dev.afterword.db.response.GivenAnswers;
import dev.afterword.db.response.Responses;
import dev.afterword.db.survey.Answer;
import dev.afterword.db.survey.Slot;
import dev.afterword.db.workspace.AfterwordSecret;
import dev.afterword.db.workspace.LinkToken;
import dev.afterword.web.Browser;
import dev.afterword.web.Browser.Look;
import dev.afterword.web.WebTest;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.io.ClassPathResource;

/** A survey with a question of every type and a rule of every kind, walked by people. */
@WebTest
class EveryQuestionTest {
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

    @Autowired
    GiveAnswers giveAnswers;

    private Key invitation;

    @Test
    void asksOneQuestionAScreenWithoutAScript() throws IOException {
        var page = browser.page(Look.PHONE.withoutScripts());
        page.navigate(ask("one-by-one", "en") + "?recommend=4&found=search");
        assertThat(page.innerText("main")).contains("Ana, tell us about order", "recommend us, Ana?", "1 of ");
        assertThat(page.isChecked("[name=recommend][value='4']")).isTrue();
        picture(page, "by-1-scale");
        onward(page);
        assertThat(page.innerText("main")).contains("that it is only 4?");
        onward(page);
        assertThat(page.innerText(".error")).contains("need an answer here");
        assertThat(page.getAttribute(":focus", "name")).isEqualTo("why");
        picture(page, "by-2-needed");
        page.fill("[name=why]", "Broken <b>lid</b>");
        page.click("[value=back]");
        page.check("[name=recommend][value='9']");
        onward(page);
        // What was typed is kept while nothing shows it.
        assertThat(page.innerText("main")).contains("stars for the packaging");
        page.check("[name=stars][value='n/a']");
        picture(page, "by-3-stars");
        onward(page);
        page.check("[name=mood][value='4']");
        picture(page, "by-4-smileys");
        onward(page);
        page.check("[name=again][value='1']");
        picture(page, "by-5-thumbs");
        onward(page);
        assertThat(page.isChecked("[name=found][value=search]")).isTrue();
        page.check("[name=found][value=other]");
        page.fill("[name='found.other']", "On a poster");
        picture(page, "by-6-choice");
        onward(page);
        page.check("[name=liked][value=price]");
        page.check("[name=liked][value=none]");
        onward(page);
        assertThat(page.innerText(".error")).contains("do not go together");
        page.uncheck("[name=liked][value=none]");
        page.check("[name=liked][value=people]");
        onward(page);
        page.check("[name='features.speed'][value=good]");
        onward(page);
        assertThat(page.innerText(".error")).contains("need an answer here");
        page.check("[name='features.look'][value='n/a']");
        picture(page, "by-7-matrix");
        onward(page);
        page.selectOption("[name='first.greener']", "1");
        page.selectOption("[name='first.faster']", "2");
        picture(page, "by-8-ranking");
        onward(page);
        assertThat(page.innerText("main")).contains("How satisfied are you with Kettle, 1.2 l?");
        page.check("[name='fit@1'][value='5']");
        onward(page);
        page.check("[name='fit@2'][value='1']");
        picture(page, "by-9-item");
        onward(page);
        page.fill("[name='wrong@2']", "Too small");
        onward(page);
        assertThat(page.innerText("main")).contains("You sound delighted");
        onward(page);
        page.fill("[name=cups]", "21");
        onward(page);
        assertThat(page.innerText(".error")).contains("20 or less");
        page.fill("[name=cups]", "2,5");
        onward(page);
        page.fill("[name=day]", "2026-05-09");
        onward(page);

        // Resumed on another device, at the question that comes next.
        var other = browser.page(Look.DESKTOP.withoutScripts().darkened());
        other.navigate(page.url().replaceFirst("\\?.*", ""));
        assertThat(other.innerText("main")).contains("May we quote you?");
        picture(other, "by-10-consent-dark");
        other.check("[name=publish][value='true']");
        onward(other);
        other.fill("[name=address]", "ana@home");
        onward(other);
        assertThat(other.innerText(".error")).contains("mail address");
        other.fill("[name=address]", "ana@example.com");
        onward(other);
        other.check("[name=ease][value='7']");
        picture(other, "by-11-last-dark");
        onward(other);
        assertThat(other.url()).contains("/thanks");
        assertThat(other.innerText("main")).contains("You gave us 9.");

        var given = responses.toInvitation(invitation).block();
        assertThat(given.complete()).isTrue();
        assertThat(given.answers())
                .containsAllEntriesOf(expected())
                .containsEntry(Slot.of("why"), new Answer.Words("Broken <b>lid</b>"));
        assertThat(overTheApi()).containsAllEntriesOf(expected());
    }

    @Test
    void asksAllOnOnePageAndLeadsToWhatFollowsWithoutAScript() throws IOException {
        var page = browser.page(Look.DESKTOP.withoutScripts());
        page.navigate(ask("one-page", "en"));
        assertThat(page.locator("[name=why]").count()).isZero();
        picture(page, "all-desktop");
        page.check("[name=recommend][value='3']");
        page.check("[name='features.speed'][value=good]");
        onward(page);
        assertThat(page.locator(".error").count()).isEqualTo(1);
        page.check("[name='features.look'][value=bad]");
        page.check("[name='fit@2'][value='2']");
        page.fill("[name=why]", "Late");
        onward(page);
        assertThat(page.innerText(".notice")).contains("a few more questions");
        assertThat(page.getAttribute(":focus", "name")).isEqualTo("wrong@2");
        page.fill("[name='wrong@2']", "Chipped");
        page.check("[name=publish][value='false']");
        onward(page);
        assertThat(page.url()).contains("/thanks");
        var given = responses.toInvitation(invitation).block();
        assertThat(given.complete()).isTrue();
        assertThat(given.answers())
                .containsEntry(Slot.parse("features.look"), new Answer.Choice("bad", null))
                .containsEntry(Slot.parse("wrong@2"), new Answer.Words("Chipped"))
                .containsEntry(Slot.parse("stars"), new Answer.Skipped())
                .doesNotContainKey(Slot.parse("wrong@1"));
    }

    @Test
    void showsWhatFollowsAtOnceWithAScriptAndKeepsEverythingWhileThereIsNoConnection() throws IOException {
        var page = browser.page(Look.PHONE);
        page.navigate(ask("one-page", "en"));
        Browser.axe(page);
        page.check("[name=recommend][value='3']");
        page.waitForSelector("[name=why]");
        assertThat(page.innerText("[data-step=why] .ask")).contains("only 3?");
        page.fill("[name=why]", "Late");
        page.check("[name=recommend][value='2']");
        page.waitForCondition(() -> page.innerText("[data-step=why] .ask").contains("only 2?"));
        assertThat(page.inputValue("[name=why]")).isEqualTo("Late");
        page.check("[name=liked][value=price]");
        page.check("[name=liked][value=none]");
        assertThat(page.isChecked("[name=liked][value=price]")).isFalse();
        page.uncheck("[name=liked][value=none]");
        page.fill("[name='liked.other']", "The box");
        page.check("[name=liked][value=none]");
        assertThat(page.inputValue("[name='liked.other']")).isEmpty();
        page.click("[data-step=first] .place:last-child button:first-of-type");
        assertThat(page.locator("[data-step=first] select").first().inputValue())
                .isEqualTo("1");
        page.check("[name=recommend][value='9']");
        page.waitForCondition(() -> page.locator("[name=why]").count() == 0);
        page.waitForSelector("[data-step=note]");
        page.check("[name='features.speed'][value=good]");
        page.check("[name='features.look'][value=fair]");
        picture(page, "all-phone");

        page.context().setOffline(true);
        page.click(".go .button:last-child");
        page.waitForCondition(() -> page.innerText("[data-kept]").contains("no connection"));
        picture(page, "offline-phone");
        page.context().setOffline(false);
        page.waitForURL("**/thanks*");
        await().untilAsserted(() -> assertThat(
                        responses.toInvitation(invitation).block().complete())
                .isTrue());
    }

    @Test
    void showsWhatTheServerObjectsToInWhatWasSentWithoutAConnection() throws IOException {
        var page = browser.page(Look.PHONE);
        var link = ask("one-page", "en");
        page.navigate(link);
        page.check("[name=recommend][value='9']");
        page.check("[name='features.speed'][value=good]");
        page.check("[name='features.look'][value=fair]");
        page.fill("[name=cups]", "99");
        page.context().setOffline(true);
        onward(page);
        page.waitForCondition(() -> page.innerText("[data-kept]").contains("no connection"));
        page.check("[name=liked][value=price]");
        page.context().setOffline(false);
        page.waitForSelector(".error");
        assertThat(page.inputValue("[name=cups]")).isEqualTo("99");
        assertThat(page.isChecked("[name=liked][value=price]")).isTrue();

        // The same in a page that was opened later.
        page.fill("[name=cups]", "98");
        page.context().setOffline(true);
        onward(page);
        page.waitForCondition(() -> page.innerText("[data-kept]").contains("no connection"));
        page.fill("[name=cups]", "97");
        page.waitForCondition(() ->
                (boolean) page.evaluate("() => Object.values(localStorage).some(kept => kept.includes('cups=97'))"));
        page.navigate("about:blank");
        page.context().setOffline(false);
        page.navigate(link);
        page.waitForSelector(".error");
        assertThat(page.inputValue("[name=cups]")).isEqualTo("97");
        page.fill("[name=cups]", "9");
        onward(page);
        page.waitForURL("**/thanks*");
        assertThat(responses.toInvitation(invitation).block().answers())
                .containsEntry(Slot.of("cups"), new Answer.Amount(new BigDecimal("9")));
    }

    @Test
    void runsFromRightToLeftAndChangesItsLanguage() throws IOException {
        var page = browser.page(Look.PHONE.darkened());
        page.navigate(ask("one-by-one", "ar") + "?recommend=9");
        assertThat(page.getAttribute("html", "dir")).isEqualTo("rtl");
        Browser.axe(page);
        picture(page, "right-to-left-dark");
        page.check("[name=recommend][value='8']");
        page.click(".tongues [lang=fr]");
        page.waitForURL("**_lang=fr*");
        assertThat(page.innerText("h1")).isEqualTo("Comment était-ce ?");
        assertThat(page.getAttribute("html", "dir")).isEqualTo("ltr");
        assertThat(page.isChecked("[name=recommend][value='8']")).isTrue();
        picture(page, "french-dark");
    }

    @Test
    void staysWithinThirtyKilobytesOnTheWireWithAllQuestionsOnOnePage() throws Exception {
        var link = ask("one-page", "en");
        var page = received(link);
        var style = received("http://localhost:" + port + "/css/answer.css");
        var script = received("http://localhost:" + port + "/js/answer.js");
        System.out.println("a question of every type: " + page + " + " + style + " + " + script + " bytes");
        assertThat(page + style + script).isLessThan(30_000);
    }

    /** How many bytes a browser gets, as they come. */
    private static int received(String address) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(URI.create(address))
                                    .header("Accept-Encoding", "gzip")
                                    .build(),
                            HttpResponse.BodyHandlers.ofByteArray())
                    .body()
                    .length;
        }
    }

    private static Map<Slot, Answer> expected() {
        var all = new HashMap<Slot, Answer>();
        all.put(Slot.of("recommend"), new Answer.Score(9));
        all.put(Slot.of("stars"), new Answer.NotApplicable());
        all.put(Slot.of("mood"), new Answer.Score(4));
        all.put(Slot.of("again"), new Answer.Score(1));
        all.put(Slot.of("found"), new Answer.Choice("other", "On a poster"));
        all.put(Slot.of("liked"), new Answer.Choices(List.of("price", "people"), null));
        all.put(Slot.parse("features.speed"), new Answer.Choice("good", null));
        all.put(Slot.parse("features.look"), new Answer.NotApplicable());
        all.put(Slot.of("first"), new Answer.Ranked(List.of("greener", "faster")));
        all.put(Slot.parse("fit@1"), new Answer.Score(5));
        all.put(Slot.parse("fit@2"), new Answer.Score(1));
        all.put(Slot.parse("wrong@2"), new Answer.Words("Too small"));
        all.put(Slot.of("cups"), new Answer.Amount(new BigDecimal("2.5")));
        all.put(Slot.of("day"), new Answer.Day(LocalDate.of(2026, 5, 9)));
        all.put(Slot.of("publish"), new Answer.Agreed(true));
        all.put(Slot.of("address"), new Answer.Words("ana@example.com"));
        all.put(Slot.of("ease"), new Answer.Score(7));
        return all;
    }

    /** The same given as JSON has it. */
    private Map<Slot, Answer> overTheApi() throws IOException {
        ask("one-by-one", "en");
        var given = new LinkedHashMap<String, Object>();
        given.put("recommend", 9);
        given.put("stars", "n/a");
        given.put("mood", 4);
        given.put("again", 1);
        given.put("found", "other");
        given.put("found.other", "On a poster");
        given.put("liked", List.of("price", "people"));
        given.put("features", Map.of("speed", "good", "look", "n/a"));
        given.put("first", List.of("greener", "faster"));
        given.put("fit", Map.of("@1", 5, "@2", 1));
        given.put("wrong@2", "Too small");
        given.put("cups", new BigDecimal("2.5"));
        given.put("day", "2026-05-09");
        given.put("publish", true);
        given.put("address", "ana@example.com");
        given.put("ease", 7);
        giveAnswers
                .give(new GivenAnswers(invitation, given, true, true, Instant.now()))
                .block();
        return responses.toInvitation(invitation).block().answers();
    }

    private static void onward(Page page) {
        page.click(".go .button:last-child");
    }

    private static void picture(Page page, String name) {
        Browser.picture(page, "answer/" + name);
        assertThat(page.content()).doesNotContain("??");
    }

    private String ask(String presentation, String language) throws IOException {
        var definition = new ClassPathResource("every-question.json", EveryQuestionTest.class)
                .getContentAsString(StandardCharsets.UTF_8)
                .replace("one-by-one", presentation);
        var customer =
                AskedCustomer.in(beans).asking(definition).speaking(language).having("Kettle, 1.2 l", "Cups");
        invitation = customer.invited();
        return "http://localhost:" + port + "/r/"
                + new LinkToken(customer.workspace().code(), invitation.id()).sign(LinkToken.Use.ANSWER, secret);
    }
}
