package dev.afterword.db.survey.moving;

import dev.afterword.db.survey.Asking;
import dev.afterword.db.survey.Condition;
import dev.afterword.db.survey.Question;
import dev.afterword.db.survey.Subject;
import dev.afterword.db.survey.moving.LssQuestions.Made;
import dev.afterword.db.survey.moving.Named.ToAnswer;
import dev.afterword.db.survey.moving.Named.ToFact;
import dev.afterword.db.survey.moving.Outline.Sheet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a survey of LimeSurvey: groups become pages, relevance equations and the older conditions become what a question is shown for. */
final class LssReader {
    private static final Pattern PLACES = Pattern.compile("(?<!\\{)\\{([A-Za-z][\\w:.]{0,99})}(?!})");
    private static final Pattern ENDING = Pattern.compile("\\.(NAOK|shown|value|valueNAOK|code)$");
    private static final Pattern SGQ = Pattern.compile("([0-9]+)X([0-9]+)X([0-9]+)");
    private static final Map<String, String> TOKENS =
            Map.of("TOKEN:FIRSTNAME", "contact.firstName", "FIRSTNAME", "contact.firstName");

    private final LssContent content;
    private final Outline outline = new Outline();
    private final Map<String, String> titles = new HashMap<>();
    private final Map<String, String> keys = new HashMap<>();
    private final Wording wording;
    private final LssQuestions questions;
    private final LssConditions conditions;

    private LssReader(LssTables tables) {
        this.content = new LssContent(tables);
        var languages = new LinkedHashSet<String>();
        languages.add(content.base());
        languages.addAll(tables.languages());
        languages.addAll(List.of(content.setting("additional_languages").split("\\s+")));
        languages.remove("");
        this.wording = new Wording(
                outline.findings,
                languages.stream()
                        .filter(one -> one.matches("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*"))
                        .toList(),
                PLACES,
                this::piped);
        this.questions = new LssQuestions(content, outline, wording);
        this.conditions = new LssConditions(tables);
    }

    static ForeignSurvey read(LssTables tables) {
        return new LssReader(tables).read();
    }

    private ForeignSurvey read() {
        var byGroup = content.questionsByGroup();
        for (var group : content.groups()) {
            for (var row : byGroup.getOrDefault(group.getOrDefault("gid", ""), List.of())) {
                var title = row.getOrDefault("title", "");
                titles.put(row.getOrDefault("qid", ""), title);
                keys.putIfAbsent(title, outline.keys.take(title, "question"));
            }
        }
        content.groups().forEach(group -> page(group, byGroup.getOrDefault(group.getOrDefault("gid", ""), List.of())));
        leftBehind();
        var format = content.setting("format");
        var title = wording.texts(content.surveyText("surveyls_title"), "surveyls_title", null);
        var welcome = wording.texts(content.surveyText("surveyls_welcometext"), "surveyls_welcometext", null);
        var about = wording.texts(content.surveyText("surveyls_description"), "surveyls_description", null);
        var greeting = about.isEmpty() ? welcome : welcome.isEmpty() ? about : Wording.joined(about, "\n\n", welcome);
        return new ForeignSurvey(
                Product.LIMESURVEY,
                outline.definition(
                        title.isEmpty() ? wording.same(Product.LIMESURVEY.title()) : title,
                        greeting.isEmpty() ? null : greeting,
                        wording.optional(content.surveyText("surveyls_endtext"), "surveyls_endtext", null),
                        outline.presentation(format.equals("S"), format.equals("A")),
                        content.setting("showprogress").equals("Y"),
                        wording.languages()),
                outline.findings.list());
    }

    private void page(Map<String, String> group, List<Map<String, String>> rows) {
        var gid = group.getOrDefault("gid", "");
        var title = wording.optional(content.groupText(gid, "group_name"), gid, null);
        var place = title == null ? gid : title.in(content.base(), content.base());
        var sheet = outline.sheet("group-" + gid, place, title);
        sheet.showIf = condition(group.getOrDefault("grelevance", ""), place, null);
        var about = wording.texts(content.groupText(gid, "description"), place, null);
        if (!about.isEmpty()) {
            outline.add(
                    sheet, place, new Question.Statement(Asking.of(outline.keys.take("about-" + gid, "about"), about)));
        }
        if (!group.getOrDefault("randomization_group", "").isBlank()) {
            outline.findings.add("setting-left", place, null, "randomization_group");
        }
        rows.forEach(row -> question(sheet, row));
    }

    private void question(Sheet sheet, Map<String, String> row) {
        var title = row.getOrDefault("title", "");
        var qid = row.getOrDefault("qid", "");
        if (content.attribute(qid, "hidden").equals("1")) {
            outline.findings.add("hidden-left", title, null);
            return;
        }
        var relevance = conditions.of(row);
        if (relevance.strip().equals("0")) {
            outline.findings.add("hidden-left", title, null);
            return;
        }
        var key = keys.getOrDefault(title, "question");
        if (outline.names.containsKey(title)) {
            key = outline.keys.take(title, "question");
            outline.findings.add("name-twice", title, key);
        }
        var showIf = condition(relevance, title, key);
        for (var made : questions.read(row, key)) {
            outline.add(sheet, title, made.question()).showIf = Conditions.both(showIf, chosen(made));
        }
    }

    private static @Nullable Condition chosen(Made made) {
        return made.chosen() == null ? null : Comparison.answered(made.chosen());
    }

    private @Nullable Condition condition(String text, String place, @Nullable String question) {
        if (text.isBlank() || text.strip().equals("1")) {
            return null;
        }
        try {
            return new ExpressionCondition(this::named).of(ExpressionParser.limeSurvey(text.strip()));
        } catch (CannotSay e) {
            outline.findings.add("condition-left", place, question, text, e.what());
            return null;
        }
    }

    /** Names are codes of questions, with that of a part after _, or the older numbers of survey, group and question. */
    private @Nullable Named named(String written) {
        var name = ENDING.matcher(written).replaceFirst("");
        if (name.equals("LANG") || name.equals("TOKEN:LANGUAGE")) {
            return new ToFact(Subject.Known.LANGUAGE);
        }
        if (name.startsWith("TOKEN:ATTRIBUTE_")) {
            var attribute = name.substring("TOKEN:".length()).toLowerCase(Locale.ROOT);
            outline.findings.add("attribute-needed", written, null, attribute);
            return new ToFact(new Subject.ContactAttribute(attribute));
        }
        var numbers = SGQ.matcher(name);
        if (numbers.lookingAt()) {
            // The number of the question runs into the code of its part, which may be a number too.
            var digits = numbers.group(3);
            for (int end = digits.length(); end > 0; end--) {
                var title = titles.get(digits.substring(0, end));
                if (title != null) {
                    var part = digits.substring(end) + name.substring(numbers.end());
                    name = part.isEmpty() ? title : title + (part.startsWith("#") ? "" : "_") + part;
                    break;
                }
            }
        }
        var known = outline.names.get(name);
        if (known == null && name.matches(".*_[01]")) {
            // q_SQ001_0: the first scale of an array with two.
            var cut = name.lastIndexOf('_');
            var row = name.lastIndexOf('_', cut - 1);
            known = row < 0
                    ? null
                    : outline.names.get(name.substring(0, row) + "#" + name.charAt(cut + 1) + name.substring(row, cut));
        }
        return known instanceof ToAnswer answer ? answer.evenIfHidden(written.endsWith("NAOK")) : known;
    }

    private @Nullable String piped(String written) {
        if (TOKENS.containsKey(written)) {
            return TOKENS.get(written);
        }
        var key = keys.get(ENDING.matcher(written).replaceFirst(""));
        return key == null ? null : "answer." + key;
    }

    private void leftBehind() {
        if (!content.surveyText("surveyls_email_invite").isEmpty()) {
            outline.findings.add("mails-left", "surveyls_email_invite", null);
        }
        var tables = content.tables();
        if (!tables.rows("quota").isEmpty()) {
            outline.findings.add(
                    "quotas-left", "quota", null, tables.rows("quota").size());
        }
        if (!tables.rows("defaultvalues").isEmpty()) {
            outline.findings.add(
                    "defaults-left",
                    "defaultvalues",
                    null,
                    tables.rows("defaultvalues").size());
        }
        for (var setting : List.of("startdate", "expires")) {
            if (!content.setting(setting).isEmpty()) {
                outline.findings.add("setting-left", "", null, setting);
            }
        }
        if (content.setting("anonymized").equals("Y")) {
            outline.findings.add("anonymous-left", "anonymized", null);
        }
        if (!content.surveyText("surveyls_url").isEmpty()) {
            outline.findings.add("setting-left", "", null, "surveyls_url");
        }
    }
}
