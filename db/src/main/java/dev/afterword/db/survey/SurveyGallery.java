package dev.afterword.db.survey;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.core.io.ClassPathResource;

/** Surveys to begin with, in four languages, each for a level of the relationship. */
public final class SurveyGallery {
    private static final List<Template> TEMPLATES = List.of(
            template("after-delivery", 3),
            template("product-quality", 3),
            template("packaging", 3),
            template("delivery", 3),
            template("service-contact", 2),
            template("return-experience", 3),
            template("cancelled-order", 2),
            template("relationship-nps", 4),
            template("product-fit", 4),
            template("partner", 5),
            template("market-research", 4),
            template("improve-next", 4));

    private SurveyGallery() {}

    /**
     * A survey to begin with.
     *
     * @param level of the relationship, 1 to 5
     */
    public record Template(String key, int level, SurveyDefinition definition) {
        /** The same, written in that language where the template has it. */
        public SurveyDefinition in(String language) {
            var languages = definition.languages().stream()
                    .sorted((one, two) -> Boolean.compare(two.equals(language), one.equals(language)))
                    .toList();
            return new SurveyDefinition(
                    definition.title(),
                    definition.welcome(),
                    definition.thanks(),
                    definition.presentation(),
                    definition.progress(),
                    definition.theme(),
                    languages,
                    definition.pages(),
                    definition.variables());
        }
    }

    public static List<Template> all() {
        return TEMPLATES;
    }

    public static Optional<Template> find(String key) {
        return TEMPLATES.stream().filter(template -> template.key().equals(key)).findFirst();
    }

    /** The usual wording of a scale that the field knows. */
    public static Optional<Question> usual(QuestionType type) {
        return switch (type) {
            case NPS, CSAT, CES ->
                TEMPLATES.getFirst().definition().questions().stream()
                        .filter(question -> question.type() == type)
                        .findFirst();
            case STARS,
                    SMILEYS,
                    THUMBS,
                    SINGLE_CHOICE,
                    MULTIPLE_CHOICE,
                    MATRIX,
                    RANKING,
                    SHORT_TEXT,
                    LONG_TEXT,
                    NUMBER,
                    DATE,
                    CONSENT,
                    EMAIL,
                    STATEMENT -> Optional.empty();
        };
    }

    /** A survey without questions, in that language. */
    public static SurveyDefinition blank(String language, String title) {
        return new SurveyDefinition(
                new Texts(Map.of(language, title)),
                null,
                null,
                Presentation.ONE_BY_ONE,
                true,
                Theme.OF_WORKSPACE,
                List.of(language),
                List.of(SurveyPage.of("page-1", List.of())),
                List.of());
    }

    private static Template template(String key, int level) {
        try {
            var file = new ClassPathResource("dev/afterword/db/survey/gallery/" + key + ".json");
            return new Template(key, level, DefinitionReader.read(file.getContentAsString(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
