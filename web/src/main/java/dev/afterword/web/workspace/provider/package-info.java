/** Signing in by a workspace's own OpenID Connect provider: the way there and back, and its settings. */
@NullMarked
package dev.afterword.web.workspace.provider;

import org.jspecify.annotations.NullMarked;
