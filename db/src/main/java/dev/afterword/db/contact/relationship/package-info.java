/** Who of the staff keeps in touch with a customer, on which occasions, and what they did in person. */
@NullMarked
package dev.afterword.db.contact.relationship;

import org.jspecify.annotations.NullMarked;
