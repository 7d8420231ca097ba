package dev.afterword.web.survey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterword.db.Rejected;
import dev.afterword.db.survey.SurveyGallery;
import org.junit.jupiter.api.Test;

class TranslationsTest {
    private static DraftTree tree(String template) {
        return DraftTree.of(SurveyGallery.find(template).orElseThrow().definition());
    }

    @Test
    void everyTemplateComesBackFromItsTableUnchanged() {
        for (var template : SurveyGallery.all()) {
            var tree = DraftTree.of(template.definition());
            var table = TranslationTable.write(Translations.of(tree, "pt"));
            assertThat(Translations.put(tree, "pt", TranslationTable.read(table)))
                    .isZero();
            Translations.remove(tree, "pt");
            Translations.add(tree, "pt");
            assertThat(Translations.of(tree, "pt")).allMatch(Translations.Entry::isMissing);
            Translations.put(tree, "pt", TranslationTable.read(table));
            assertThat(tree.definition().pages())
                    .isEqualTo(template.definition().pages());
        }
    }

    @Test
    void defusesFormulasAndBringsThemBack() {
        var tree = tree("delivery");
        var first = Translations.of(tree, "de").getFirst();
        Translations.put(tree, "de", java.util.Map.of(first.key(), "=1+1"));
        var table = TranslationTable.write(Translations.of(tree, "de"));
        assertThat(table).contains("'=1+1");
        assertThat(TranslationTable.read(table)).containsEntry(first.key(), "=1+1");
    }

    @Test
    void keepsTheLanguageThatItWasWrittenIn() {
        var tree = tree("delivery");
        Translations.remove(tree, "en");
        assertThat(tree.languages()).contains("en");
    }

    @Test
    void saysWhatIsNoTable() {
        assertThatThrownBy(() -> TranslationTable.read("hello"))
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected -> assertThat(rejected.code()).isEqualTo("survey.translations-unreadable"));
    }
}
