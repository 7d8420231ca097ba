/** Orders, their lines, and products. Imports the features left of it. */
@NullMarked
package dev.afterword.db.order;

import org.jspecify.annotations.NullMarked;
