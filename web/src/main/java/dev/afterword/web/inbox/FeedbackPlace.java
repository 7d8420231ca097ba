package dev.afterword.web.inbox;

import dev.afterword.db.inbox.FeedbackPage;
import dev.afterword.db.order.Order;
import dev.afterword.db.workspace.Workspace;
import org.jspecify.annotations.Nullable;

/**
 * Where somebody speaks.
 *
 * @param path of the page that they opened
 * @param order whose own link that is; null for the page that is everybody's
 * @param known whether whoever placed it can be written to
 * @param language of whoever placed it, where the shop was told
 */
record FeedbackPlace(
        Workspace workspace,
        FeedbackPage page,
        String path,
        @Nullable Order order,
        boolean known,
        @Nullable String language) {}
