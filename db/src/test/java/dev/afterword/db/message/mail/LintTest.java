package dev.afterword.db.message.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterword.db.message.SendKind;
import dev.afterword.db.message.mail.MailFinding.Severity;
import dev.afterword.db.workspace.Colour;
import java.util.List;
import java.util.ResourceBundle;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LintTest {
    private static final MailScope NARROW =
            new MailScope(List.of("en", "de"), new Colour(0x0b, 0x64, 0x75), false, false, false, Set.of());

    @Test
    void findsNothingInOurOwnMails() {
        var scope = new MailScope(
                List.of("en", "de", "pt", "ar"), MailFixtures.SCOPE.colour(), true, true, false, Set.of());
        assertThat(Lint.of(BuiltInMails.of(SendKind.ASK), scope)).isEmpty();
        assertThat(Lint.of(BuiltInMails.of(SendKind.REMIND), scope)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '~', textBlock = """
            {{contact.name}}; mail.fallback-missing
            {{contact.name|}}; mail.fallback-missing
            {{contact.shoe|x}}; mail.field-unknown
            {{answer.other|x}}; mail.field-unknown
            [x](http://shop.example); mail.link-not-https
            [x](https://{{contact.name|x}}); mail.link-not-https
            [x](https://shop.example{{contact.name|x}}/); mail.link-not-https
            [x](javascript:x); mail.link-not-https
            [x](/here); mail.link-not-https
            """)
    void stopsWhatNothingFillsAndWhatLeadsNowhere(String markdown, String code) {
        assertThat(Lint.of(MailFixtures.content("en", "News", new Block.Text(markdown)), MailFixtures.SCOPE))
                .extracting(MailFinding::code, MailFinding::severity, MailFinding::path)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(code, Severity.STOPS, "en.blocks[0].markdown"));
    }

    @Test
    void letsThroughWhatIsKnownOrHasSomethingElseToSay() {
        var text =
                "{{greeting}} {{contact.firstName|there}} {{order.number}} {{reward.code}} {{answer.recommend|–}} {{shop.name}} [a]({{link.answer}}) [b](mailto:care@cedar.example) [c](https://shop.example/{{order.number}})";
        assertThat(Lint.of(MailFixtures.content("en", "News", new Block.Text(text)), MailFixtures.SCOPE))
                .isEmpty();
        assertThat(codes(MailFixtures.content("en", "News", new Block.Text(text)), NARROW))
                .contains("mail.fallback-missing", "mail.field-unknown", "mail.language-missing");
    }

    @Test
    void stopsBlocksThatDoNotBelongThere() {
        assertThat(codes(
                        MailFixtures.content(
                                "en",
                                "News",
                                new Block.OrderProduct(),
                                new Block.ScoreQuestion(),
                                new Block.Reward(""),
                                new Block.Button("x", "http://shop.example"),
                                new Block.Picture("http://shop.example/a.png", "", "ftp://x")),
                        NARROW))
                .containsExactly(
                        "mail.language-missing",
                        "mail.order-outside",
                        "mail.question-outside",
                        "mail.reward-outside",
                        "mail.link-not-https",
                        "mail.link-not-https",
                        "mail.link-not-https",
                        "mail.alternative-missing");
        assertThat(codes(MailFixtures.content("en", "News"), MailFixtures.SCOPE))
                .containsExactly("mail.empty");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            BUY OUR KETTLES; mail.subject-capitals
            Now!! Really; mail.subject-exclamation
            Re: your order; mail.subject-fake-reply
            AW: Ihre Bestellung; mail.subject-fake-reply
            You have won, act of kindness; mail.spam-like
            A subject that goes on and on and says far more than anybody reads; mail.subject-long
            """)
    void advisesAboutTheSubject(String subject, String code) {
        assertThat(Lint.of(MailFixtures.content("en", subject, new Block.Text("Hello")), MailFixtures.SCOPE))
                .extracting(MailFinding::code, MailFinding::severity)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(code, Severity.ADVICE));
    }

    @Test
    void advisesAboutPicturesWithoutWordsAndPaleColours() {
        var picture = new Block.Picture("https://shop.example/a.png", "A kettle", null);
        assertThat(codes(MailFixtures.content("en", "News", picture), MailFixtures.SCOPE))
                .containsExactly("mail.picture-only");
        assertThat(codes(
                        MailFixtures.content("en", "News", picture, new Block.Button("Go", "https://shop.example")),
                        MailFixtures.SCOPE))
                .containsExactly("mail.text-missing");
        var pale = new MailScope(List.of("en"), new Colour(255, 212, 0), true, true, true, Set.of());
        assertThat(codes(MailFixtures.content("en", "News", new Block.Text("Hello")), pale))
                .containsExactly("mail.colour-faint");
    }

    @Test
    void stopsWhatMailboxesWouldCut() {
        var long10 = new Block.Text("many words ".repeat(850));
        var blocks = java.util.Collections.nCopies(12, long10).toArray(Block[]::new);
        assertThat(codes(MailFixtures.content("en", "News", blocks), MailFixtures.SCOPE))
                .containsExactly("mail.too-large");
    }

    @Test
    void canAlwaysBeUnsubscribedFrom() {
        var content = MailContentReader.read(
                "{\"en\": {\"subject\": \"x\", \"blocks\": [{\"type\": \"text\", \"markdown\": \"x\"}]}}");
        var mail = MailTemplate.compose(content, MailFixtures.facts("en", "Ana"));
        assertThat(mail.html()).contains("https://feedback.example/u/abc");
        assertThat(mail.text()).contains("https://feedback.example/u/abc");
    }

    @Test
    void hasASentenceForEachFinding() {
        var texts = ResourceBundle.getBundle("messages.problem");
        for (var code : List.of(
                "language-missing",
                "empty",
                "order-outside",
                "question-outside",
                "reward-outside",
                "field-unknown",
                "fallback-missing",
                "link-not-https",
                "too-large",
                "colour-faint",
                "alternative-missing",
                "picture-only",
                "text-missing",
                "subject-long",
                "subject-capitals",
                "subject-exclamation",
                "subject-fake-reply",
                "spam-like")) {
            assertThat(texts.containsKey("problem.mail." + code)).as(code).isTrue();
        }
    }

    private static List<String> codes(MailContent content, MailScope scope) {
        return Lint.of(content, scope).stream().map(MailFinding::code).toList();
    }
}
