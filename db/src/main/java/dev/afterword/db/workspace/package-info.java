/** Workspaces, the staff who work in them, API keys, and the tokens that begin with a workspace's code. Imports event. */
@NullMarked
package dev.afterword.db.workspace;

import org.jspecify.annotations.NullMarked;
