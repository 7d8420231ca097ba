/** Takes what is due, asks once more whether it should go out, hands it to the mail server, and records what became of it. */
@NullMarked
package dev.afterword.worker.message;

import org.jspecify.annotations.NullMarked;
