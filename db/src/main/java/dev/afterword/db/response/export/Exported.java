package dev.afterword.db.response.export;

import dev.afterword.db.response.ListedResponse;
import dev.afterword.db.survey.Answer;
import dev.afterword.db.survey.Facts;
import dev.afterword.db.survey.Piped;
import dev.afterword.db.survey.Question;
import dev.afterword.db.survey.Slot;
import dev.afterword.db.survey.SurveyVersion;
import dev.afterword.db.survey.Walk;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A response beside what exactly was asked.
 *
 * @param given by place
 * @param piped its texts in the language of the file
 */
record Exported(ListedResponse response, SurveyVersion version, Map<Slot, ListedResponse.Given> given, Piped piped) {
    static Exported of(ListedResponse response, SurveyVersion version, Piped piped) {
        var given = new HashMap<Slot, ListedResponse.Given>();
        response.answers().forEach(one -> given.put(one.slot(), one));
        return new Exported(response, version, given, piped);
    }

    /** Texts of a version for nobody in particular: what they would be filled with falls back. */
    static Piped texts(SurveyVersion version, String language, String workspaceLanguage) {
        var asked = version.definition();
        return new Piped(asked, Facts.NONE, Walk.of(asked, Facts.NONE, Map.of()), language, workspaceLanguage);
    }

    /** The question at a place, as it was asked then. */
    @Nullable
    Question question(Slot slot) {
        return version.definition().question(slot.question()).orElse(null);
    }

    /** The answer at a place; null where nothing was shown, or where another kind of thing was asked then. */
    @Nullable
    Answer answer(Slot slot) {
        var one = given.get(slot);
        var question = question(slot);
        return one == null || question == null ? null : one.to(question);
    }
}
