/** Who a workspace's mail comes from: its domain, the keys that sign for it, and what its DNS must say. Imports the features left of message. */
@NullMarked
package dev.afterword.db.message.sender;

import org.jspecify.annotations.NullMarked;
