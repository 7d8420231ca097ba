package dev.afterword.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a customer's timeline.
 *
 * @param newest whether it begins with the latest, which news may change
 * @param next the cursor of what happened before; null at the beginning
 */
public record TimelineView(
        String path,
        List<EntryView> entries,
        boolean newest,
        @Nullable String next) {}
