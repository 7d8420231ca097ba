package dev.afterword.web.inbox;

import dev.afterword.db.Leaf;
import dev.afterword.db.inbox.Case;
import dev.afterword.db.inbox.CaseView;
import dev.afterword.db.inbox.ListedCase;
import dev.afterword.db.inbox.ListedCases;
import dev.afterword.db.inbox.SavedViews.Counted;
import dev.afterword.web.Signed;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the inbox's list shows.
 *
 * @param keepable whether what is looked at could be kept under a name
 * @param newest whether this is the first leaf, which news may change
 * @param undo the batch that can still be undone; null for none
 */
record InboxView(
        InboxQuery query,
        List<ViewLink> views,
        List<SavedLink> saved,
        boolean keepable,
        List<TeamLink> teams,
        List<Line> lines,
        String path,
        String address,
        @Nullable String newer,
        @Nullable String older,
        boolean newest,
        @Nullable UUID undo) {

    /**
     * A view to choose.
     *
     * @param count as it is said; empty for none
     */
    record ViewLink(String code, String href, String count, boolean on, boolean urgent) {}

    /**
     * A view that somebody keeps.
     *
     * @param removable whether who looks may remove it
     */
    record SavedLink(UUID id, String name, String href, String count, boolean on, boolean removable) {
        static SavedLink of(Signed signed, Counted kept, String path, String address) {
            var view = kept.view();
            var href = InboxQuery.address(path, view.view(), view.search(), view.team());
            return new SavedLink(
                    view.key().id(),
                    view.name(),
                    href,
                    said(kept.count()),
                    href.equals(address),
                    view.staffId().equals(signed.staffId()) || signed.role().mayConfigure());
        }
    }

    /** A team to filter by. */
    record TeamLink(String name, String href, boolean on) {}

    /**
     * A case in the list.
     *
     * @param dueAt when something is due next
     */
    record Line(
            ListedCase listed, String href, @Nullable Instant dueAt, boolean breached, boolean snoozed, boolean mine) {
        static Line of(Signed signed, ListedCase listed, Instant now) {
            Case item = listed.item();
            return new Line(
                    listed,
                    signed.path("/inbox/" + item.key().id()),
                    item.dueAt(),
                    item.breached(now),
                    item.snoozed(now),
                    signed.staffId().equals(item.ownerId()));
        }
    }

    static InboxView of(
            Signed signed,
            InboxQuery query,
            Leaf<ListedCase> leaf,
            Map<CaseView, Long> counts,
            List<Counted> kept,
            List<String> teams,
            Instant now) {
        var path = signed.path("/inbox");
        var address = query.address(path);
        var saved = kept.stream()
                .map(one -> SavedLink.of(signed, one, path, address))
                .toList();
        return new InboxView(
                query,
                Arrays.stream(CaseView.values())
                        .map(view -> new ViewLink(
                                view.code(),
                                InboxQuery.address(path, view),
                                said(counts.getOrDefault(view, 0L)),
                                view == query.chosen(),
                                view == CaseView.BREACHED && counts.getOrDefault(view, 0L) > 0))
                        .toList(),
                saved,
                query.narrowed() && saved.stream().noneMatch(SavedLink::on),
                teams.stream()
                        .map(team -> {
                            boolean on = team.equals(query.teamOrNull());
                            return new TeamLink(
                                    team,
                                    InboxQuery.address(path, query.chosen(), query.search(), on ? null : team),
                                    on);
                        })
                        .toList(),
                leaf.items().stream().map(one -> Line.of(signed, one, now)).toList(),
                path,
                address,
                leaf.newer() == null ? null : address + "&at=" + leaf.newer(),
                leaf.older() == null ? null : address + "&at=" + leaf.older(),
                query.cursor() == null,
                query.done());
    }

    private static String said(long count) {
        if (count == 0) {
            return "";
        }
        return count > ListedCases.COUNTED ? ListedCases.COUNTED + "+" : Long.toString(count);
    }
}
