package dev.afterword.db.survey.moving;

import dev.afterword.db.Rejected;
import dev.afterword.db.survey.Condition;
import dev.afterword.db.survey.Option;
import dev.afterword.db.survey.Presentation;
import dev.afterword.db.survey.Question;
import dev.afterword.db.survey.SurveyDefinition;
import dev.afterword.db.survey.SurveyPage;
import dev.afterword.db.survey.Texts;
import dev.afterword.db.survey.Theme;
import dev.afterword.db.survey.Variable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A survey in the making: its questions first, then their conditions, because these name questions by their keys. */
final class Outline {
    private static final int OPTIONS = 200;
    private static final int QUESTIONS = 500;
    private static final int PAGES = 200;

    final Findings findings = new Findings();
    /** Of questions. */
    final Keys keys = new Keys();

    final Keys pageKeys = new Keys();
    /** What names in conditions stand for. */
    final Map<String, Named> names = new HashMap<>();

    final List<Part> parts = new ArrayList<>();
    final List<Sheet> sheets = new ArrayList<>();
    final List<Variable> variables = new ArrayList<>();

    /** A page, without its questions. */
    static final class Sheet {
        final String key;
        final String place;
        final @Nullable Texts title;

        @Nullable
        Condition showIf;

        @Nullable
        Condition endIf;

        Sheet(String key, String place, @Nullable Texts title) {
            this.key = key;
            this.place = place;
            this.title = title;
        }
    }

    /** A question on its page. */
    static final class Part {
        final Sheet sheet;
        final String place;
        final Question question;

        @Nullable
        Condition showIf;

        @Nullable
        Condition endIf;

        Part(Sheet sheet, String place, Question question) {
            this.sheet = sheet;
            this.place = place;
            this.question = question;
        }

        String key() {
            return question.key();
        }
    }

    Sheet sheet(String name, String place, @Nullable Texts title) {
        var sheet = new Sheet(pageKeys.take(name, "page"), place, title);
        sheets.add(sheet);
        return sheet;
    }

    Part add(Sheet sheet, String place, Question question) {
        var part = new Part(sheet, place, question);
        parts.add(part);
        return part;
    }

    List<Part> of(Sheet sheet) {
        return parts.stream().filter(part -> part.sheet.equals(sheet)).toList();
    }

    /** As many options as there may be. */
    List<Option> bounded(List<Option> options, String place, String question) {
        if (options.size() <= OPTIONS) {
            return options;
        }
        findings.add("options-cut", place, question, OPTIONS);
        return options.subList(0, OPTIONS);
    }

    SurveyDefinition definition(
            Texts title,
            @Nullable Texts welcome,
            @Nullable Texts thanks,
            Presentation presentation,
            boolean progress,
            List<String> languages) {
        if (parts.isEmpty()) {
            throw new Rejected("moving.no-questions", null);
        }
        if (parts.size() > QUESTIONS || sheets.size() > PAGES) {
            throw new Rejected("moving.too-many-questions", null, QUESTIONS, PAGES);
        }
        var pages = sheets.stream()
                .map(sheet -> new SurveyPage(
                        sheet.key,
                        sheet.title,
                        small(sheet.showIf, sheet.place, null),
                        false,
                        of(sheet).stream()
                                .map(part -> Asked.when(
                                        part.question,
                                        small(part.showIf, part.place, part.key()),
                                        small(part.endIf, part.place, part.key())))
                                .toList(),
                        small(sheet.endIf, sheet.place, null)))
                .filter(page -> !page.questions().isEmpty())
                .toList();
        return new SurveyDefinition(
                title, welcome, thanks, presentation, progress, Theme.OF_WORKSPACE, languages, pages, variables);
    }

    private @Nullable Condition small(@Nullable Condition condition, String place, @Nullable String question) {
        if (condition != null && Conditions.tooLarge(condition)) {
            findings.add("condition-too-large", place, question);
            return null;
        }
        return condition;
    }

    /** One question a screen or all on one page; what shows several pages with several questions each becomes the first. */
    Presentation presentation(boolean byQuestion, boolean allOnOne) {
        if (allOnOne
                || (!byQuestion
                        && sheets.stream().filter(sheet -> !of(sheet).isEmpty()).count() < 2)) {
            return Presentation.ONE_PAGE;
        }
        if (!byQuestion && sheets.stream().anyMatch(sheet -> of(sheet).size() > 1)) {
            findings.add("pages-one-by-one", "", null);
        }
        return Presentation.ONE_BY_ONE;
    }

    static Texts orElse(@Nullable Texts texts, Texts otherwise) {
        return Objects.requireNonNullElse(texts, otherwise);
    }
}
