package dev.afterword.db.response;

import java.util.Map;

/**
 * A mark on a response.
 *
 * @param rule the version of its rule
 * @param why what explains it, by the names that the mark knows
 */
public record Marked(Mark mark, int rule, Map<String, String> why) {}
