/** Follow-ups: whom to write to, when and why; enrolling and planning. Imports the features left of it. */
@NullMarked
package dev.afterword.db.followup;

import org.jspecify.annotations.NullMarked;
