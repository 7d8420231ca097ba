/** What was sent and not sent, with the reasons, and who must not be written to. */
@NullMarked
package dev.afterword.api.message;

import org.jspecify.annotations.NullMarked;
