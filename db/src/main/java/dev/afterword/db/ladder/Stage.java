package dev.afterword.db.ladder;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where a contact stands on the loyalty ladder. What people say makes supporters; only deeds make advocates. */
public enum Stage {
    PROSPECT,
    CUSTOMER,
    CLIENT,
    SUPPORTER,
    ADVOCATE;

    private static final int PROMOTES_FROM = 9;

    /** The word of it in tables, the API and URLs. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The highest rule that holds.
     *
     * @param orders counted orders: neither cancelled, refunded nor test
     * @param recommend the latest confirmed answer to {@code recommend} of the last 12 months; null without one
     */
    static Stage of(long orders, @Nullable Integer recommend) {
        if (orders == 0) {
            return PROSPECT;
        }
        if (recommend != null && recommend >= PROMOTES_FROM) {
            return SUPPORTER;
        }
        return orders == 1 ? CUSTOMER : CLIENT;
    }
}
