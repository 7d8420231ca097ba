package dev.afterword.db.response.topic;

import dev.afterword.db.Key;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * What staff wrote about an answer, for themselves.
 *
 * @param author the name of who wrote it
 * @param told the names of those who were told
 */
public record ResponseNote(Key key, UUID staffId, String author, String words, List<String> told, Instant at) {}
