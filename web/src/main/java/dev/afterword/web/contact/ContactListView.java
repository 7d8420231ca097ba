package dev.afterword.web.contact;

import dev.afterword.db.First;
import dev.afterword.db.Leaf;
import dev.afterword.db.contact.ListedContact;
import dev.afterword.db.contact.ListedContacts;
import dev.afterword.web.Signed;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the list of customers shows.
 *
 * @param otherEnd the address of the same list from its other end
 * @param whose the address of the same list of the reader’s own customers, or of those of all
 * @param newest whether this is the first leaf, which news may change
 */
record ContactListView(
        ContactQuery query,
        List<ListedContact> items,
        long count,
        boolean more,
        boolean newest,
        String path,
        String address,
        @Nullable String newer,
        @Nullable String older,
        boolean oldestFirst,
        String otherEnd,
        String anyStage,
        String whose,
        List<StageLink> stages) {

    /** A stage to filter by. */
    record StageLink(String stage, String href, boolean on) {}

    static ContactListView of(Signed signed, ContactQuery query, Leaf<ListedContact> leaf, long count) {
        var path = signed.path("/customers");
        var address = query.address(path, query.known());
        return new ContactListView(
                query,
                leaf.items(),
                Math.min(count, ListedContacts.COUNTED),
                count > ListedContacts.COUNTED,
                query.cursor() == null && query.first() == First.NEWEST,
                path,
                address,
                leaf.newer() == null ? null : at(address, leaf.newer()),
                leaf.older() == null ? null : at(address, leaf.older()),
                query.first() == First.OLDEST,
                query.address(
                        path, query.known(), query.mine(), query.first() == First.OLDEST ? First.NEWEST : First.OLDEST),
                query.address(path, null),
                query.address(path, query.known(), !query.mine(), query.first()),
                ContactQuery.STAGES.stream()
                        .map(stage -> new StageLink(stage, query.address(path, stage), stage.equals(query.known())))
                        .toList());
    }

    private static String at(String address, String cursor) {
        return address + (address.contains("?") ? "&" : "?") + "at=" + cursor;
    }
}
