/** The screen on which staff import files; nobody imports it. */
@NullMarked
package dev.afterword.web.order;

import org.jspecify.annotations.NullMarked;
