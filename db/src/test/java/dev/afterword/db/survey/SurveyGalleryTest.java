package dev.afterword.db.survey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SurveyGalleryTest {
    static List<SurveyGallery.Template> templates() {
        return SurveyGallery.all();
    }

    @ParameterizedTest
    @MethodSource("templates")
    void canBePublishedAsItIs(SurveyGallery.Template template) {
        assertThat(DefinitionCheck.of(template.definition())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("templates")
    void saysEverythingInFourLanguages(SurveyGallery.Template template) {
        assertThat(template.definition().languages()).containsExactly("en", "de", "pt", "ar");
        var written = DefinitionWriter.write(template.definition());
        var english = written.split("\"en\":\"", -1).length;
        for (var language : List.of("de", "pt", "ar")) {
            assertThat(written.split("\"" + language + "\":\"", -1))
                    .as(language)
                    .hasSize(english);
        }
    }

    @Test
    void servesTheLevelsTwoToFiveWithTwelveTemplates() {
        assertThat(SurveyGallery.all()).hasSizeGreaterThanOrEqualTo(12);
        assertThat(SurveyGallery.all().stream().map(SurveyGallery.Template::level))
                .contains(2, 3, 4, 5);
    }

    @Test
    void isWrittenInTheWorkspacesLanguageWhereItHasIt() {
        var template = SurveyGallery.all().getFirst();
        assertThat(template.in("de").languages()).containsExactly("de", "en", "pt", "ar");
        assertThat(template.in("fi").languages().getFirst()).isEqualTo("en");
    }
}
