/** The rounds that keep roll-ups current. */
@NullMarked
package dev.afterword.worker.insight;

import org.jspecify.annotations.NullMarked;
