/** What a follow-up says, and where somebody stands who goes through it: plain values and rules without a database. Only followup and what is right of it import it. */
@NullMarked
package dev.afterword.db.followup.journey;

import org.jspecify.annotations.NullMarked;
