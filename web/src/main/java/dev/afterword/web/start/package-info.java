/** What every process does before its roles begin: checks its settings, says in one sentence why it cannot start, and lets itself be watched. */
@NullMarked
package dev.afterword.web.start;

import org.jspecify.annotations.NullMarked;
