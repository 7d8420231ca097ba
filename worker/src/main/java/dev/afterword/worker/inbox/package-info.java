/** What time does to cases, and what staff is told of. Imported by nobody. */
@NullMarked
package dev.afterword.worker.inbox;

import org.jspecify.annotations.NullMarked;
