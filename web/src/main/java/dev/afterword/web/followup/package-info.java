/** The follow-ups of a workspace: what they say in words, where people stand in them, and their switch. */
@NullMarked
package dev.afterword.web.followup;

import org.jspecify.annotations.NullMarked;
