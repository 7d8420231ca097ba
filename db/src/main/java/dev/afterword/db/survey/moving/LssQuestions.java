package dev.afterword.db.survey.moving;

import dev.afterword.db.survey.Asking;
import dev.afterword.db.survey.Option;
import dev.afterword.db.survey.Question;
import dev.afterword.db.survey.Texts;
import dev.afterword.db.survey.moving.Named.ToAnswer;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes our questions of LimeSurvey's, which have a letter for a type. */
final class LssQuestions {
    private static final int CELLS = 30;

    private final LssContent content;
    private final Outline outline;
    private final Wording wording;
    private final boolean points;

    LssQuestions(LssContent content, Outline outline, Wording wording) {
        this.content = content;
        this.outline = outline;
        this.wording = wording;
        this.points = content.setting("assessments").equals("Y");
    }

    /** A question, and what must be chosen in which other one for it to be shown; null where nothing. */
    record Made(Question question, @Nullable ToAnswer chosen) {
        static Made of(Question question) {
            return new Made(question, null);
        }
    }

    /** None where we have nothing like it, several where it asks for several things. */
    List<Made> read(Map<String, String> row, String key) {
        var qid = row.getOrDefault("qid", "");
        var title = row.getOrDefault("title", "");
        var asking = asking(row, qid, key, title);
        for (var setting : List.of(
                "array_filter", "array_filter_exclude", "random_group", "em_validation_q", "em_validation_sq")) {
            if (!content.attribute(qid, setting).isEmpty()) {
                outline.findings.add("setting-left", title, key, setting);
            }
        }
        var type = row.getOrDefault("type", "");
        return switch (type) {
            case "L", "!", "O" -> list(row, asking, title, type.equals("O"));
            case "M", "P" -> multiple(row, asking, title, type.equals("P"));
            case "R" -> one(title, ranking(qid, asking, title), Map.of());
            case "5" -> one(title, five(asking, title), Map.of());
            case "Y" -> one(title, fixed(asking, "Y", "yes", "N", "no"), Map.of());
            case "G" -> one(title, fixed(asking, "F", "female", "M", "male"), Map.of());
            case "S" -> one(title, line(row, asking, title), Map.of());
            case "T", "U" -> one(title, new Question.LongText(asking), Map.of());
            case "N" -> one(title, figure(qid, asking), Map.of());
            case "D" -> one(title, date(qid, asking, title), Map.of());
            case "X" -> List.of(Made.of(new Question.Statement(asking)));
            case "F", "H" -> array(qid, asking, title, answers(qid, 0, asking.key()), title);
            case "A" -> array(qid, asking, title, numbers(5), title);
            case "B" -> array(qid, asking, title, numbers(10), title);
            case "C" -> array(qid, asking, title, words("Y", "yes", "U", "uncertain", "N", "no"), title);
            case "E" -> array(qid, asking, title, words("I", "increase", "S", "same", "D", "decrease"), title);
            case "1" -> dual(qid, asking, title);
            case "K", "Q" -> fields(qid, asking, title, type.equals("K"));
            case ":", ";" -> cells(qid, asking, title, type.equals(":"));
            default -> {
                outline.findings.add("type-left", title, null, LssTypes.name(type));
                yield List.of();
            }
        };
    }

    private Asking asking(Map<String, String> row, String qid, String key, String title) {
        var text = wording.texts(content.text(qid, "question"), title, key);
        var mandatory = row.getOrDefault("mandatory", "N");
        if (mandatory.equals("S")) {
            outline.findings.add("soft-required", title, key);
        }
        return new Asking(
                key,
                text.isEmpty() ? wording.same(title.isEmpty() ? key : title) : text,
                wording.optional(content.text(qid, "help"), title, key),
                mandatory.equals("Y"),
                false,
                null,
                false,
                null);
    }

    private Asking part(Asking whole, String name, Texts text) {
        var key = outline.keys.take(whole.key() + "-" + name, "part");
        return new Asking(
                key,
                text.isEmpty() ? whole.text() : Wording.joined(whole.text(), " – ", text),
                null,
                whole.required(),
                false,
                null,
                false,
                null);
    }

    private List<Made> one(String title, Question question, Map<String, String> values) {
        outline.names.put(title, ToAnswer.of(question, values));
        return List.of(Made.of(question));
    }

    private List<Option> answers(String qid, int scale, String question) {
        var taken = new Keys().reserve(Option.OTHER);
        var options = content.answers(qid, scale).stream()
                .map(answer -> {
                    var text = wording.texts(answer.text(), answer.code(), question);
                    return new Option(
                            taken.take(answer.code(), "answer"),
                            text.isEmpty() ? wording.same(answer.code()) : text,
                            points ? answer.points() : 0,
                            false);
                })
                .toList();
        if (options.isEmpty()) {
            outline.findings.add("options-missing", question, question);
        }
        return outline.bounded(options, question, question);
    }

    private List<Option> options(List<Map<String, String>> parts, String question) {
        var taken = new Keys().reserve(Option.OTHER);
        return outline.bounded(
                parts.stream()
                        .map(row -> {
                            var code = row.getOrDefault("title", "");
                            var text = wording.texts(
                                    content.text(row.getOrDefault("qid", ""), "question"), code, question);
                            if (!Set.of("", "1")
                                    .contains(row.getOrDefault("relevance", "").strip())) {
                                outline.findings.add(
                                        "option-setting-left",
                                        question,
                                        question,
                                        code,
                                        row.getOrDefault("relevance", ""));
                            }
                            return Option.of(taken.take(code, "part"), text.isEmpty() ? wording.same(code) : text);
                        })
                        .toList(),
                question,
                question);
    }

    private @Nullable Texts other(Map<String, String> row, String key) {
        if (!row.getOrDefault("other", "N").equals("Y")) {
            return null;
        }
        var qid = row.getOrDefault("qid", "");
        return Outline.orElse(
                wording.optional(content.attributeTexts(qid, "other_replace_text"), key, key), wording.word("other"));
    }

    private boolean shuffled(String qid) {
        return content.attribute(qid, "random_order").equals("1")
                || content.attribute(qid, "answer_order").equals("random")
                || content.attribute(qid, "subquestion_order").equals("random");
    }

    private List<Made> list(Map<String, String> row, Asking asking, String title, boolean comment) {
        var qid = row.getOrDefault("qid", "");
        var question = new Question.SingleChoice(
                asking, answers(qid, 0, asking.key()), other(row, asking.key()), shuffled(qid));
        var made = new ArrayList<>(one(title, question, Map.of("-oth-", Option.OTHER)));
        if (question.other() != null) {
            outline.names.put(title + "_other", ToAnswer.of(question, Map.of()).option(Option.OTHER));
        }
        if (comment) {
            outline.findings.add("comment-apart", title, asking.key());
            var words = new Question.LongText(part(optional(asking), "comment", wording.word("comment")));
            outline.names.put(title + "_comment", ToAnswer.of(words, Map.of()));
            made.add(Made.of(words));
        }
        return made;
    }

    private static Asking optional(Asking asking) {
        return new Asking(asking.key(), asking.text(), null, false, false, null, false, null);
    }

    private List<Made> multiple(Map<String, String> row, Asking asking, String title, boolean comments) {
        var qid = row.getOrDefault("qid", "");
        var parts = content.parts(qid, 0);
        var alone = Set.of(content.attribute(qid, "exclude_all_others").split(";"));
        var options = options(parts, asking.key()).stream()
                .map(option -> new Option(option.key(), option.text(), 0, alone.contains(option.key())))
                .toList();
        var most = content.attribute(qid, "max_answers");
        var least = content.attribute(qid, "min_answers");
        var question = new Question.MultipleChoice(
                asking,
                options,
                other(row, asking.key()),
                shuffled(qid),
                least.matches("[0-9]{1,3}") ? Integer.parseInt(least) : 0,
                most.matches("[1-9][0-9]{0,2}") ? Integer.valueOf(most) : null);
        var made = new ArrayList<>(one(title, question, Map.of()));
        var whole = ToAnswer.of(question, Map.of());
        for (int at = 0; at < options.size(); at++) {
            var chosen = whole.option(options.get(at).key());
            var code = parts.get(at).getOrDefault("title", "");
            outline.names.put(title + "_" + code, chosen);
            if (comments) {
                var words = new Question.ShortText(part(
                        optional(asking), options.get(at).key(), options.get(at).text()));
                outline.names.put(title + "_" + code + "comment", ToAnswer.of(words, Map.of()));
                made.add(new Made(words, chosen));
            }
        }
        if (comments) {
            outline.findings.add("comment-apart", title, asking.key());
        }
        outline.names.put(title + "_other", whole.option(Option.OTHER));
        return made;
    }

    private Question ranking(String qid, Asking asking, String title) {
        var options = content.answers(qid, 0).isEmpty()
                ? options(content.parts(qid, 0), asking.key())
                : answers(qid, 0, asking.key());
        var most = Stream.of("max_answers", "max_subquestions")
                .map(name -> content.attribute(qid, name))
                .filter(text -> text.matches("[1-9][0-9]{0,2}"))
                .findFirst()
                .map(Integer::valueOf)
                .orElse(null);
        if (!content.attribute(qid, "min_answers").isEmpty()) {
            outline.findings.add("setting-left", title, asking.key(), "min_answers");
        }
        return new Question.Ranking(asking, options, most, shuffled(qid));
    }

    private Question five(Asking asking, String title) {
        outline.findings.add("rating-as-stars", title, asking.key(), 5);
        return new Question.Stars(asking, Texts.NONE, Texts.NONE, 5);
    }

    private Question fixed(Asking asking, String... codesAndWords) {
        return new Question.SingleChoice(asking, words(codesAndWords), null, false);
    }

    private List<Option> words(String... codesAndWords) {
        return IntStream.range(0, codesAndWords.length / 2)
                .mapToObj(at -> Option.of(codesAndWords[2 * at], wording.word(codesAndWords[2 * at + 1])))
                .toList();
    }

    private List<Option> numbers(int most) {
        return IntStream.rangeClosed(1, most)
                .mapToObj(number -> Option.of(Integer.toString(number), wording.same(Integer.toString(number))))
                .toList();
    }

    private Question line(Map<String, String> row, Asking asking, String title) {
        var qid = row.getOrDefault("qid", "");
        if (content.attribute(qid, "numbers_only").equals("1")) {
            return figure(qid, asking);
        }
        var pattern = row.getOrDefault("preg", "");
        if (pattern.contains("@")) {
            return new Question.Email(asking);
        }
        if (!pattern.isBlank()) {
            outline.findings.add("check-left", title, asking.key(), pattern);
        }
        return new Question.ShortText(asking);
    }

    private Question figure(String qid, Asking asking) {
        return new Question.Figure(
                asking,
                Comparison.numberOrNull(content.attribute(qid, "min_num_value_n")),
                Comparison.numberOrNull(content.attribute(qid, "max_num_value_n")),
                content.attribute(qid, "num_value_int_only").equals("1") ? 0 : 10,
                wording.optional(content.attributeTexts(qid, "suffix"), asking.key(), asking.key()));
    }

    private Question date(String qid, Asking asking, String title) {
        if (content.attribute(qid, "date_format").toLowerCase(Locale.ROOT).contains("h")) {
            outline.findings.add("time-left", title, asking.key());
        }
        return new Question.Date(asking, day(qid, "date_min", title, asking), day(qid, "date_max", title, asking));
    }

    private @Nullable LocalDate day(String qid, String name, String title, Asking asking) {
        var text = content.attribute(qid, name);
        try {
            return text.isEmpty() ? null : LocalDate.parse(text.length() > 10 ? text.substring(0, 10) : text);
        } catch (DateTimeException e) {
            outline.findings.add("setting-left", title, asking.key(), name + " = " + text);
            return null;
        }
    }

    private List<Made> array(String qid, Asking asking, String title, List<Option> columns, String name) {
        var lines = content.parts(qid, 0);
        var rows = options(lines, asking.key());
        if (rows.isEmpty() || columns.isEmpty()) {
            outline.findings.add("options-missing", title, null);
            return List.of();
        }
        var matrix = new Question.Matrix(asking, rows, columns, shuffled(qid));
        var whole = ToAnswer.of(matrix, Map.of());
        outline.names.put(name, whole);
        for (int at = 0; at < rows.size(); at++) {
            outline.names.put(
                    name + "_" + lines.get(at).getOrDefault("title", ""),
                    whole.row(rows.get(at).key()));
        }
        return List.of(Made.of(matrix));
    }

    /** Two arrays of the same rows, one for each scale. */
    private List<Made> dual(String qid, Asking asking, String title) {
        outline.findings.add("split", title, asking.key());
        var made = new ArrayList<Made>();
        for (int scale = 0; scale < 2; scale++) {
            var half = part(
                    asking,
                    Integer.toString(scale + 1),
                    wording.texts(
                            content.attributeTexts(qid, scale == 0 ? "dualscale_headerA" : "dualscale_headerB"),
                            title,
                            asking.key()));
            made.addAll(array(qid, half, title, answers(qid, scale, half.key()), title + "#" + scale));
        }
        return made;
    }

    private List<Made> fields(String qid, Asking asking, String title, boolean numbers) {
        outline.findings.add("split", title, asking.key());
        return content.parts(qid, 0).stream()
                .map(row -> field(qid, asking, title, row.getOrDefault("title", ""), label(row, title), numbers))
                .toList();
    }

    private Texts label(Map<String, String> row, String title) {
        return wording.texts(content.text(row.getOrDefault("qid", ""), "question"), title, null);
    }

    private Made field(String qid, Asking asking, String title, String code, Texts label, boolean numbers) {
        var own = part(asking, code, label);
        var question = numbers ? figure(qid, own) : new Question.ShortText(own);
        outline.names.put(title + "_" + code, ToAnswer.of(question, Map.of()));
        return Made.of(question);
    }

    /** A field for each row and column, where they are not too many. */
    private List<Made> cells(String qid, Asking asking, String title, boolean numbers) {
        var rows = content.parts(qid, 0);
        var columns = content.parts(qid, 1);
        if (rows.size() * columns.size() > CELLS) {
            outline.findings.add("type-left", title, null, LssTypes.name(numbers ? ":" : ";"));
            return List.of();
        }
        outline.findings.add("split", title, asking.key());
        var made = new ArrayList<Made>();
        for (var row : rows) {
            for (var column : columns) {
                made.add(field(
                        qid,
                        asking,
                        title,
                        row.getOrDefault("title", "") + "_" + column.getOrDefault("title", ""),
                        Wording.joined(label(row, title), ", ", label(column, title)),
                        numbers));
            }
        }
        return made;
    }
}
