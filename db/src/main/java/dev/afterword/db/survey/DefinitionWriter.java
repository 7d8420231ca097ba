package dev.afterword.db.survey;

import dev.afterword.db.survey.Condition.Value;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Writes a survey's definition as JSON; what {@link DefinitionReader} reads from it is the same. */
public final class DefinitionWriter {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private DefinitionWriter() {}

    public static String write(SurveyDefinition definition) {
        return MAPPER.writeValueAsString(tree(definition));
    }

    /** The same as maps, lists and plain values. */
    public static Map<String, Object> tree(SurveyDefinition definition) {
        return new Members()
                .texts("title", definition.title())
                .texts("welcome", definition.welcome())
                .texts("thanks", definition.thanks())
                .put("presentation", definition.presentation().code())
                .put("progress", definition.progress())
                .put("theme", theme(definition.theme()))
                .put("languages", definition.languages())
                .put("pages", list(definition.pages(), DefinitionWriter::page))
                .list("variables", list(definition.variables(), DefinitionWriter::variable))
                .map;
    }

    private static @Nullable Object theme(Theme theme) {
        var colour = theme.colour();
        return theme.equals(Theme.OF_WORKSPACE)
                ? null
                : new Members()
                        .put("colour", colour == null ? null : colour.hex())
                        .put("logo", theme.logo())
                        .put("textSize", theme.textSize().code())
                        .put("corners", theme.corners().code())
                        .map;
    }

    private static Object page(SurveyPage page) {
        return new Members()
                .put("key", page.key())
                .texts("title", page.title())
                .condition("showIf", page.showIf())
                .flag("perOrderLine", page.perOrderLine())
                .put("questions", list(page.questions(), DefinitionWriter::tree))
                .condition("endIf", page.endIf())
                .map;
    }

    /** A question as maps, lists and plain values. */
    static Map<String, Object> tree(Question question) {
        var asking = question.asking();
        var members = new Members()
                .put("key", asking.key())
                .put("type", question.type().code())
                .put("text", asking.text().byLanguage())
                .texts("help", asking.help())
                .flag("required", asking.required())
                .flag("notApplicable", asking.notApplicable())
                .condition("showIf", asking.showIf())
                .flag("perOrderLine", asking.perOrderLine())
                .condition("endIf", asking.endIf());
        if (question instanceof Question.Scale scale) {
            members.texts("low", scale.low()).texts("high", scale.high());
        }
        var all = switch (question) {
            case Question.Ces ces -> members.put("scale", ces.scale()).put("highIsGood", ces.highIsGood());
            case Question.Stars stars -> members.put("most", stars.most());
            case Question.Smileys smileys -> members.put("most", smileys.most());
            case Question.SingleChoice single ->
                members.put("options", list(single.options(), DefinitionWriter::option))
                        .texts("other", single.other())
                        .flag("shuffled", single.shuffled());
            case Question.MultipleChoice multiple ->
                members.put("options", list(multiple.options(), DefinitionWriter::option))
                        .texts("other", multiple.other())
                        .flag("shuffled", multiple.shuffled())
                        .put("least", multiple.least() == 0 ? null : multiple.least())
                        .put("most", multiple.most());
            case Question.Matrix matrix ->
                members.put("rows", list(matrix.rows(), DefinitionWriter::option))
                        .put("columns", list(matrix.columns(), DefinitionWriter::option))
                        .flag("shuffled", matrix.shuffled());
            case Question.Ranking ranking ->
                members.put("options", list(ranking.options(), DefinitionWriter::option))
                        .put("top", ranking.top())
                        .flag("shuffled", ranking.shuffled());
            case Question.Figure figure ->
                members.put("least", plain(figure.least()))
                        .put("most", plain(figure.most()))
                        .put("decimals", figure.decimals() == 0 ? null : figure.decimals())
                        .texts("unit", figure.unit());
            case Question.Date date ->
                members.put("earliest", Objects.toString(date.earliest(), null))
                        .put("latest", Objects.toString(date.latest(), null));
            case Question.Consent consent -> members.put("purpose", consent.purpose());
            case Question.Nps _,
                    Question.Csat _,
                    Question.Thumbs _,
                    Question.ShortText _,
                    Question.LongText _,
                    Question.Email _,
                    Question.Statement _ -> members;
        };
        return all.map;
    }

    private static Object option(Option option) {
        return new Members()
                .put("key", option.key())
                .put("text", option.text().byLanguage())
                .put("points", option.points() == 0 ? null : option.points())
                .flag("exclusive", option.exclusive())
                .map;
    }

    private static Object variable(Variable variable) {
        return new Members()
                .put("key", variable.key())
                .put(
                        "cases",
                        list(
                                variable.cases(),
                                one -> new Members()
                                        .condition("when", one.when())
                                        .put("value", value(one.value()))
                                        .map))
                .put("otherwise", value(variable.otherwise()))
                .map;
    }

    /** A condition as maps, lists and plain values. */
    public static Map<String, Object> tree(Condition condition) {
        return switch (condition) {
            case Condition.All all -> Map.of("all", list(all.conditions(), DefinitionWriter::tree));
            case Condition.Any any -> Map.of("any", list(any.conditions(), DefinitionWriter::tree));
            case Condition.Not not -> Map.of("not", tree(not.condition()));
            case Condition.Test test ->
                new Members()
                        .put("subject", test.subject().code())
                        .put("operator", test.operator().code())
                        .put("value", test.value() == null ? null : value(test.value()))
                        .map;
        };
    }

    private static Object value(Value value) {
        return switch (value) {
            case Condition.Text text -> text.text();
            case Condition.Figure figure -> figure.number();
            case Condition.Flag flag -> flag.flag();
        };
    }

    private static @Nullable BigDecimal plain(@Nullable BigDecimal number) {
        return number == null ? null : new BigDecimal(number.toPlainString());
    }

    private static <T> List<Object> list(List<T> items, Function<T, Object> one) {
        return items.stream().map(one).toList();
    }

    /** The members of an object, in order; what is null, empty or false is left out. */
    private static final class Members {
        private final Map<String, Object> map = new LinkedHashMap<>();

        Members put(String name, @Nullable Object value) {
            if (value != null) {
                map.put(name, value);
            }
            return this;
        }

        Members flag(String name, boolean flag) {
            return put(name, flag ? true : null);
        }

        Members texts(String name, @Nullable Texts texts) {
            return put(name, texts == null || texts.isEmpty() ? null : texts.byLanguage());
        }

        Members condition(String name, @Nullable Condition condition) {
            return put(name, condition == null ? null : tree(condition));
        }

        Members list(String name, List<Object> items) {
            return put(name, items.isEmpty() ? null : items);
        }
    }
}
