package dev.afterword.db;

import java.nio.ByteBuffer;

/** A picture as it is to be kept: a JPEG, written by us. */
public record Picture(int width, int height, ByteBuffer jpeg) {}
