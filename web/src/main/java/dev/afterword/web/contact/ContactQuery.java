package dev.afterword.web.contact;

import dev.afterword.db.Cursor;
import dev.afterword.db.First;
import dev.afterword.db.contact.ContactFilter;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * The list's address: what is asked for, as it stands behind the question mark.
 *
 * @param q part of a name, an address or an id, or an order number
 * @param whose {@code mine} for the customers of who looks
 * @param sort oldest, or the latest order first
 * @param at the cursor
 */
record ContactQuery(
        @Nullable String q,
        @Nullable String stage,
        @Nullable String whose,
        @Nullable String sort,
        @Nullable String at) {
    static final List<String> STAGES = List.of("prospect", "customer", "client", "supporter", "advocate");

    public @Nullable String search() {
        return q == null || q.isBlank() ? null : q.strip();
    }

    /** The stage, if it is one. */
    public @Nullable String known() {
        return stage != null && STAGES.contains(stage) ? stage : null;
    }

    public boolean mine() {
        return "mine".equals(whose);
    }

    ContactFilter filter(UUID staffId) {
        return new ContactFilter(search(), known(), mine() ? staffId : null);
    }

    public First first() {
        return First.of(sort);
    }

    @Nullable
    Cursor cursor() {
        return at == null || at.isBlank() ? null : Cursor.decode(at);
    }

    /** This list's address with another stage, or with none. */
    String address(String path, @Nullable String otherStage) {
        return address(path, otherStage, mine(), first());
    }

    /** The same from another end, or of the customers of all. */
    String address(String path, @Nullable String otherStage, boolean mine, First first) {
        var uri = UriComponentsBuilder.fromPath(path);
        if (search() != null) {
            uri.queryParam("q", "{q}");
        }
        if (otherStage != null) {
            uri.queryParam("stage", otherStage);
        }
        if (mine) {
            uri.queryParam("whose", "mine");
        }
        if (first == First.OLDEST) {
            uri.queryParam("sort", first.code());
        }
        return uri.encode()
                .buildAndExpand(Collections.singletonMap("q", search()))
                .toUriString();
    }
}
