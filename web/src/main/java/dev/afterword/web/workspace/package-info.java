/** Sign-in, links by mail, the first owner, and the settings of a workspace. Imported by nobody. */
@NullMarked
package dev.afterword.web.workspace;

import org.jspecify.annotations.NullMarked;
