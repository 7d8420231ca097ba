package dev.afterword.web.survey;

import dev.afterword.db.survey.DefinitionCheck;
import dev.afterword.db.survey.DefinitionProblem;
import dev.afterword.db.survey.Question;
import dev.afterword.db.survey.QuestionType;
import dev.afterword.db.survey.SurveyDefinition;
import dev.afterword.db.survey.SurveyDraft;
import dev.afterword.db.workspace.Colour;
import dev.afterword.web.Form;
import dev.afterword.web.Signed;
import dev.afterword.web.ThemeStyle;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the editor shows.
 *
 * @param place as its address has it
 * @param type of the question that is shown; null for a page or the survey
 * @param members the settings that its type has
 * @param showIf and endIf in words, where the form cannot take them apart
 * @param here what keeps this place from being published
 * @param variables with what each looks at in words
 * @param contrast what is to be said of the survey's own colour; null where texts can be read in it
 */
record EditorView(
        SurveyDraft draft,
        String path,
        String language,
        Place place,
        List<PageItem> pages,
        @Nullable QuestionType type,
        Set<String> members,
        Form form,
        List<Subjects.Subject> subjects,
        List<Subjects.Subject> endSubjects,
        String showIf,
        String endIf,
        List<DefinitionProblem> here,
        int problems,
        List<VariableFields.Item> variables,
        @Nullable Contrast contrast) {
    static final List<QuestionType> TYPES = List.of(QuestionType.values());

    /**
     * How a colour that is too pale for texts is read on light paper.
     *
     * @param ratio the contrast, rounded down
     * @param nearest the nearest shade that can be read
     */
    record Contrast(double ratio, String nearest) {
        static @Nullable Contrast of(@Nullable Colour colour) {
            return colour == null || colour.contrast(ThemeStyle.LIGHT_PAPER) >= Colour.TEXT
                    ? null
                    : new Contrast(
                            Math.floor(colour.contrast(ThemeStyle.LIGHT_PAPER) * 10) / 10,
                            colour.readableOn(ThemeStyle.LIGHT_PAPER).hex());
        }
    }

    /** A page in the outline. */
    record PageItem(
            String key,
            int number,
            String title,
            boolean current,
            boolean conditional,
            boolean repeated,
            List<QuestionItem> questions) {}

    /**
     * A question in the outline.
     *
     * @param problems how much keeps it from being published
     */
    record QuestionItem(
            String key,
            String type,
            String text,
            boolean current,
            boolean conditional,
            boolean required,
            int problems) {}

    /** The view of a place that is there; of the survey where it is not. */
    static EditorView of(SurveyDraft draft, Signed signed, Place wanted, ConditionWords words) {
        var definition = draft.definition();
        var place = wanted.isVariables() || isThere(definition, wanted) ? wanted : Place.SURVEY;
        var tree = DraftTree.of(definition);
        var subjects = Subjects.before(definition, place, false);
        var endSubjects = Subjects.before(definition, place, true);
        var problems = DefinitionCheck.of(definition);
        var question = place.isQuestion() ? definition.question(place.key()).orElse(null) : null;
        var page = definition.pages().stream()
                .filter(one -> place.isPage() && one.key().equals(place.key()))
                .findFirst()
                .orElse(null);
        var showIf = question != null ? question.asking().showIf() : page != null ? page.showIf() : null;
        var endIf = question != null ? question.asking().endIf() : page != null ? page.endIf() : null;
        return new EditorView(
                draft,
                signed.path("/surveys/" + draft.survey().surveyKey()),
                tree.language(),
                place,
                pages(definition, place, problems),
                question == null ? null : question.type(),
                question == null ? Set.of() : question.type().members(),
                form(tree, place, endSubjects, signed.workspace().colour())
                        .put("name", draft.survey().name()),
                subjects.all(),
                endSubjects.all(),
                words.of(showIf, definition),
                words.of(endIf, definition),
                here(problems, place, tree),
                problems.size(),
                VariableFields.items(definition, words),
                Contrast.of(definition.theme().colour()));
    }

    private static boolean isThere(SurveyDefinition definition, Place place) {
        return place.isQuestion()
                ? definition.question(place.key()).isPresent()
                : definition.pages().stream().anyMatch(page -> page.key().equals(place.key()));
    }

    private static List<DefinitionProblem> here(List<DefinitionProblem> problems, Place place, DraftTree tree) {
        var at = tree.path(place);
        return problems.stream()
                .filter(problem -> place.isQuestion()
                        ? place.key().equals(problem.question())
                        : problem.question() == null && isOf(place, problem.path(), at))
                .toList();
    }

    private static boolean isOf(Place place, String path, String at) {
        return place.isPage()
                ? (path + ".").startsWith(at)
                : place.isVariables() == path.startsWith("variables[") && !path.startsWith("pages[");
    }

    private static Form form(DraftTree tree, Place place, Subjects subjects, String colour) {
        var node = tree.at(place);
        if (place.isQuestion()) {
            return QuestionFields.form(node, tree, subjects);
        }
        if (place.isVariables()) {
            return VariableFields.form(tree, subjects);
        }
        var form = Form.blank();
        var language = tree.language();
        for (var text : List.of("title", "welcome", "thanks")) {
            form.put(text, Texted.get(node, text, language));
        }
        if (place.isPage()) {
            form.put("perOrderLine", node.path("perOrderLine").asBoolean(false) ? "on" : "");
            ConditionFields.fill(form, "showIf", node, subjects);
            ConditionFields.fill(form, "endIf", node, subjects);
            return form;
        }
        var theme = node.path("theme");
        form.put("ownColour", theme.has("colour") ? "on" : "")
                .put("colour", theme.path("colour").asString(colour))
                .put("logo", theme.path("logo").asBoolean(true) ? "on" : "")
                .put("textSize", theme.path("textSize").asString("normal"))
                .put("corners", theme.path("corners").asString("soft"));
        return form.put("presentation", node.path("presentation").asString(""))
                .put("progress", node.path("progress").asBoolean(true) ? "on" : "");
    }

    private static List<PageItem> pages(SurveyDefinition definition, Place place, List<DefinitionProblem> problems) {
        var language = definition.languages().getFirst();
        Map<String, Long> counts = problems.stream()
                .filter(problem -> problem.question() != null)
                .collect(Collectors.groupingBy(problem -> String.valueOf(problem.question()), Collectors.counting()));
        Function<Question, QuestionItem> item = question -> new QuestionItem(
                question.key(),
                question.type().code(),
                question.text().in(language, language),
                place.isQuestion() && place.key().equals(question.key()),
                question.asking().showIf() != null || question.asking().endIf() != null,
                question.asking().required(),
                counts.getOrDefault(question.key(), 0L).intValue());
        var pages = definition.pages();
        return pages.stream()
                .map(page -> new PageItem(
                        page.key(),
                        pages.indexOf(page) + 1,
                        page.title() == null ? "" : page.title().in(language, language),
                        place.isPage() && place.key().equals(page.key()),
                        page.showIf() != null || page.endIf() != null,
                        page.perOrderLine(),
                        page.questions().stream().map(item).toList()))
                .toList();
    }

    /** Whether the whole survey is shown, not one of its parts. */
    public boolean isWhole() {
        return place.equals(Place.SURVEY);
    }

    /** A language by its own name. */
    public String named(String tag) {
        var locale = Locale.forLanguageTag(tag);
        return locale.getDisplayName(locale);
    }

    public List<QuestionType> types() {
        return TYPES;
    }

    public Subjects.@Nullable Subject subject(String code) {
        return endSubjects.stream().filter(one -> one.isNamed(code)).findFirst().orElse(null);
    }
}
