/** Mail to staff: links that work once, tests of what customers get, and what happened. Imported by nobody. */
@NullMarked
package dev.afterword.worker.workspace;

import org.jspecify.annotations.NullMarked;
