package dev.afterword.db.response;

import dev.afterword.db.Columns;
import dev.afterword.db.survey.Answer;
import dev.afterword.db.survey.Slot;
import dev.afterword.db.survey.StoredAnswer;
import dev.afterword.db.survey.SurveyDefinition;
import io.r2dbc.spi.Readable;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** One row of the table of answers. */
record AnswerRow(Slot slot, StoredAnswer answer) {
    static AnswerRow of(Readable row) {
        var choices = row.get("choices", String[].class);
        return new AnswerRow(
                new Slot(
                        Columns.value(row, "question_key", String.class),
                        Columns.value(row, "row_key", String.class),
                        Columns.value(row, "item", String.class)),
                new StoredAnswer(
                        Columns.value(row, "skipped", Boolean.class),
                        Columns.value(row, "not_applicable", Boolean.class),
                        row.get("number", BigDecimal.class),
                        row.get("text", String.class),
                        choices == null ? null : List.of(choices),
                        row.get("day", LocalDate.class)));
    }

    /** The answer, by the type of its question; empty where that survey does not ask it. */
    Optional<Answer> in(SurveyDefinition asked) {
        return asked.question(slot.question()).map(answer::to);
    }
}
