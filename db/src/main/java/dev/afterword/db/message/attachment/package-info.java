/** Files that come with mail and go out with it. Imported by what takes mail in, by inbox and by the worker. */
@NullMarked
package dev.afterword.db.message.attachment;

import org.jspecify.annotations.NullMarked;
