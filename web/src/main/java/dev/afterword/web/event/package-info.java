/** News for people who look at their screens, as server-sent events. Imported by nobody; pages listen through {@code static/js/news.js}. */
@NullMarked
package dev.afterword.web.event;

import org.jspecify.annotations.NullMarked;
