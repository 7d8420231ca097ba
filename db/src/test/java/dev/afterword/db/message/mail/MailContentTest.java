package dev.afterword.db.message.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterword.db.Rejected;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MailContentTest {
    private static final String WHOLE = """
            {"en": {"subject": "Three ways", "previewText": "For mornings", "blocks": [
              {"type": "text", "markdown": "Hello **{{contact.firstName|there}}**"},
              {"type": "picture", "url": "https://shop.example/a.png", "alternative": "A kettle", "link": "https://shop.example"},
              {"type": "button", "label": "Go", "link": "https://shop.example"},
              {"type": "order-product"}, {"type": "score-question"}, {"type": "reward", "label": "Thanks"}, {"type": "divider"},
              {"type": "footer", "reason": "You bought here."}]},
             "pt-BR": {"subject": "Três", "blocks": [{"type": "text", "markdown": "Olá"}]}}
            """;

    @Test
    void isWrittenAsItWasRead() {
        var content = MailContentReader.read(WHOLE);

        assertThat(content.variants()).containsOnlyKeys("en", "pt-BR");
        assertThat(content.variants().get("en").blocks()).hasSize(8);
        assertThat(MailContentReader.read(MailContentWriter.write(content))).isEqualTo(content);
    }

    @Test
    void alwaysHasOneFooterAtItsEnd() {
        var none = MailFixtures.content("en", "News", new Block.Text("Hello"));
        var early = MailFixtures.content(
                "en", "News", new Block.Footer("Why"), new Block.Text("Hello"), new Block.Footer(null));

        assertThat(none.variants().get("en").blocks()).containsExactly(new Block.Text("Hello"), new Block.Footer(null));
        assertThat(early.variants().get("en").blocks())
                .containsExactly(new Block.Text("Hello"), new Block.Footer("Why"));
    }

    @Test
    void isChosenByLanguageThenByTheWorkspacesThenEnglish() {
        var content = MailContentReader.read("""
                {"de": {"subject": "d", "blocks": []}, "en": {"subject": "e", "blocks": []}, "pt": {"subject": "p", "blocks": []}}
                """);

        assertThat(content.in("pt-BR", "de").language()).isEqualTo("pt");
        assertThat(content.in("ar", "de").language()).isEqualTo("de");
        assertThat(content.in("ar", "fr").language()).isEqualTo("en");
        assertThat(MailFixtures.content("sv", "s", new Block.Divider())
                        .in("ar", "fr")
                        .language())
                .isEqualTo("sv");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '~', textBlock = """
            {}; mail.languages-number;
            {"not a tag": {"subject": "x"}}; mail.language-unreadable; not a tag
            {"en": {"subject": "x", "body": 1}}; field.unknown; en.body
            {"en": {"subject": "x", "blocks": [{"type": "video"}]}}; mail.block-unknown; en.blocks[0].type
            {"en": {"subject": "x", "blocks": [{"type": "divider", "size": 1}]}}; field.unknown; en.blocks[0].size
            {"en": {"subject": "x", "blocks": [{"type": "text", "markdown": 7}]}}; field.not-text; en.blocks[0].markdown
            """)
    void isRefusedWithThePlace(String json, String code, String field) {
        assertThatThrownBy(() -> MailContentReader.read(json)).isInstanceOfSatisfying(Rejected.class, problem -> {
            assertThat(problem.code()).isEqualTo(code);
            assertThat(problem.field()).isEqualTo(field);
        });
    }
}
