/** Cases: what support works on, with everything that was said and done in them, and when it is due. Only ladder and what is right of it import it. */
@NullMarked
package dev.afterword.db.inbox;

import org.jspecify.annotations.NullMarked;
