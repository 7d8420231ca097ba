package dev.afterword.web.inbox;

import dev.afterword.db.Money;
import dev.afterword.db.contact.ListedContact;
import dev.afterword.db.inbox.Case;
import dev.afterword.db.inbox.ListedCase;
import dev.afterword.db.order.Order;
import dev.afterword.db.reward.RewardPool;
import dev.afterword.db.workspace.Membership;
import dev.afterword.web.TimelineView;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the page of a case shows.
 *
 * @param staff who may own it or be told
 * @param spent over all orders that count, by currency
 * @param others running cases of the same customer, with which it can be merged
 * @param pools from which goodwill can be given
 * @param teams that cases are given to
 * @param templates of answers, in the customer's language
 */
record CasePageView(
        Case item,
        List<EntryLine> entries,
        List<Membership> staff,
        @Nullable ListedContact contact,
        List<Money> spent,
        @Nullable TimelineView story,
        @Nullable Order order,
        List<ListedCase> others,
        List<RewardPool> pools,
        List<String> teams,
        List<Text> templates,
        Instant now) {

    /** What is said again and again. */
    record Text(UUID id, String name, String words) {}

    public boolean breached() {
        return item.breached(now);
    }

    public boolean snoozed() {
        return item.snoozed(now);
    }

    /** Whether the customer can be written to. */
    public boolean reachable() {
        return item.status().running() && contact != null && contact.email() != null;
    }
}
