/** What tests of the API share. */
@NullMarked
package dev.afterword.api;

import org.jspecify.annotations.NullMarked;
