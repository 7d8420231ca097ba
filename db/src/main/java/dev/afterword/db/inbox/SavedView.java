package dev.afterword.db.inbox;

import dev.afterword.db.Key;
import dev.afterword.db.Rejected;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A look at the inbox that somebody keeps.
 *
 * @param staffId who made it
 * @param shared whether everybody sees it
 * @param name at most 60 characters; otherwise {@code saved-view.name-missing}
 */
public record SavedView(
        Key key,
        UUID staffId,
        boolean shared,
        String name,
        CaseView view,
        @Nullable String search,
        @Nullable String team) {
    private static final int LONGEST = 60;

    public SavedView {
        name = name.strip();
        if (name.isEmpty() || name.length() > LONGEST) {
            throw new Rejected("saved-view.name-missing", "name", LONGEST);
        }
    }

    CaseQuery asked(UUID me) {
        return new CaseQuery(view, me, search, null, team);
    }
}
