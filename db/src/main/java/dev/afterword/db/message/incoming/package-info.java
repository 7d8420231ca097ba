/** What comes back by mail: bounces, spam reports, replies; what is kept of them, and what they mean for the person. Imports the features left of message. */
@NullMarked
package dev.afterword.db.message.incoming;

import org.jspecify.annotations.NullMarked;
