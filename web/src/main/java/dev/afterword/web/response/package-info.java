/** What customers answer on and where they unsubscribe, and the staff's pages of what came in. No feature of the web may import it. */
@NullMarked
package dev.afterword.web.response;

import org.jspecify.annotations.NullMarked;
