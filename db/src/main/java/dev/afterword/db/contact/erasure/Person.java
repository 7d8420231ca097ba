package dev.afterword.db.contact.erasure;

import dev.afterword.db.Key;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody whose data is asked for or is to be forgotten.
 *
 * @param address normalised; null where none is known
 * @param at when it was asked for
 */
public record Person(Key key, @Nullable String address, Instant at) {
    /** What stands where somebody's words stood. */
    public static final String ERASED = "[…]";
}
