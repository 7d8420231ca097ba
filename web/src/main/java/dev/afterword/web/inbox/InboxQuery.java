package dev.afterword.web.inbox;

import dev.afterword.db.Cursor;
import dev.afterword.db.inbox.CaseQuery;
import dev.afterword.db.inbox.CaseView;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * The inbox's address: what is looked for, as it stands behind the question mark.
 *
 * @param q words of a subject or of anything that was said
 * @param at the cursor
 * @param done the batch that was just changed, to be undone
 */
record InboxQuery(
        @Nullable String view,
        @Nullable String q,
        @Nullable String team,
        @Nullable String at,
        @Nullable UUID done) {

    /** What is looked at when nothing is chosen: everything that is ours to do; with words or a team, everything. */
    public CaseView chosen() {
        return CaseView.of(view == null ? "" : view)
                .orElse(search() == null && teamOrNull() == null ? CaseView.OPEN : CaseView.ALL);
    }

    public @Nullable String search() {
        return q == null || q.isBlank() ? null : q.strip();
    }

    public @Nullable String teamOrNull() {
        return team == null || team.isBlank() ? null : team.strip();
    }

    /** Whether words or a team narrow it down, so that it is worth a name. */
    boolean narrowed() {
        return search() != null || teamOrNull() != null;
    }

    @Nullable
    Cursor cursor() {
        return at == null || at.isBlank() ? null : Cursor.decode(at);
    }

    CaseQuery asked(UUID me) {
        return new CaseQuery(chosen(), me, search(), null, teamOrNull());
    }

    /** The address of this list, at its beginning. */
    String address(String path) {
        return address(path, chosen(), search(), teamOrNull());
    }

    /** The address of another view, without the words that were looked for. */
    static String address(String path, CaseView view) {
        return address(path, view, null, null);
    }

    static String address(String path, CaseView view, @Nullable String search, @Nullable String team) {
        var uri = UriComponentsBuilder.fromPath(path).queryParam("view", view.code());
        var values = new HashMap<String, String>();
        for (var one : Map.of("q", search == null ? "" : search, "team", team == null ? "" : team)
                .entrySet()) {
            if (!one.getValue().isEmpty()) {
                uri.queryParam(one.getKey(), "{" + one.getKey() + "}");
                values.put(one.getKey(), one.getValue());
            }
        }
        return uri.encode().buildAndExpand(values).toUriString();
    }
}
