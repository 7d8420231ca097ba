/** Rewards and goodwill: pools of codes, what surveys promise for answering, who got which code, and which were used. Only inbox and what is right of it import it. */
@NullMarked
package dev.afterword.db.reward;

import org.jspecify.annotations.NullMarked;
