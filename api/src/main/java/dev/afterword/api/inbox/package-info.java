/** Cases over HTTP: what support works on, and what is done with it. */
@NullMarked
package dev.afterword.api.inbox;

import org.jspecify.annotations.NullMarked;
