/** The inbox in a browser. */
@NullMarked
package dev.afterword.web.inbox;

import org.jspecify.annotations.NullMarked;
