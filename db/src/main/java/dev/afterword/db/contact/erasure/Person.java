package dev.afterword.db.contact.erasure;

import dev.afterword.db.Key;
import org.jspecify.annotations.Nullable;

/**
 * Somebody whose data is asked for or is to be forgotten.
 *
 * @param address normalised; null where none is known
 * @param shared whether another contact has the same address, by which consent and suppression go
 */
public record Person(Key key, @Nullable String address, boolean shared) {
    /** What stands where somebody's words stood. */
    public static final String ERASED = "[…]";
}
