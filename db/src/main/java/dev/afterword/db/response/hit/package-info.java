/** Requests of customers' links, and what they tell about who made them: a person or a machine; the edges import it. */
@NullMarked
package dev.afterword.db.response.hit;

import org.jspecify.annotations.NullMarked;
