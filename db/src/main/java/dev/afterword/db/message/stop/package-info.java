/** Steps that stop by themselves when what comes back is too much, and what staff is told of it. Imports the features left of message. */
@NullMarked
package dev.afterword.db.message.stop;

import org.jspecify.annotations.NullMarked;
