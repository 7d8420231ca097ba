package dev.afterword.db.survey.moving;

import dev.afterword.db.survey.Asking;
import dev.afterword.db.survey.Option;
import dev.afterword.db.survey.Question;
import dev.afterword.db.survey.Texts;
import dev.afterword.db.survey.moving.Named.ToAnswer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/** Makes our questions of Formbricks's elements. */
final class FormbricksQuestions {
    private static final List<String> ADDRESS =
            List.of("addressLine1", "addressLine2", "city", "state", "zip", "country");
    private static final List<String> CONTACT = List.of("firstName", "lastName", "email", "phone", "company");

    private final Outline outline;
    private final Wording wording;
    private final String source;

    FormbricksQuestions(Outline outline, Wording wording, String source) {
        this.outline = outline;
        this.wording = wording;
        this.source = source;
    }

    /** None where we have nothing like it, several where it asks for several things. */
    List<Question> read(JsonNode element, String key) {
        var id = Json.text(element, "id", "");
        var type = Json.text(element, "type", "");
        for (var media : List.of("imageUrl", "videoUrl")) {
            if (!Json.text(element, media, "").isBlank()) {
                outline.findings.add("picture-left", id, key);
            }
        }
        if (element.has("validation")
                && !Json.list(element.path("validation"), "rules").isEmpty()) {
            outline.findings.add("check-left", id, key, "validation");
        }
        var asking = asking(element, key, id);
        return switch (type) {
            case "openText" -> one(id, words(element, asking, id), Map.of());
            case "multipleChoiceSingle", "multipleChoiceMulti" -> choice(element, asking, id, type.endsWith("Multi"));
            case "pictureSelection" -> pictures(element, asking, id);
            case "nps" -> one(id, new Question.Nps(asking, low(element, id), high(element, id)), Map.of());
            case "csat", "ces", "rating" -> one(id, rating(element, asking, id, type), Map.of());
            case "consent" -> one(id, consent(element, asking, id), Map.of());
            case "cta" -> {
                if (!Json.text(element, "buttonUrl", "").isBlank()) {
                    outline.findings.add("link-left", id, key);
                }
                yield List.of(statement(asking));
            }
            case "date" -> one(id, new Question.Date(asking, null, null), Map.of());
            case "matrix" -> matrix(element, asking, id);
            case "ranking" -> {
                var options = options(element, "choices", id, key, new Keys());
                yield one(id, new Question.Ranking(asking, options.list, null, shuffled(element, id)), options.values);
            }
            case "address" -> fields(element, asking, id, ADDRESS, "address.");
            case "contactInfo" -> fields(element, asking, id, CONTACT, "contact.");
            default -> {
                outline.findings.add("type-left", id, null, type.isBlank() ? "?" : type);
                yield List.of();
            }
        };
    }

    private Asking asking(JsonNode element, String key, String id) {
        var headline = texts(element, "headline", id, key);
        var help = texts(element, "subheader", id, key);
        return new Asking(
                key,
                headline.isEmpty() ? wording.same(id) : headline,
                help.isEmpty() ? null : help,
                Json.flag(element, "required", false),
                false,
                null,
                false,
                null);
    }

    private Texts texts(JsonNode node, String name, String id, String key) {
        return wording.texts(Json.texts(node.get(name), source), id, key);
    }

    private Texts low(JsonNode element, String id) {
        return texts(element, "lowerLabel", id, id);
    }

    private Texts high(JsonNode element, String id) {
        return texts(element, "upperLabel", id, id);
    }

    private List<Question> one(String id, Question question, Map<String, String> values) {
        outline.names.put(id, ToAnswer.of(question, values));
        return List.of(question);
    }

    private static Question statement(Asking asking) {
        return new Question.Statement(
                new Asking(asking.key(), asking.text(), asking.help(), false, false, null, false, null));
    }

    private Question words(JsonNode element, Asking asking, String id) {
        var input = Json.text(element, "inputType", "text");
        if (Json.flag(element.path("charLimit"), "enabled", false)) {
            outline.findings.add("setting-left", id, asking.key(), "charLimit");
        }
        return switch (input) {
            case "email" -> new Question.Email(asking);
            case "number" -> new Question.Figure(asking, null, null, 10, null);
            case "text" ->
                Json.flag(element, "longAnswer", true) ? new Question.LongText(asking) : new Question.ShortText(asking);
            default -> {
                outline.findings.add("check-left", id, asking.key(), input);
                yield new Question.ShortText(asking);
            }
        };
    }

    /** Options, and their keys by identifier and by each of their texts: older logic compares with texts. */
    private record Options(List<Option> list, Map<String, String> values) {}

    private Options options(JsonNode element, String member, String id, String question, Keys taken) {
        var options = new ArrayList<Option>();
        var known = new HashMap<String, String>();
        var choices = Json.list(element, member);
        for (int at = 0; at < choices.size(); at++) {
            var choice = choices.get(at);
            var label = choice.has("label") ? choice.get("label") : choice;
            var raw = Json.texts(label, source);
            var text = wording.texts(raw, id, question);
            var own = Json.text(choice, "id");
            var code = own == null ? "" : own;
            if (code.equals(Option.OTHER)) {
                continue;
            }
            // Identifiers that nobody chose say nothing; the texts do, as keys of rows without any.
            var key = code.isBlank()
                    ? taken.ofText(text.in(source, source), "option-" + (at + 1))
                    : taken.take(code, "option-" + (at + 1));
            known.put(code.isBlank() ? key : code, key);
            raw.values().forEach(value -> known.putIfAbsent(value, key));
            if (member.equals("rows")) {
                known.putIfAbsent(Integer.toString(at), key);
            }
            options.add(new Option(
                    key,
                    text.isEmpty() ? wording.same(code) : text,
                    0,
                    code.equals("none") && Json.text(element, "type", "").equals("multipleChoiceMulti")));
        }
        if (options.isEmpty()) {
            outline.findings.add("options-missing", id, question);
        }
        return new Options(outline.bounded(options, id, question), known);
    }

    private boolean shuffled(JsonNode element, String id) {
        var order = Json.text(element, "shuffleOption", "none");
        if (order.equals("exceptLast")) {
            outline.findings.add("setting-left", id, null, "shuffleOption: exceptLast");
        }
        return order.equals("all");
    }

    private List<Question> choice(JsonNode element, Asking asking, String id, boolean several) {
        var other = Json.list(element, "choices").stream()
                .filter(one -> Json.text(one, "id", "").equals(Option.OTHER))
                .findFirst()
                .map(one -> texts(one, "label", id, asking.key()))
                .orElse(null);
        var options = options(
                element, "choices", id, asking.key(), other == null ? new Keys() : new Keys().reserve(Option.OTHER));
        return one(
                id,
                several
                        ? new Question.MultipleChoice(asking, options.list, other, shuffled(element, id), 0, null)
                        : new Question.SingleChoice(asking, options.list, other, shuffled(element, id)),
                options.values);
    }

    private List<Question> pictures(JsonNode element, Asking asking, String id) {
        outline.findings.add("picture-left", id, asking.key());
        var word = wording.word("picture");
        var known = new HashMap<String, String>();
        var options = new ArrayList<Option>();
        for (var choice : Json.list(element, "choices")) {
            var number = Integer.toString(options.size() + 1);
            known.put(Json.text(choice, "id", number), number);
            options.add(Option.of(number, Wording.joined(word, " ", wording.same(number))));
        }
        return one(
                id,
                Json.flag(element, "allowMulti", false)
                        ? new Question.MultipleChoice(asking, options, null, false, 0, null)
                        : new Question.SingleChoice(asking, options, null, false),
                known);
    }

    private Question rating(JsonNode element, Asking asking, String id, String type) {
        var low = low(element, id);
        var high = high(element, id);
        int range = Objects.requireNonNullElse(Json.integer(element, "range"), type.equals("ces") ? 7 : 5);
        if (type.equals("csat") && range == 5) {
            return new Question.Csat(asking, low, high);
        }
        if (type.equals("ces") && (range == 5 || range == 7)) {
            return new Question.Ces(asking, low, high, range, true);
        }
        var look = Json.text(element, "scale", "star");
        var most = Math.clamp(range, 3, 10);
        if (look.equals("star")) {
            return new Question.Stars(asking, low, high, most);
        }
        return Objects.requireNonNull(
                Ratings.scale(outline.findings, asking, low, high, 1, most, look.equals("smiley"), id));
    }

    private Question consent(JsonNode element, Asking asking, String id) {
        var label = texts(element, "label", id, asking.key());
        var text = label.isEmpty() ? asking.text() : Wording.joined(asking.text(), "\n", label);
        return new Question.Consent(
                new Asking(asking.key(), text, asking.help(), asking.required(), false, null, false, null),
                asking.key());
    }

    private List<Question> matrix(JsonNode element, Asking asking, String id) {
        var rows = options(element, "rows", id, asking.key(), new Keys());
        var columns = options(element, "columns", id, asking.key(), new Keys());
        if (rows.list.isEmpty() || columns.list.isEmpty()) {
            return List.of();
        }
        var matrix = new Question.Matrix(asking, rows.list, columns.list, shuffled(element, id));
        var whole = ToAnswer.of(matrix, columns.values);
        rows.values.forEach((value, key) -> outline.names.put(id + "." + value, whole.row(key)));
        return one(id, matrix, columns.values);
    }

    /** An address or a person: each field that is shown becomes a question. */
    private List<Question> fields(JsonNode element, Asking asking, String id, List<String> names, String words) {
        outline.findings.add("split", id, asking.key());
        var questions = new ArrayList<Question>();
        for (var name : names) {
            var field = element.path(name);
            if (!Json.flag(field, "show", false)) {
                continue;
            }
            var placeholder = texts(field, "placeholder", id, asking.key());
            var text = Wording.joined(
                    asking.text(), " – ", placeholder.isEmpty() ? wording.word(words + name) : placeholder);
            var own = new Asking(
                    outline.keys.take(asking.key() + "-" + name, name),
                    text,
                    questions.isEmpty() ? asking.help() : null,
                    asking.required() && Json.flag(field, "required", false),
                    false,
                    null,
                    false,
                    null);
            var question = name.equals("email") ? new Question.Email(own) : new Question.ShortText(own);
            if (questions.isEmpty()) {
                outline.names.put(id, ToAnswer.of(question, Map.of()));
            }
            questions.add(question);
        }
        return questions;
    }
}
