package dev.afterword.db.message.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterword.db.message.ComposeMail;
import dev.afterword.db.message.Letter;
import dev.afterword.db.message.Letter.FirstQuestion;
import dev.afterword.db.message.Locality;
import dev.afterword.db.message.SendKind;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComposeMailTest {
    private static final String HOSTILE =
            "</td><script>alert(1)</script>\"'><a href=\"https://evil.example\">x</a> [y](https://evil.example) **b** {{shop.name}}\r\nBcc: all@example.com\u202e";

    @ParameterizedTest
    @ValueSource(strings = {"en", "de", "pt", "ar"})
    void asksInEveryLanguageWithTheQuestionInside(String language) {
        for (var kind : new SendKind[] {SendKind.ASK, SendKind.REMIND}) {
            var mail = ComposeMail.compose(new Letter(
                    MailFixtures.shop("Cedar & Salt", "Lindenweg 4\r\n10245 Berlin"),
                    kind,
                    language,
                    "Ana Souza",
                    "10482",
                    new FirstQuestion("recommend", "How likely <b>?", "not at all", "very", 0, 10),
                    "https://feedback.example/r/abc",
                    "https://feedback.example/u/abc"));
            var page = Jsoup.parse(mail.html());
            var texts = MailTexts.in(language);

            assertThat(mail.subject()).isEqualTo(texts.say("mail.subject." + kind.code(), "Cedar & Salt"));
            assertThat(page.title()).isEqualTo(mail.subject());
            assertThat(page.selectFirst("html").attr("lang")).isEqualTo(language);
            assertThat(page.selectFirst("html").attr("dir")).isEqualTo(language.equals("ar") ? "rtl" : "ltr");
            assertThat(page.text())
                    .contains(
                            texts.say("mail.greeting", "Ana Souza"),
                            texts.say("mail.intro." + kind.code()),
                            "How likely <b>?",
                            texts.say("mail.hint"),
                            texts.say("mail.why", "Cedar & Salt", "10482"),
                            "Lindenweg 4 10245 Berlin")
                    .doesNotContain("{{", "{0}");
            assertThat(page.select("a[href^=https://feedback.example/r/abc?recommend=]")
                            .eachText())
                    .containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10");
            assertThat(page.select("a[href=https://feedback.example/r/abc]").text())
                    .isEqualTo(texts.say("mail.open"));
            assertThat(page.select("a[href=https://feedback.example/u/abc]").text())
                    .isEqualTo(texts.say("mail.unsubscribe"));
            var canary = page.selectFirst("a[href=https://feedback.example/r/abc/print]");
            assertThat(canary.attributes().asList())
                    .extracting(Object::toString)
                    .anyMatch(attribute -> attribute.contains("display:none"));
            assertThat(canary.attr("tabindex") + canary.attr("aria-hidden") + canary.attr("rel"))
                    .isEqualTo("-1truenofollow");
            assertThat(mail.text())
                    .startsWith(texts.say("mail.greeting", "Ana Souza") + "\n\n")
                    .contains("\n10: https://feedback.example/r/abc?recommend=10\n" + texts.say("mail.open")
                            + ": https://feedback.example/r/abc\n\n--\nCedar & Salt\nLindenweg 4\n10245 Berlin\n\n")
                    .endsWith(texts.say("mail.unsubscribe") + ": https://feedback.example/u/abc\n")
                    .doesNotContain("\r", "{{");
            assertThat(page.select("img")).as("readable without pictures").isEmpty();
            assertThat(mail.html().getBytes(StandardCharsets.UTF_8).length).isLessThan(20_000);
        }
    }

    @Test
    void greetsWhoHasNoNameAndSaysWhyWithoutAnOrder() {
        var mail = ComposeMail.compose(new Letter(
                MailFixtures.shop("Cedar & Salt", null),
                SendKind.ASK,
                "en",
                " ",
                null,
                new FirstQuestion("why", "What else?", "", "", 0, 0),
                "https://feedback.example/r/abc",
                "https://feedback.example/u/abc"));

        assertThat(mail.text())
                .startsWith("Hello,\n\n")
                .contains("What else?\nAnswer on our page: ", "because you are a customer of Cedar & Salt.")
                .doesNotContain("?why=");
        assertThat(mail.html()).doesNotContain("?why=");
    }

    @Test
    void writesMarkdownAsHtmlAndAsText() {
        var mail = MailFixtures.mail("en", new Block.Text("""
                # Head

                Hello **{{contact.firstName|there}}** of {{contact.attribute.state|somewhere}}, <b>typed</b>
                [ours](https://shop.example/?o={{order.number|none}}&c=ü) [bad](javascript:alert(1)) [near](/here)
                ![drawn](https://shop.example/x.png)

                - one
                - two
                """));
        var page = Jsoup.parse(mail.html());

        assertThat(page.selectFirst("h1").text()).isEqualTo("Head");
        assertThat(page.selectFirst("strong").text()).isEqualTo("Ana");
        assertThat(page.select("li").eachText()).containsExactly("one", "two");
        assertThat(page.text()).contains("of MG, <b>typed</b>", "drawn");
        assertThat(page.select("a:contains(ours)").attr("href")).isEqualTo("https://shop.example/?o=10482&c=ü");
        assertThat(page.select("a:contains(bad), a:contains(near)").eachAttr("href"))
                .allMatch(String::isEmpty);
        assertThat(page.select("img, script, b")).isEmpty();
        assertThat(mail.text()).contains("Hello Ana of MG", "(https://shop.example/?o=10482&c=ü)", "- one\n- two");
    }

    @Test
    void keepsTheLinesOfWhatSomebodyWrote() {
        var mail = MailFixtures.mail("en", new Block.Text("> {{answer.words|nothing}}"));

        assertThat(Jsoup.parse(mail.html()).select("blockquote br")).hasSize(2);
        assertThat(mail.text()).contains("The lid\n\nrattles");
    }

    @Test
    void showsPicturesButtonsProductsRewardsAndLines() {
        var mail = MailFixtures.mail(
                "en",
                new Block.Picture("https://shop.example/a.png", "A \"kettle\"", "https://shop.example/k"),
                new Block.Button("Answer {{contact.firstName|now}}", "{{link.answer}}"),
                new Block.OrderProduct(),
                new Block.Reward("For {{order.total|you}}"),
                new Block.Divider(),
                new Block.Footer("You bought {{line.name|here}}."));
        var page = Jsoup.parse(mail.html());

        assertThat(page.selectFirst("a[href=https://shop.example/k] img").attr("alt"))
                .isEqualTo("A \"kettle\"");
        assertThat(page.selectFirst("a[href=https://feedback.example/r/abc]").text())
                .isEqualTo("Answer Ana");
        assertThat(page.select("img").eachAttr("src"))
                .as("pictures over an open line are left out")
                .containsExactly("https://shop.example/a.png", "https://shop.example/kettle.png");
        assertThat(page.text()).contains("Kettle, 1.2 l Cups For €59.90 THANKS-7K2", "You bought Kettle, 1.2 l.");
        assertThat(mail.text()).isEqualTo("""
                A "kettle"
                https://shop.example/k

                Answer Ana: https://feedback.example/r/abc

                - Kettle, 1.2 l
                - Cups

                For €59.90
                THANKS-7K2

                * * *

                --
                Cedar & Salt
                Lindenweg 4
                10245 Berlin

                You bought Kettle, 1.2 l.
                Stop these mails: https://feedback.example/u/abc
                """);
    }

    @Test
    void runsFromRightToLeftAndLetsNamesKeepTheirDirection() {
        var mail = MailFixtures.mail("ar", new Block.Text("وصل {{line.name|طلبك}}"), new Block.OrderProduct());
        var page = Jsoup.parse(mail.html());

        assertThat(page.selectFirst("html").attr("dir")).isEqualTo("rtl");
        assertThat(page.selectFirst("p:contains(وصل) span[dir=auto]").text()).isEqualTo("Kettle, 1.2 l");
        assertThat(page.select("td[align=left], [style*=direction:ltr]"))
                .extracting(Element::text)
                .allMatch(String::isBlank);
        assertThat(page.selectFirst("a[href=https://feedback.example/u/abc]").text())
                .isEqualTo("أوقف هذه الرسائل");
        assertThat(mail.text()).contains("وصل Kettle, 1.2 l");
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "ar"})
    void letsNoValueBecomeMarkupALinkOrAHeader(String language) {
        var content = new MailContent(Map.of(
                language,
                new MailContent.Variant(
                        "For {{contact.name|you}}",
                        "About {{order.number|it}}",
                        java.util.List.of(
                                new Block.Text(
                                        "{{contact.name|there}} [go](https://shop.example/{{order.number|x}}) `{{line.name|x}}`"),
                                new Block.Picture(
                                        "https://shop.example/a.png?{{order.number|x}}", "{{contact.name|x}}", null),
                                new Block.Button("{{line.name|x}}", "https://shop.example/?a={{contact.name|x}}"),
                                new Block.OrderProduct()))));

        var mail = ComposeMail.compose(content, MailFixtures.facts(language, HOSTILE, HOSTILE, HOSTILE));
        var page = Jsoup.parse(mail.html());

        assertThat(mail.subject()).startsWith("For </td><script>").doesNotContain("\r", "\n", "\u202e");
        assertThat(page.select("script, b")).isEmpty();
        assertThat(page.select("a").eachAttr("href"))
                .allMatch(href ->
                        href.startsWith("https://shop.example/") || href.startsWith("https://feedback.example/"));
        assertThat(page.select("img").eachAttr("src")).allMatch(src -> src.startsWith("https://shop.example/"));
        assertThat(page.select("[onclick], [onerror]")).isEmpty();
        assertThat(page.text()).contains("<script>alert(1)</script>", "**b** {{shop.name}}");
        assertThat(page.title()).contains("<script>");
        assertThat(mail.text()).doesNotContain("\nBcc:", "\u202e");
    }

    @Test
    void canBeReadInTheDarkAndOnAPhone() {
        var html = MailFixtures.mail("en", new Block.Text("Hello"), new Block.ScoreQuestion())
                .html();

        assertThat(html)
                .contains(
                        "name=\"color-scheme\"",
                        "prefers-color-scheme:dark",
                        "width=device-width",
                        "max-width:600px",
                        "height:44px")
                .doesNotContain("fonts.googleapis", "@import");
    }

    @Test
    void writesManyInASecond() {
        var content = BuiltInMails.of(SendKind.ASK);
        var facts = MailFixtures.facts("en", "Ana Souza");
        int mails = 2_000;
        ComposeMail.compose(content, facts);
        var begin = System.nanoTime();
        for (int n = 0; n < mails; n++) {
            ComposeMail.compose(content, facts);
        }
        System.out.printf("mails composed: %.0f a second%n", mails * 1e9 / (System.nanoTime() - begin));
        assertThat(Locality.LANGUAGES)
                .allSatisfy(language -> assertThat(content.variants()).containsKey(language));
    }
}
