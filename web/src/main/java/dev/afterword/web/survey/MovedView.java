package dev.afterword.web.survey;

import dev.afterword.db.survey.Question;
import dev.afterword.db.survey.SurveyPage;
import dev.afterword.db.survey.moving.Finding;
import dev.afterword.db.survey.moving.ForeignSurvey;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A survey of another product as it was read, for people to look over. */
record MovedView(String product, String name, int questions, String languages, List<Page> pages, List<Found> findings) {
    /** A page with what it asks. */
    record Page(@Nullable String title, List<Asked> questions) {}

    /** A question in the language that the survey was written in. */
    record Asked(String text, String type, boolean required, boolean conditional) {}

    /** A finding by the code of its text. */
    record Found(String code, String place, List<Object> arguments) {
        /** For {@code #messages.msgWithParams}. */
        public Object[] parameters() {
            return arguments.toArray();
        }

        static Found of(Finding finding) {
            return new Found(finding.code(), finding.place(), finding.arguments());
        }
    }

    static MovedView of(ForeignSurvey read) {
        var definition = read.definition();
        var language =
                definition.languages().isEmpty() ? "en" : definition.languages().getFirst();
        return new MovedView(
                read.product().title(),
                read.name(),
                definition.questions().size(),
                String.join(
                        ", ",
                        definition.languages().stream()
                                .map(tag -> Locale.forLanguageTag(tag).getDisplayName(Locale.ENGLISH))
                                .toList()),
                definition.pages().stream().map(page -> page(page, language)).toList(),
                read.findings().stream().map(Found::of).toList());
    }

    private static Page page(SurveyPage page, String language) {
        return new Page(
                page.title() == null ? null : page.title().in(language, language),
                page.questions().stream()
                        .map(question -> asked(page, question, language))
                        .toList());
    }

    private static Asked asked(SurveyPage page, Question question, String language) {
        return new Asked(
                question.text().in(language, language),
                question.type().code(),
                question.asking().required(),
                question.asking().showIf() != null || page.showIf() != null);
    }
}
