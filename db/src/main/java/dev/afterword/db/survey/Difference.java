package dev.afterword.db.survey;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Something in which one state of a survey differs from an earlier one, as people read it.
 *
 * @param kind what happened
 * @param place the key of the question or page; empty for the survey as a whole
 * @param before what it said, in the language that the survey was written in; empty for nothing
 * @param after what it says
 */
public record Difference(Kind kind, String place, String before, String after) {
    /** What may happen to a survey. */
    public enum Kind {
        ADDED,
        REMOVED,
        REWORDED,
        RETYPED,
        /** Before and after are the ends of the scale. */
        RESCALED,
        LOGIC,
        SETTINGS,
        TRANSLATED,
        MOVED,
        PAGES,
        LANGUAGES,
        TITLE,
        THEME,
        WHOLE;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Whether the question's figures begin anew, because an answer means something else. */
        public boolean beginsAnew() {
            return this == RETYPED || this == RESCALED;
        }
    }

    /** All of them, what concerns the whole first, then by question in the order of the later state. */
    public static List<Difference> between(SurveyDefinition before, SurveyDefinition after) {
        var found = new ArrayList<Difference>();
        whole(before, after, found);
        pages(before, after, found);
        for (var question : after.questions()) {
            before.question(question.key())
                    .ifPresentOrElse(
                            old -> question(old, question, before, after, found),
                            () -> found.add(
                                    new Difference(Kind.ADDED, question.key(), "", text(question.text(), after))));
        }
        for (var question : before.questions()) {
            if (after.question(question.key()).isEmpty()) {
                found.add(new Difference(Kind.REMOVED, question.key(), text(question.text(), before), ""));
            }
        }
        return List.copyOf(found);
    }

    private static void whole(SurveyDefinition before, SurveyDefinition after, List<Difference> found) {
        if (!before.title().equals(after.title())) {
            found.add(new Difference(Kind.TITLE, "", text(before.title(), before), text(after.title(), after)));
        }
        if (!before.languages().equals(after.languages())) {
            found.add(new Difference(
                    Kind.LANGUAGES, "", String.join(", ", before.languages()), String.join(", ", after.languages())));
        }
        if (!before.theme().equals(after.theme())) {
            found.add(new Difference(Kind.THEME, "", "", ""));
        }
        if (!Objects.equals(before.welcome(), after.welcome())
                || !Objects.equals(before.thanks(), after.thanks())
                || before.presentation() != after.presentation()
                || before.progress() != after.progress()
                || !before.variables().equals(after.variables())) {
            found.add(new Difference(Kind.WHOLE, "", "", ""));
        }
    }

    private static void pages(SurveyDefinition before, SurveyDefinition after, List<Difference> found) {
        if (!bare(before).equals(bare(after))) {
            found.add(new Difference(Kind.PAGES, "", "", ""));
        }
        var were = common(before, after);
        var are = common(after, before);
        if (!were.equals(are)) {
            found.add(new Difference(Kind.MOVED, "", String.join(", ", were), String.join(", ", are)));
        }
    }

    private static List<SurveyPage> bare(SurveyDefinition definition) {
        return definition.pages().stream()
                .map(page -> new SurveyPage(
                        page.key(), page.title(), page.showIf(), page.perOrderLine(), List.of(), page.endIf()))
                .toList();
    }

    private static List<String> common(SurveyDefinition one, SurveyDefinition other) {
        return one.questions().stream()
                .map(Question::key)
                .filter(key -> other.question(key).isPresent())
                .toList();
    }

    private static void question(
            Question before, Question after, SurveyDefinition earlier, SurveyDefinition later, List<Difference> found) {
        if (before.equals(after)) {
            return;
        }
        int already = found.size();
        var was = text(before.text(), earlier);
        var is = text(after.text(), later);
        if (!was.equals(is)) {
            found.add(new Difference(Kind.REWORDED, after.key(), was, is));
        }
        if (before.type() != after.type()) {
            found.add(new Difference(
                    Kind.RETYPED,
                    after.key(),
                    before.type().code(),
                    after.type().code()));
        }
        if (before instanceof Question.Scale one
                && after instanceof Question.Scale other
                && one.type() == other.type()
                && !one.measuresLike(other)) {
            found.add(new Difference(Kind.RESCALED, after.key(), ends(one), ends(other)));
        }
        var old = before.asking();
        var now = after.asking();
        if (!Objects.equals(old.showIf(), now.showIf()) || !Objects.equals(old.endIf(), now.endIf())) {
            found.add(new Difference(Kind.LOGIC, after.key(), was, is));
        }
        if (!before.text().equals(after.text()) && was.equals(is)) {
            found.add(new Difference(Kind.TRANSLATED, after.key(), was, is));
        }
        if (found.size() == already || (before.type() == after.type() && settingsDiffer(before, after))) {
            found.add(new Difference(Kind.SETTINGS, after.key(), was, is));
        }
    }

    private static String ends(Question.Scale scale) {
        return scale.highIsGood() ? scale.from() + "–" + scale.to() : scale.to() + "–" + scale.from();
    }

    /** Whether more differs than words, logic and scale. */
    private static boolean settingsDiffer(Question before, Question after) {
        return !plain(before).equals(plain(after));
    }

    /** The same question without its words, its logic and its scale, as JSON. */
    private static Map<String, Object> plain(Question question) {
        var members = new HashMap<>(DefinitionWriter.tree(question));
        List.of("text", "showIf", "endIf", "scale", "highIsGood").forEach(members::remove);
        return members;
    }

    private static String text(@Nullable Texts texts, SurveyDefinition definition) {
        var language =
                definition.languages().isEmpty() ? "en" : definition.languages().getFirst();
        return texts == null ? "" : texts.in(language, language);
    }
}
