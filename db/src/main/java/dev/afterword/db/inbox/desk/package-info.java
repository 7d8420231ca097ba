/** Another help desk that works on a workspace's cases by mail. Imported by the worker, and by web for its settings. */
@NullMarked
package dev.afterword.db.inbox.desk;

import org.jspecify.annotations.NullMarked;
