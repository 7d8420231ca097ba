/** Follow-ups as JSON: what they say, whether they are on, and where people stand in them. */
@NullMarked
package dev.afterword.api.followup;

import org.jspecify.annotations.NullMarked;
