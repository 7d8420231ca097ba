package dev.afterword.db.inbox;

import java.util.UUID;

/**
 * A picture that a customer added; a JPEG that we wrote.
 *
 * @param entryId the entry that it belongs to
 * @param size in bytes
 */
public record CasePhoto(UUID id, UUID entryId, int width, int height, int size) {}
