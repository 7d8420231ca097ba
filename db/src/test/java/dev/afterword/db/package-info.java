/** The database that tests of every module start, and what they share. */
@NullMarked
package dev.afterword.db;

import org.jspecify.annotations.NullMarked;
