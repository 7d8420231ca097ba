package dev.afterword.db.message;

import java.time.Instant;
import java.util.UUID;

/**
 * A place in somebody's week that a mail has, or wants.
 *
 * @param at when it went out, or is to
 * @param gone it went out, or is going
 */
record Taken(String address, UUID sendId, int priority, Instant at, boolean gone) {}
