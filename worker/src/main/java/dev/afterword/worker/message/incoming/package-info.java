/** Understands mail that comes back: delivery reports, spam reports, automatic answers, replies. Imported by nobody. */
@NullMarked
package dev.afterword.worker.message.incoming;

import org.jspecify.annotations.NullMarked;
