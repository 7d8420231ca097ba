package dev.afterword.web.response;

import dev.afterword.db.response.Labels;
import dev.afterword.db.response.topic.ResponseNote;
import dev.afterword.db.response.topic.Topic;
import dev.afterword.db.workspace.Membership;
import java.util.List;

/**
 * What staff says of an answer, and may say.
 *
 * @param topics that it does not have
 * @param tags of the workspace, to complete what is typed
 * @param staff who can be told
 * @param link the page's whole address, for colleagues
 */
record LabelsView(
        Labels labels,
        List<Topic> topics,
        List<String> tags,
        List<ResponseNote> notes,
        List<Membership> staff,
        String link) {}
