/** Judges who opened customers' links, and lets old requests go. */
@NullMarked
package dev.afterword.worker.response;

import org.jspecify.annotations.NullMarked;
