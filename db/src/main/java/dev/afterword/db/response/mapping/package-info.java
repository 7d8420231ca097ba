/** Files of responses from other products: what their columns are, and what their cells mean; the edges import it. */
@NullMarked
package dev.afterword.db.response.mapping;

import org.jspecify.annotations.NullMarked;
