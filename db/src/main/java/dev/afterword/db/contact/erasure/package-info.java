/** What is known of a person: given to them, and forgotten. */
@NullMarked
package dev.afterword.db.contact.erasure;

import org.jspecify.annotations.NullMarked;
