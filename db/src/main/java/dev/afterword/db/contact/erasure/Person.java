package dev.afterword.db.contact.erasure;

import dev.afterword.db.Key;
import org.jspecify.annotations.Nullable;

/**
 * Somebody whose data is asked for or is to be forgotten.
 *
 * @param address normalised; null where none is known
 */
public record Person(Key key, @Nullable String address) {
    /** What stands where somebody's words stood. */
    public static final String ERASED = "[…]";
}
