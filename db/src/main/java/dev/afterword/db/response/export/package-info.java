/** Files of responses and of what was asked, for people and programs elsewhere; the edges import it. */
@NullMarked
package dev.afterword.db.response.export;

import org.jspecify.annotations.NullMarked;
