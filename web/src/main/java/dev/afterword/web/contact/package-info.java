/** Customers for staff: the list, and one customer's timeline. */
@NullMarked
package dev.afterword.web.contact;

import org.jspecify.annotations.NullMarked;
