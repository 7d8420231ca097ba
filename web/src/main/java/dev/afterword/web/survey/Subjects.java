package dev.afterword.web.survey;

import dev.afterword.db.survey.Option;
import dev.afterword.db.survey.Question;
import dev.afterword.db.survey.SurveyDefinition;
import dev.afterword.db.survey.Variable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a condition at one place may ask about: earlier questions, what is known of the customer and the order, variables. */
final class Subjects {
    static final String ATTRIBUTE = "attribute";
    private static final List<String> WORDS = List.of("is", "is-not", "answered", "skipped");
    private static final List<String> NUMBERS = List.of("at-least", "at-most", "is", "is-not", "answered", "skipped");
    private static final List<String> SEVERAL = List.of("includes", "includes-none", "answered", "skipped");
    private static final List<String> TYPED = List.of("contains", "is", "answered", "skipped");
    private static final List<String> DAYS = List.of("at-least", "at-most", "answered", "skipped");

    private final Map<String, Subject> byCode = new LinkedHashMap<>();

    /**
     * Something to ask about.
     *
     * @param question its text; null where {@code survey.subject.<code>} has the words
     * @param values what it may be, with words; empty where anything may be typed
     * @param words whether the words of values are codes of texts
     * @param kind word, number, flag, day, text or attribute
     */
    record Subject(
            String code,
            @Nullable String question,
            List<String> operators,
            Map<String, String> values,
            boolean words,
            String kind) {
        /** Whether a condition means this one; all attributes of customers are one subject, which is asked for its name. */
        boolean isNamed(String subject) {
            return subject.equals(code) || (kind.equals(ATTRIBUTE) && subject.startsWith(code + "."));
        }
    }

    /** For the place of a question or a page: only what comes before it, or with it where the survey may end. */
    static Subjects before(SurveyDefinition definition, Place place, boolean with) {
        var subjects = new Subjects();
        var language = definition.languages().getFirst();
        for (var question : before(definition, place)) {
            subjects.add(question, language);
        }
        if (with && place.isQuestion()) {
            definition.question(place.key()).ifPresent(question -> subjects.add(question, language));
        }
        if (with && place.isPage()) {
            definition.pages().stream()
                    .filter(page -> page.key().equals(place.key()))
                    .forEach(page -> page.questions().forEach(question -> subjects.add(question, language)));
        }
        subjects.known(
                "contact.stage", WORDS, List.of("prospect", "customer", "client", "supporter", "advocate"), "word");
        subjects.known("contact.language", WORDS, List.of(), "text");
        subjects.known("contact.attribute", WORDS, List.of(), ATTRIBUTE);
        subjects.known("order.delivery", WORDS, List.of("on-time", "late", "undelivered"), "word");
        subjects.known("order.product", SEVERAL, List.of(), "text");
        subjects.known("order.category", SEVERAL, List.of(), "text");
        subjects.known("order.channel", WORDS, List.of(), "text");
        subjects.known("order.country", WORDS, List.of(), "text");
        subjects.known("order.amount", NUMBERS, List.of(), "number");
        if (!place.isVariables()) {
            subjects.known("line.sku", WORDS, List.of(), "text");
            subjects.known("line.category", WORDS, List.of(), "text");
        }
        subjects.known("score", NUMBERS, List.of(), "number");
        definition.variables().stream()
                .map(Variable::key)
                .forEach(key -> subjects.put(new Subject("variable." + key, key, WORDS, Map.of(), false, "text")));
        return subjects;
    }

    private static List<Question> before(SurveyDefinition definition, Place place) {
        var found = new ArrayList<Question>();
        for (var page : definition.pages()) {
            if (place.isPage() && page.key().equals(place.key())) {
                return found;
            }
            for (var question : page.questions()) {
                if (place.isQuestion() && question.key().equals(place.key())) {
                    return found;
                }
                found.add(question);
            }
        }
        return found;
    }

    private void add(Question question, String language) {
        var text = question.text().in(language, language);
        switch (question) {
            case Question.Scale _, Question.Figure _ -> answer(question, text, NUMBERS, Map.of(), "number");
            case Question.SingleChoice single ->
                answer(question, text, WORDS, options(single.options(), single, language), "word");
            case Question.MultipleChoice several ->
                answer(question, text, SEVERAL, options(several.options(), several, language), "word");
            case Question.Ranking ranking ->
                answer(
                        question,
                        text,
                        List.of("is", "includes", "includes-none", "answered", "skipped"),
                        options(ranking.options(), null, language),
                        "word");
            case Question.Matrix matrix ->
                matrix.rows()
                        .forEach(row -> put(new Subject(
                                "answer." + matrix.key() + "." + row.key(),
                                text + " – " + row.text().in(language, language),
                                WORDS,
                                options(matrix.columns(), null, language),
                                false,
                                "word")));
            case Question.Typed _ -> answer(question, text, TYPED, Map.of(), "text");
            case Question.Date _ -> answer(question, text, DAYS, Map.of(), "day");
            case Question.Consent _ ->
                put(new Subject(
                        "answer." + question.key(),
                        text,
                        List.of("is", "answered", "skipped"),
                        Map.of("true", "agreed", "false", "refused"),
                        true,
                        "flag"));
            case Question.Statement _ -> {}
        }
    }

    private void answer(
            Question question, String text, List<String> operators, Map<String, String> values, String kind) {
        put(new Subject("answer." + question.key(), text, operators, values, false, kind));
    }

    private static Map<String, String> options(
            List<Option> options, Question.@Nullable Choosing choosing, String language) {
        var values = new LinkedHashMap<String, String>();
        options.forEach(option -> values.put(option.key(), option.text().in(language, language)));
        if (choosing != null && choosing.other() != null) {
            values.put(Option.OTHER, choosing.other().in(language, language));
        }
        return values;
    }

    private void known(String code, List<String> operators, List<String> values, String kind) {
        var words = new LinkedHashMap<String, String>();
        values.forEach(value -> words.put(value, value));
        put(new Subject(code, null, operators, words, true, kind));
    }

    private void put(Subject subject) {
        byCode.put(subject.code(), subject);
    }

    List<Subject> all() {
        return List.copyOf(byCode.values());
    }

    @Nullable
    Subject get(String code) {
        return byCode.values().stream()
                .filter(one -> one.isNamed(code))
                .findFirst()
                .orElse(null);
    }

    Subject first() {
        return byCode.values().iterator().next();
    }
}
