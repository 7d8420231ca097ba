package dev.afterword.db.message.attachment;

import java.nio.ByteBuffer;

/** A kept file with its bytes. */
public record AttachedFile(Attachment attachment, ByteBuffer bytes) {}
