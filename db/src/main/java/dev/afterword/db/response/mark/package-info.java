/** What is doubtful about responses: marked with a reason, never dropped. */
@NullMarked
package dev.afterword.db.response.mark;

import org.jspecify.annotations.NullMarked;
