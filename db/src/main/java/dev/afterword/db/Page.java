package dev.afterword.db;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Part of a list, and the cursor of the part after it; null at the end. Lists page by key, never by offset. */
public record Page<T>(List<T> items, @Nullable String next) {}
