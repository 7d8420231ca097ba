/** The rounds that number events and hand them to their readers. */
@NullMarked
package dev.afterword.worker.event;

import org.jspecify.annotations.NullMarked;
