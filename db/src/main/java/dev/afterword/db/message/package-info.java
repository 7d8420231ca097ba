/** Planned mail and what became of it. Imports the features left of it. */
@NullMarked
package dev.afterword.db.message;

import org.jspecify.annotations.NullMarked;
