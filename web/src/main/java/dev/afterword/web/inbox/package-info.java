/** What customers say without being asked, and where support works on it. */
@NullMarked
package dev.afterword.web.inbox;

import org.jspecify.annotations.NullMarked;
