package dev.afterword.db.followup;

import dev.afterword.db.followup.journey.FollowUpDefinition;
import dev.afterword.db.followup.journey.Step;
import dev.afterword.db.message.mail.MailScope;
import dev.afterword.db.workspace.Colour;
import dev.afterword.db.workspace.Workspace;
import java.util.List;
import java.util.Set;

/** What is known where a step of a follow-up writes. */
public final class MailScopes {
    private MailScopes() {}

    /**
     * The scope of a step.
     *
     * @param answers the questions of the survey whose answer begins the follow-up; none where something else does
     */
    public static MailScope of(
            FollowUpDefinition definition, Step.Written step, Workspace workspace, Set<String> answers) {
        return new MailScope(
                List.of(workspace.language()),
                Colour.parse(workspace.colour()).orElse(Colour.BLACK),
                definition.trigger().perOrder(),
                !(step instanceof Step.Mail),
                false,
                answers);
    }
}
