package dev.afterword.web.survey;

import dev.afterword.db.Rejected;
import dev.afterword.db.survey.Asking;
import dev.afterword.db.survey.QuestionType;
import dev.afterword.web.Form;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** The form of one question: its fields from the draft, and back. */
final class QuestionFields {
    private static final List<String> TEXTS = List.of("low", "high", "other", "unit");
    private static final List<String> FLAGS = List.of("required", "notApplicable", "perOrderLine");
    private static final List<String> VALUES =
            List.of("scale", "least", "most", "top", "decimals", "earliest", "latest", "purpose");
    private static final List<String> LISTS = List.of("options", "rows", "columns");

    private QuestionFields() {}

    static QuestionType type(ObjectNode question) {
        return QuestionType.of(question.path("type").asString("")).orElse(QuestionType.STATEMENT);
    }

    static Form form(ObjectNode question, DraftTree tree, Subjects subjects) {
        var language = tree.language();
        var form = Form.blank()
                .put("key", question.path("key").asString(""))
                .put("type", type(question).code())
                .put("text", Texted.get(question, "text", language))
                .put("help", Texted.get(question, "help", language));
        TEXTS.forEach(name -> form.put(name, Texted.get(question, name, language)));
        FLAGS.forEach(name -> flag(form, name, question));
        flag(form, "shuffled", question);
        form.put("highIsGood", question.path("highIsGood").asBoolean(true) ? "on" : "");
        VALUES.stream()
                .filter(question::has)
                .forEach(name -> form.put(name, question.path(name).asString()));
        LISTS.forEach(name -> OptionFields.fill(form, name, question, language));
        ConditionFields.fill(form, "showIf", question, subjects);
        ConditionFields.fill(form, "endIf", question, subjects);
        return form;
    }

    private static void flag(Form form, String name, ObjectNode question) {
        form.put(name, question.path(name).asBoolean(false) ? "on" : "");
    }

    /** Writes what was typed into the draft; the question's key may be another then. */
    static String apply(Form form, String key, DraftTree tree, Subjects subjects) {
        var question = tree.question(key);
        var language = tree.language();
        var type = QuestionType.of(form.value("type")).orElseGet(() -> type(question));
        retype(question, type);
        Texted.put(question, "text", language, form.value("text"));
        Texted.put(question, "help", language, form.value("help"));
        FLAGS.forEach(name -> put(question, name, form));
        var members = type.members();
        // A form of another type has other fields: what it does not know stays as it is.
        if (form.value("shown").equals(type.code())) {
            TEXTS.stream()
                    .filter(members::contains)
                    .forEach(name -> Texted.put(question, name, language, form.value(name)));
            VALUES.stream().filter(members::contains).forEach(name -> value(question, name, form.value(name)));
            LISTS.stream()
                    .filter(members::contains)
                    .forEach(name -> OptionFields.apply(form, name, question, language));
            if (members.contains("shuffled")) {
                put(question, "shuffled", form);
            }
            if (members.contains("highIsGood")) {
                question.put("highIsGood", !form.value("highIsGood").isEmpty());
            }
        }
        ConditionFields.apply(form, "showIf", question, subjects);
        ConditionFields.apply(form, "endIf", question, subjects);
        return renamed(form.value("key"), key, tree);
    }

    private static String renamed(String wanted, String key, DraftTree tree) {
        if (wanted.isEmpty() || wanted.equals(key)) {
            return key;
        }
        if (!Asking.KEY.matcher(wanted).matches()) {
            throw new Rejected("survey.key-unreadable", "key", wanted);
        }
        if (tree.questionKeys().contains(wanted)) {
            throw new Rejected("survey.question-key-taken", "key", wanted);
        }
        tree.rename(key, wanted);
        return wanted;
    }

    /** Makes it a question of another type: what the new type does not have is left out, options become rows and back. */
    private static void retype(ObjectNode question, QuestionType type) {
        if (type(question) == type) {
            return;
        }
        var members = type.members();
        var had = question.has("options") ? question.get("options") : question.get("rows");
        question.put("type", type.code());
        QuestionType.SINGLE_CHOICE.members().stream()
                .filter(name -> !members.contains(name))
                .forEach(question::remove);
        TEXTS.stream().filter(name -> !members.contains(name)).forEach(question::remove);
        VALUES.forEach(question::remove);
        LISTS.forEach(question::remove);
        question.remove("highIsGood");
        if (had != null && members.contains("options")) {
            question.set("options", had);
        } else if (had != null && members.contains("rows")) {
            question.set("rows", had);
        }
        if (type == QuestionType.CONSENT) {
            question.put("purpose", "questions");
        }
    }

    static void put(ObjectNode node, String name, Form form) {
        if (form.value(name).isEmpty()) {
            node.remove(name);
        } else {
            node.put(name, true);
        }
    }

    private static void value(ObjectNode question, String name, String value) {
        if (value.isEmpty()) {
            question.remove(name);
        } else {
            question.put(name, value);
        }
    }
}
