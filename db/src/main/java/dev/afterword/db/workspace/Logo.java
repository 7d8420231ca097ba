package dev.afterword.db.workspace;

import java.nio.ByteBuffer;
import java.time.Instant;

/** A workspace's logo: PNG, JPEG or GIF, at most 256 KiB. */
public record Logo(String mediaType, ByteBuffer bytes, Instant savedAt) {}
