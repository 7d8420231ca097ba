/** The daily look at the loyalty ladder. */
@NullMarked
package dev.afterword.worker.ladder;

import org.jspecify.annotations.NullMarked;
