/** What staff is told by mail: how each wants to be told, what waits to be told, and the mails that say it. Imported by inbox, and by the edges. */
@NullMarked
package dev.afterword.db.inbox.notice;

import org.jspecify.annotations.NullMarked;
