/** Screens on which staff import files. */
@NullMarked
package dev.afterword.web.order;

import org.jspecify.annotations.NullMarked;
