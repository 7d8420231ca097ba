package dev.afterword.web.followup;

import dev.afterword.db.followup.FollowUp;
import dev.afterword.db.followup.PreviewMail;
import dev.afterword.db.survey.Survey;
import dev.afterword.db.survey.SurveyVersion;
import dev.afterword.db.workspace.Workspace;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a follow-up may mention of its workspace: the surveys that can be asked, what all surveys are called, the other follow-ups, customers as whom its mails can be read, the names of its endpoints, and the keys of its pools of codes. */
record Surroundings(
        Workspace workspace,
        List<SurveyVersion> surveys,
        List<Survey> named,
        List<FollowUp> followUps,
        List<PreviewMail.Example> customers,
        List<String> endpoints,
        List<String> pools) {
    /** What the surveys that can be asked are called, by their keys. */
    Map<String, String> surveyNames() {
        var asked = surveys.stream().map(SurveyVersion::surveyKey).collect(Collectors.toSet());
        var names = new LinkedHashMap<String, String>();
        named.stream()
                .filter(survey -> asked.contains(survey.surveyKey()))
                .forEach(survey -> names.put(survey.surveyKey(), survey.name()));
        return names;
    }
}
