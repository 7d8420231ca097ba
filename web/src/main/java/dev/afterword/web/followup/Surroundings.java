package dev.afterword.web.followup;

import dev.afterword.db.followup.FollowUp;
import dev.afterword.db.followup.PreviewMail;
import dev.afterword.db.survey.SurveyVersion;
import dev.afterword.db.workspace.Workspace;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a follow-up may mention of its workspace: the surveys that can be asked, the other follow-ups, customers as whom its mails can be read, the names of its endpoints, and the keys of its pools of codes. */
record Surroundings(
        Workspace workspace,
        List<SurveyVersion> surveys,
        List<FollowUp> followUps,
        List<PreviewMail.Example> customers,
        List<String> endpoints,
        List<String> pools) {
    /** Their titles by their keys. */
    Map<String, String> surveyTitles() {
        var titles = new LinkedHashMap<String, String>();
        var language = workspace.language();
        surveys.forEach(version ->
                titles.put(version.surveyKey(), version.definition().title().in(language, language)));
        return titles;
    }
}
