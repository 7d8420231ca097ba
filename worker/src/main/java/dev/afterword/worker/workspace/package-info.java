/** Mail to staff: links that work once, and tests of what customers get. Imported by nobody. */
@NullMarked
package dev.afterword.worker.workspace;

import org.jspecify.annotations.NullMarked;
