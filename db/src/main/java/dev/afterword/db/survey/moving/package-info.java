/** Reads surveys that were made with other products, and says what could not be carried over; the API and the pages use it. */
@NullMarked
package dev.afterword.db.survey.moving;

import org.jspecify.annotations.NullMarked;
