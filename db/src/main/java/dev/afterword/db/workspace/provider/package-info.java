/** Signing in by a workspace's own OpenID Connect provider: what is kept of it, and what its word is worth. Knows no HTTP. */
@NullMarked
package dev.afterword.db.workspace.provider;

import org.jspecify.annotations.NullMarked;
