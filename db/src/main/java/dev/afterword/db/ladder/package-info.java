/** The loyalty ladder: stages, moves and their evidence. Imports the features left of it. */
@NullMarked
package dev.afterword.db.ladder;

import org.jspecify.annotations.NullMarked;
