/** Roll-ups, trends, and what the staff see of them. Imports the features left of it. */
@NullMarked
package dev.afterword.db.insight;

import org.jspecify.annotations.NullMarked;
