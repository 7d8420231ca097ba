/** Delivers to endpoints what they want to hear. Imported by nobody. */
@NullMarked
package dev.afterword.worker.endpoint;

import org.jspecify.annotations.NullMarked;
