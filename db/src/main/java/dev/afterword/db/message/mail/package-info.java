/** What a mail says: written once by a marketer in blocks, checked, and filled for each customer. Knows nothing of when it is sent. */
@NullMarked
package dev.afterword.db.message.mail;

import org.jspecify.annotations.NullMarked;
