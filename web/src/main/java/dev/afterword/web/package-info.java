/** Pages for people: what the features of the web share, and the application itself. */
@NullMarked
package dev.afterword.web;

import org.jspecify.annotations.NullMarked;
