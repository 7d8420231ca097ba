package dev.afterword.web.survey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.Page;
import dev.afterword.db.Fields;
import dev.afterword.db.response.AskedCustomer;
import dev.afterword.db.survey.DefinitionReader;
import dev.afterword.db.survey.SaveSurveyDraft;
import dev.afterword.db.survey.SurveyDrafts;
import dev.afterword.db.workspace.AfterwordSecret;
import dev.afterword.db.workspace.LinkToken;
import dev.afterword.db.workspace.Role;
import dev.afterword.web.Browser;
import dev.afterword.web.Browser.Look;
import dev.afterword.web.TestStaff;
import dev.afterword.web.WebTest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * 200 questions in 8 languages are edited, published and answered. Shows how long each act takes; {@link LargeSurveyBench} holds it to what a person does not
 * notice.
 */
@WebTest
class LargeSurveyTest {
    private static final int QUESTIONS = 200;
    private static final List<String> LANGUAGES = List.of("en", "de", "pt", "ar", "fr", "es", "it", "nl");

    @RegisterExtension
    static Browser browser = new Browser();

    @LocalServerPort
    int port;

    @Autowired
    TestStaff staff;

    @Autowired
    BeanFactory beans;

    @Autowired
    SurveyDrafts drafts;

    @Autowired
    SaveSurveyDraft saveSurveyDraft;

    @Autowired
    AfterwordSecret secret;

    @Test
    void isWrittenPublishedAndAnsweredWithoutDelay() {
        var customer = AskedCustomer.in(beans);
        var workspace = customer.workspace();
        var draft = drafts.find(workspace.id(), "post-purchase").block();
        saveSurveyDraft
                .save(draft.survey().key(), draft.version(), "Large", DefinitionReader.read(Fields.of(large())), null)
                .block();
        var owner = staff.member(workspace, Role.OWNER);
        var page = staff.signIn(browser.page(), owner);
        page.navigate(owner.url("/surveys/post-purchase"));

        var opened = took(() -> page.navigate(owner.url("/surveys/post-purchase?at=question:q150")));
        var saved = took(() -> page.waitForResponse(
                answer -> answer.url().endsWith("/changes"),
                () -> page.locator("textarea[name=text]").fill("What else?")));
        assertThat(page.locator("[data-question=q150] .asked-text")).hasText("What else?");
        var chosen = took(() -> {
            page.locator("[data-question=q170] a").click();
            assertThat(page.locator("textarea[name=text]")).hasValue("Question 170 in en, with some more words?");
        });
        var translated = took(() -> page.navigate(owner.url("/surveys/post-purchase/translations?language=ar")));
        var compared = took(() -> page.navigate(owner.url("/surveys/post-purchase/publication")));
        var published = took(() -> {
            page.getByText("Publish as version 2").click();
            assertThat(page.locator("h2").first()).containsText("Version 2");
        });

        var link = "http://localhost:" + port + "/r/"
                + new LinkToken(workspace.code(), customer.invited().id()).sign(LinkToken.Use.ANSWER, secret);
        var phone = browser.page(Look.PHONE);
        slow(phone);
        phone.navigate(link);
        var painted =
                phone.waitForFunction("() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime");
        var readable = ((Number) painted.jsonValue()).longValue();
        phone.context().close();
        var fast = browser.page(Look.PHONE);
        fast.navigate(link);
        var next = IntStream.rangeClosed(2, 6)
                .mapToLong(step -> next(fast, step))
                .sorted()
                .toArray()[2];

        var times = new Times(opened, saved, chosen, translated, compared, published, readable, next);
        System.out.println("200 questions in 8 languages, milliseconds: " + times);
        judge(times);
    }

    /**
     * What took how long, in milliseconds.
     *
     * @param saved what is typed, 600 of it waiting for more
     * @param readable on a slow phone
     * @param next the middle one of five
     */
    record Times(
            long opened,
            long saved,
            long chosen,
            long translated,
            long compared,
            long published,
            long readable,
            long next) {}

    /** Here the figures are shown only: how busy a machine is decides nothing about the product. */
    void judge(Times times) {}

    /** Answers what can be answered with one tap and waits until that step can be read. */
    private static long next(Page page, int step) {
        var scale = page.locator(".scale input");
        if (scale.count() > 0) {
            scale.first().check();
        }
        return took(() -> {
            page.click(".go .button:last-child");
            assertThat(page.locator("#progress")).hasText(Pattern.compile("^" + step + "\\D.*"));
        });
    }

    /** 400 ms there and back, 400 kbit/s. */
    private static void slow(Page page) {
        var network = new JsonObject();
        network.addProperty("offline", false);
        network.addProperty("latency", 400);
        network.addProperty("downloadThroughput", 400_000 / 8);
        network.addProperty("uploadThroughput", 400_000 / 8);
        var session = page.context().newCDPSession(page);
        session.send("Network.enable");
        session.send("Network.emulateNetworkConditions", network);
    }

    private static long took(Runnable act) {
        var begun = System.nanoTime();
        act.run();
        return (System.nanoTime() - begun) / 1_000_000;
    }

    /** Twenty pages with ten questions each, every tenth of which depends on an answer before it. */
    private static ObjectNode large() {
        var pages = IntStream.range(0, QUESTIONS / 10)
                .mapToObj(page -> Map.of(
                        "key",
                        "page" + page,
                        "questions",
                        IntStream.range(page * 10, page * 10 + 10)
                                .mapToObj(LargeSurveyTest::question)
                                .toList()))
                .toList();
        return (ObjectNode) JsonMapper.shared()
                .valueToTree(Map.of("title", texts("A long survey"), "languages", LANGUAGES, "pages", pages));
    }

    private static Map<String, Object> question(int number) {
        var question = new LinkedHashMap<String, Object>();
        question.put("key", "q" + number);
        question.put("text", texts("Question " + number));
        if (number % 10 == 9) {
            question.put("showIf", Map.of("subject", "answer.q" + (number - 9), "operator", "at-most", "value", 6));
        }
        switch (number % 10) {
            case 0 -> question.put("type", "nps");
            case 1, 2, 3 -> {
                question.put("type", "single-choice");
                question.put("options", options());
            }
            case 4, 5 -> {
                question.put("type", "multiple-choice");
                question.put("options", options());
            }
            case 6 -> {
                question.put("type", "matrix");
                question.put("rows", options());
                question.put("columns", options());
            }
            case 7 -> question.put("type", "number");
            default -> question.put("type", "long-text");
        }
        return question;
    }

    private static List<Map<String, Object>> options() {
        return IntStream.range(0, 6)
                .mapToObj(option -> Map.<String, Object>of("key", "o" + option, "text", texts("Option " + option)))
                .toList();
    }

    private static Map<String, String> texts(String text) {
        var texts = new LinkedHashMap<String, String>();
        LANGUAGES.forEach(language -> texts.put(
                language, text + " in " + language + ", with some more words" + (text.startsWith("Q") ? "?" : "")));
        return texts;
    }
}
