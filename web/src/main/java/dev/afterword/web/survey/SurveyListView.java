package dev.afterword.web.survey;

import dev.afterword.db.response.CountedResponses;
import dev.afterword.db.survey.ListedSurvey;
import dev.afterword.db.workspace.Permission;
import dev.afterword.web.Signed;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * The list of surveys.
 *
 * @param search what is looked for; empty for all
 * @param archived whether those that were put away are shown
 * @param away how many were put away
 */
record SurveyListView(String path, String search, boolean archived, List<Row> rows, int away, boolean any) {
    /**
     * One survey.
     *
     * @param href where it is written, or read by those who may not write; empty for those who may see no more than the list
     * @param state unpublished, published or changed
     * @param more whether there are more responses than were counted
     */
    record Row(ListedSurvey listed, String href, String state, int responses, boolean more) {}

    static SurveyListView of(
            Signed signed, String search, boolean archived, List<ListedSurvey> all, Map<UUID, Integer> responses) {
        var path = signed.path("/surveys");
        var wanted = search.strip().toLowerCase(Locale.ROOT);
        var rows = all.stream()
                .filter(listed -> listed.survey().archived() == archived)
                .filter(listed -> listed.survey()
                                .name()
                                .toLowerCase(Locale.ROOT)
                                .contains(wanted)
                        || listed.survey().surveyKey().toLowerCase(Locale.ROOT).contains(wanted))
                .map(listed -> row(signed, path, listed, responses))
                .toList();
        int away =
                (int) all.stream().filter(listed -> listed.survey().archived()).count();
        return new SurveyListView(path, search.strip(), archived, rows, away, !all.isEmpty());
    }

    private static Row row(Signed signed, String path, ListedSurvey listed, Map<UUID, Integer> responses) {
        int count = responses.getOrDefault(listed.survey().key().id(), 0);
        var here = path + "/" + listed.survey().surveyKey();
        return new Row(
                listed,
                signed.role().may(Permission.DESIGN_SURVEYS) ? here : here + "/versions",
                listed.number() == null ? "unpublished" : listed.draftChangedAt() == null ? "published" : "changed",
                Math.min(count, CountedResponses.COUNTED),
                count > CountedResponses.COUNTED);
    }
}
