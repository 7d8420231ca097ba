package dev.afterword.db.survey;

import dev.afterword.db.Fields;
import dev.afterword.db.Rejected;
import dev.afterword.db.survey.Variable.Case;
import dev.afterword.db.workspace.Colour;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads a survey's definition from JSON, strictly: a member that is unknown or of another kind is {@link Rejected} with its path. What was stored before
 * surveys had pages is read as one page. Whether the survey makes sense is another question, that of {@link DefinitionCheck}.
 */
public final class DefinitionReader {
    static final int LONGEST = 5_000;
    private static final int PAGES = 200;
    private static final int QUESTIONS = 500;
    private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*");
    private static final Set<String> MEMBERS = Set.of(
            "title", "welcome", "thanks", "presentation", "progress", "theme", "languages", "pages", "variables");
    private static final Set<String> OLD_MEMBERS = Set.of("title", "questions");
    private static final Set<String> PAGE = Set.of("key", "title", "showIf", "perOrderLine", "questions", "endIf");

    private DefinitionReader() {}

    public static SurveyDefinition read(String json) {
        return read(Fields.parse(json));
    }

    public static SurveyDefinition read(Fields fields) {
        if (fields.has("questions")) {
            fields.only(OLD_MEMBERS);
            var title = texts(fields, "title");
            return new SurveyDefinition(
                    title,
                    null,
                    null,
                    Presentation.ONE_PAGE,
                    false,
                    Theme.OF_WORKSPACE,
                    languagesOf(title),
                    List.of(SurveyPage.of("page", questions(fields))),
                    List.of());
        }
        fields.only(MEMBERS);
        var title = texts(fields, "title");
        return new SurveyDefinition(
                title,
                optionalTexts(fields, "welcome"),
                optionalTexts(fields, "thanks"),
                presentation(fields),
                flag(fields, "progress", true),
                theme(fields.optionalObject("theme")),
                languages(fields, title),
                list(fields, "pages", PAGES).stream()
                        .map(DefinitionReader::page)
                        .toList(),
                list(fields, "variables", 100).stream()
                        .map(DefinitionReader::variable)
                        .toList());
    }

    private static Presentation presentation(Fields fields) {
        return oneOf(fields, "presentation", Presentation.values(), Presentation::code, Presentation.ONE_BY_ONE);
    }

    private static Theme theme(@Nullable Fields fields) {
        if (fields == null) {
            return Theme.OF_WORKSPACE;
        }
        fields.only(Set.of("colour", "logo", "textSize", "corners"));
        var colour = fields.optionalText("colour", 100);
        return new Theme(
                colour == null
                        ? null
                        : Colour.parse(colour)
                                .orElseThrow(() -> fields.rejected("workspace.colour-unreadable", "colour")),
                flag(fields, "logo", true),
                oneOf(fields, "textSize", Theme.TextSize.values(), Theme.TextSize::code, Theme.TextSize.NORMAL),
                oneOf(fields, "corners", Theme.Corners.values(), Theme.Corners::code, Theme.Corners.SOFT));
    }

    private static <T> T oneOf(Fields fields, String name, T[] known, Function<T, String> code, T otherwise) {
        var wanted = fields.optionalText(name, 100);
        return wanted == null
                ? otherwise
                : Arrays.stream(known)
                        .filter(one -> code.apply(one).equals(wanted))
                        .findFirst()
                        .orElseThrow(() -> fields.rejected(
                                "survey." + name.toLowerCase(Locale.ROOT) + "-unknown", name, shown(wanted)));
    }

    private static List<String> languages(Fields fields, Texts title) {
        var languages = fields.optionalTexts("languages", 100, 35);
        if (languages == null) {
            return languagesOf(title);
        }
        for (int at = 0; at < languages.size(); at++) {
            if (!LANGUAGE.matcher(languages.get(at)).matches()
                    || languages.subList(0, at).contains(languages.get(at))) {
                throw fields.rejected("survey.language-unreadable", "languages[" + at + "]", languages.get(at));
            }
        }
        return languages;
    }

    /** English first, then by tag: the database does not keep the order of members. */
    private static List<String> languagesOf(Texts title) {
        return title.byLanguage().keySet().stream()
                .sorted(Comparator.comparing((String tag) -> !tag.equals("en")).thenComparing(tag -> tag))
                .toList();
    }

    private static SurveyPage page(Fields fields) {
        fields.only(PAGE);
        return new SurveyPage(
                key(fields, "key"),
                optionalTexts(fields, "title"),
                ConditionReader.optional(fields, "showIf"),
                flag(fields, "perOrderLine", false),
                questions(fields),
                ConditionReader.optional(fields, "endIf"));
    }

    private static List<Question> questions(Fields fields) {
        return list(fields, "questions", QUESTIONS).stream()
                .map(QuestionReader::read)
                .toList();
    }

    private static Variable variable(Fields fields) {
        fields.only(Set.of("key", "cases", "otherwise"));
        var cases = list(fields, "cases", 100).stream()
                .map(one -> {
                    one.only(Set.of("when", "value"));
                    return new Case(ConditionReader.condition(one.object("when")), ConditionReader.value(one, "value"));
                })
                .toList();
        return new Variable(key(fields, "key"), cases, ConditionReader.value(fields, "otherwise"));
    }

    static List<Fields> list(Fields fields, String name, int most) {
        return Objects.requireNonNullElse(fields.optionalObjects(name, most), List.of());
    }

    static String key(Fields fields, String name) {
        var key = fields.text(name, 200);
        if (!Asking.KEY.matcher(key).matches()) {
            throw fields.rejected("survey.key-unreadable", name, shown(key));
        }
        return key;
    }

    static boolean flag(Fields fields, String name, boolean otherwise) {
        return Objects.requireNonNullElse(fields.optionalFlag(name), otherwise);
    }

    static Texts texts(Fields fields, String name) {
        return Objects.requireNonNullElse(optionalTexts(fields, name), Texts.NONE);
    }

    /** A text by language; none where it says nothing in any. */
    static @Nullable Texts optionalTexts(Fields fields, String name) {
        var object = fields.optionalObject(name);
        if (object == null) {
            return null;
        }
        var texts = new LinkedHashMap<String, String>();
        for (var language : object.names()) {
            if (!LANGUAGE.matcher(language).matches() || language.length() > 35) {
                throw object.rejected("survey.language-unreadable", shown(language), shown(language));
            }
            var text = object.optionalText(language, LONGEST);
            if (text != null) {
                texts.put(language, text);
            }
        }
        return texts.isEmpty() ? null : new Texts(texts);
    }

    static <E extends Enum<E>> String words(E[] values) {
        return Arrays.stream(values)
                .map(value -> value.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .collect(Collectors.joining(", "));
    }

    static String shown(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }

    static List<Option> options(Fields fields, String name) {
        var options = new ArrayList<Option>();
        for (var option : list(fields, name, 200)) {
            option.only(Set.of("key", "text", "points", "exclusive"));
            var points = option.optionalInteger("points", -100_000, 100_000);
            options.add(new Option(
                    key(option, "key"),
                    texts(option, "text"),
                    points == null ? 0 : points,
                    flag(option, "exclusive", false)));
        }
        return options;
    }
}
