/** What happened, as an outbox: events are appended in the writer's transaction, numbered after commit, and read by every feature. Imports no feature. */
@NullMarked
package dev.afterword.db.event;

import org.jspecify.annotations.NullMarked;
