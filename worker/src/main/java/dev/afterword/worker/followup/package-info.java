/** Takes people on in follow-ups when time has passed; nobody imports it. */
@NullMarked
package dev.afterword.worker.followup;

import org.jspecify.annotations.NullMarked;
