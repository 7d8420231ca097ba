package dev.afterword.db.survey.moving;

import dev.afterword.db.survey.Asking;
import dev.afterword.db.survey.Option;
import dev.afterword.db.survey.Question;
import dev.afterword.db.survey.Texts;
import dev.afterword.db.survey.moving.Named.ToAnswer;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Makes our questions of SurveyJS's elements. */
final class SurveyJsQuestions {
    /** What is read, or only says how it looks. */
    private static final Set<String> KNOWN = Set.of(
            "type",
            "name",
            "title",
            "description",
            "isRequired",
            "visibleIf",
            "visible",
            "width",
            "minWidth",
            "maxWidth",
            "startWithNewLine",
            "titleLocation",
            "descriptionLocation",
            "indent",
            "state",
            "colCount",
            "hideNumber",
            "showNumber",
            "errorLocation",
            "renderAs",
            "itemSize",
            "size",
            "rows",
            "autoGrow",
            "allowResize",
            "requiredErrorText",
            "choices",
            "hasOther",
            "showOtherItem",
            "otherText",
            "otherPlaceholder",
            "otherErrorText",
            "hasNone",
            "showNoneItem",
            "noneText",
            "choicesOrder",
            "choicesMin",
            "choicesMax",
            "choicesStep",
            "minSelectedChoices",
            "maxSelectedChoices",
            "selectToRankEnabled",
            "inputType",
            "min",
            "max",
            "step",
            "validators",
            "labelTrue",
            "labelFalse",
            "valueTrue",
            "valueFalse",
            "rateMin",
            "rateMax",
            "rateStep",
            "rateType",
            "rateCount",
            "rateValues",
            "rateDisplayMode",
            "displayMode",
            "minRateDescription",
            "maxRateDescription",
            "rateColorMode",
            "scaleColorMode",
            "displayRateDescriptionsAsExtremeItems",
            "autoGenerate",
            "columns",
            "items",
            "html",
            "maxLength",
            "rowOrder",
            "rowsOrder",
            "isAllRowRequired",
            "eachRowRequired",
            "eachRowUnique",
            "multiSelect",
            "showLabel",
            "imageFit",
            "imageHeight",
            "imageWidth",
            "allowClear",
            "showClearButton",
            "swapOrder",
            "searchEnabled",
            "displayStyle",
            "useDisplayValuesInTitle",
            "alternateRows",
            "verticalAlign",
            "columnMinWidth",
            "rowTitleWidth",
            "placeholder",
            "optionsCaption",
            "placeHolder",
            "longTap",
            "cellType",
            "id");

    private final Outline outline;
    private final Wording wording;
    private final String source;
    private final Map<String, String> keys;
    private final Map<String, Map<String, String>> rows = new HashMap<>();

    SurveyJsQuestions(Outline outline, Wording wording, String source, Map<String, String> keys) {
        this.outline = outline;
        this.wording = wording;
        this.source = source;
        this.keys = keys;
    }

    Question statement(String key, Texts text) {
        return new Question.Statement(Asking.of(key, text));
    }

    /** None where we have nothing like it, several where it asks for several things. */
    List<Question> read(JsonNode element) {
        var name = Json.text(element, "name", "");
        var key = keys.getOrDefault(name, "question");
        if (outline.names.containsKey(name)) {
            key = outline.keys.take(name, "question");
            outline.findings.add("name-twice", name, key);
        }
        for (var setting : element.properties()) {
            if (!KNOWN.contains(setting.getKey())) {
                outline.findings.add("setting-left", name, key, setting.getKey());
            }
        }
        var type = Json.text(element, "type", "text");
        var asking = asking(element, key, name);
        return switch (type) {
            case "text" -> one(name, text(element, asking));
            case "comment" -> one(name, new Question.LongText(asking));
            case "radiogroup", "dropdown", "buttongroup" -> one(name, choice(element, asking, name, false));
            case "checkbox", "tagbox" -> one(name, choice(element, asking, name, true));
            case "imagepicker" -> {
                outline.findings.add("picture-left", name, key);
                yield one(name, choice(element, asking, name, Json.flag(element, "multiSelect", false)));
            }
            case "boolean" -> one(name, yesNo(element, asking, name));
            case "rating" -> one(name, rating(element, asking, name));
            case "ranking" -> {
                var options = options(element, "choices", name, key, new Keys());
                register(name, options.values);
                yield one(name, new Question.Ranking(asking, options.list, top(element), shuffled(element)));
            }
            case "matrix" -> matrix(element, asking, name);
            case "multipletext" -> several(element, asking, name);
            case "slider" ->
                one(
                        name,
                        new Question.Figure(
                                asking, decimal(element, "min", "0"), decimal(element, "max", "100"), 0, null));
            case "html", "expression" -> {
                if (type.equals("expression")) {
                    outline.findings.add("type-left", name, null, type);
                    yield List.of();
                }
                var text = wording.texts(Json.texts(element.get("html"), source), name, key);
                yield text.isEmpty() ? List.of() : List.of(statement(key, text));
            }
            default -> {
                outline.findings.add("type-left", name, null, type);
                yield List.of();
            }
        };
    }

    private Asking asking(JsonNode element, String key, String name) {
        var title = wording.texts(Json.texts(element.get("title"), source), name, key);
        return new Asking(
                key,
                title.isEmpty() ? wording.same(name) : title,
                wording.optional(Json.texts(element.get("description"), source), name, key),
                Json.flag(element, "isRequired", false),
                false,
                null,
                false,
                null);
    }

    private final Map<String, Map<String, String>> values = new HashMap<>();

    private void register(String name, Map<String, String> known) {
        values.put(name, known);
    }

    private List<Question> one(String name, Question question) {
        outline.names.put(name, ToAnswer.of(question, values.getOrDefault(name, Map.of())));
        return List.of(question);
    }

    private Question text(JsonNode element, Asking asking) {
        var input = Json.text(element, "inputType", "text");
        for (var validator : Json.list(element, "validators")) {
            var kind = Json.text(validator, "type", "?").replace("validator", "");
            switch (kind) {
                case "email" -> input = "email";
                case "numeric" -> {
                    return new Question.Figure(
                            asking,
                            decimal(validator, "minValue", null),
                            decimal(validator, "maxValue", null),
                            10,
                            null);
                }
                default -> outline.findings.add("check-left", asking.key(), asking.key(), kind);
            }
        }
        return switch (input) {
            case "email" -> new Question.Email(asking);
            case "number", "range" ->
                new Question.Figure(
                        asking, decimal(element, "min", null), decimal(element, "max", null), decimals(element), null);
            case "date" -> new Question.Date(asking, day(element, "min"), day(element, "max"));
            case "datetime", "datetime-local" -> {
                outline.findings.add("time-left", asking.key(), asking.key());
                yield new Question.Date(asking, day(element, "min"), day(element, "max"));
            }
            case "text" -> new Question.ShortText(asking);
            default -> {
                outline.findings.add("check-left", asking.key(), asking.key(), input);
                yield new Question.ShortText(asking);
            }
        };
    }

    private static int decimals(JsonNode element) {
        var step = Json.text(element, "step");
        if (step == null) {
            return 0;
        }
        var number = Comparison.numberOrNull(step);
        return step.equals("any") || number == null
                ? 10
                : Math.max(0, number.stripTrailingZeros().scale());
    }

    private static @Nullable BigDecimal decimal(JsonNode element, String name, @Nullable String otherwise) {
        var text = Json.text(element, name);
        var number = text == null ? otherwise : text;
        return number == null ? null : Comparison.numberOrNull(number);
    }

    private static @Nullable LocalDate day(JsonNode element, String name) {
        var text = Json.text(element, name);
        try {
            return text == null || text.length() < 10 ? null : LocalDate.parse(text.substring(0, 10));
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** Options, and their keys by the other product's values. */
    private record Options(List<Option> list, Map<String, String> values) {}

    private Options options(JsonNode element, String member, String name, String question, Keys taken) {
        var options = new ArrayList<Option>();
        var known = new HashMap<String, String>();
        for (var choice : Json.list(element, member)) {
            var value =
                    choice.isObject() ? Json.text(choice, "value", Json.text(choice, "name", "")) : Json.text(choice);
            var text = choice.isObject()
                            && choice.hasNonNull(member.equals("columns") && choice.has("title") ? "title" : "text")
                    ? wording.texts(
                            Json.texts(choice.get(choice.has("title") ? "title" : "text"), source), name, question)
                    : Texts.NONE;
            var code = value == null ? "" : value;
            if (choice.isObject()) {
                for (var setting : List.of("visibleIf", "enableIf", "requiredIf")) {
                    if (choice.hasNonNull(setting)) {
                        outline.findings.add("option-setting-left", name, question, code, setting);
                    }
                }
            }
            var key = taken.take(code, "option");
            known.putIfAbsent(code, key);
            options.add(Option.of(key, text.isEmpty() ? wording.same(code) : text));
        }
        var last = Json.integer(element, "choicesMax");
        if (options.isEmpty() && last != null) {
            int step = Math.max(
                    1,
                    Json.text(element, "choicesStep", "1").matches("[0-9]{1,4}")
                            ? Integer.parseInt(Json.text(element, "choicesStep", "1"))
                            : 1);
            var first = Json.integer(element, "choicesMin");
            for (int number = first == null ? 0 : first; number <= last && options.size() <= 200; number += step) {
                var code = Integer.toString(number);
                known.put(code, taken.take(code, "option"));
                options.add(Option.of(known.getOrDefault(code, code), wording.same(code)));
            }
        }
        if (options.isEmpty()) {
            outline.findings.add("options-missing", name, question);
        }
        return new Options(outline.bounded(options, name, question), known);
    }

    private Question choice(JsonNode element, Asking asking, String name, boolean several) {
        var hasOther = Json.flag(element, "hasOther", Json.flag(element, "showOtherItem", false));
        var taken = hasOther ? new Keys().reserve(Option.OTHER) : new Keys();
        var options = options(element, "choices", name, asking.key(), taken);
        var list = new ArrayList<>(options.list);
        var known = new HashMap<>(options.values);
        if (Json.flag(element, "hasNone", Json.flag(element, "showNoneItem", false))) {
            var text = wording.texts(Json.texts(element.get("noneText"), source), name, asking.key());
            var key = taken.take("none", "none");
            known.put("none", key);
            list.add(new Option(key, text.isEmpty() ? wording.word("none") : text, 0, several));
        }
        register(name, known);
        var other = hasOther
                ? Outline.orElse(
                        wording.optional(Json.texts(element.get("otherText"), source), name, asking.key()),
                        wording.word("other"))
                : null;
        var least = Json.integer(element, "minSelectedChoices");
        var most = Json.integer(element, "maxSelectedChoices");
        return several
                ? new Question.MultipleChoice(
                        asking,
                        list,
                        other,
                        shuffled(element),
                        least == null ? 0 : Math.max(0, least),
                        most == null || most < 1 ? null : most)
                : new Question.SingleChoice(asking, list, other, shuffled(element));
    }

    private boolean shuffled(JsonNode element) {
        return Json.text(element, "choicesOrder", "").equals("random");
    }

    private static @Nullable Integer top(JsonNode element) {
        var most = Json.integer(element, "maxSelectedChoices");
        return Json.flag(element, "selectToRankEnabled", false) && most != null && most > 0 ? most : null;
    }

    private Question yesNo(JsonNode element, Asking asking, String name) {
        var yes = wording.texts(Json.texts(element.get("labelTrue"), source), name, asking.key());
        var no = wording.texts(Json.texts(element.get("labelFalse"), source), name, asking.key());
        // What it calls yes and no itself comes first: it may be the words true and false.
        var known = new HashMap<String, String>();
        known.put(Json.text(element, "valueTrue", "yes"), "true");
        known.putIfAbsent(Json.text(element, "valueFalse", "no"), "false");
        known.putIfAbsent("true", "true");
        known.putIfAbsent("false", "false");
        register(name, known);
        return new Question.SingleChoice(
                asking,
                List.of(
                        Option.of("true", yes.isEmpty() ? wording.word("yes") : yes),
                        Option.of("false", no.isEmpty() ? wording.word("no") : no)),
                null,
                false);
    }

    private Question rating(JsonNode element, Asking asking, String name) {
        var low = wording.texts(Json.texts(element.get("minRateDescription"), source), name, asking.key());
        var high = wording.texts(Json.texts(element.get("maxRateDescription"), source), name, asking.key());
        if (!Json.list(element, "rateValues").isEmpty()) {
            var options = options(element, "rateValues", name, asking.key(), new Keys());
            register(name, options.values);
            return new Question.SingleChoice(asking, options.list, null, false);
        }
        var from = Json.integer(element, "rateMin");
        var to = Json.integer(element, "rateMax");
        var count = Json.integer(element, "rateCount");
        int first = from == null ? 1 : from;
        int last = to == null ? first + (count == null ? 5 : count) - 1 : to;
        if (Json.text(element, "rateStep", "1").equals("1")) {
            var faces = Set.of("smileys", "smiley")
                    .contains(Json.text(element, "rateType", Json.text(element, "rateDisplayMode", "")));
            var scale = Ratings.scale(outline.findings, asking, low, high, first, last, faces, name);
            if (scale != null) {
                return scale;
            }
        }
        outline.findings.add("rating-as-choice", name, asking.key(), first, last);
        var options = IntStream.rangeClosed(first, Math.min(last, first + 100))
                .mapToObj(number -> Option.of(
                        number < 0 ? "minus" + -number : Integer.toString(number),
                        wording.same(Integer.toString(number))))
                .toList();
        return new Question.SingleChoice(asking, options, null, false);
    }

    private List<Question> matrix(JsonNode element, Asking asking, String name) {
        var columns = options(element, "columns", name, asking.key(), new Keys());
        var lines = options(element, "rows", name, asking.key(), new Keys());
        if (lines.list.isEmpty() || columns.list.isEmpty()) {
            return List.of();
        }
        register(name, columns.values);
        rows.put(asking.key(), lines.values);
        var random = Json.text(element, "rowOrder", Json.text(element, "rowsOrder", ""))
                .equals("random");
        return one(name, new Question.Matrix(asking, lines.list, columns.list, random));
    }

    /** One row of a matrix by the other product's name; null without such a row. */
    @Nullable
    ToAnswer row(ToAnswer matrix, String name) {
        var row = rows.getOrDefault(matrix.question().key(), Map.of()).get(name);
        return row == null ? null : matrix.row(row);
    }

    private List<Question> several(JsonNode element, Asking asking, String name) {
        var questions = new ArrayList<Question>();
        outline.findings.add("split", name, asking.key());
        for (var item : Json.list(element, "items")) {
            var own = Json.text(item, "name", "");
            var key = outline.keys.take(asking.key() + "-" + own, "item");
            var title = wording.texts(Json.texts(item.get("title"), source), name, key);
            var part = text(
                    item,
                    new Asking(
                            key,
                            Wording.joined(asking.text(), " – ", title.isEmpty() ? wording.same(own) : title),
                            questions.isEmpty() ? asking.help() : null,
                            asking.required() || Json.flag(item, "isRequired", false),
                            false,
                            null,
                            false,
                            null));
            outline.names.put(name + "." + own, ToAnswer.of(part, Map.of()));
            questions.add(part);
        }
        return questions;
    }
}
