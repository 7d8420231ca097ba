/** Answer pages for customers, and reading responses for staff. */
@NullMarked
package dev.afterword.web.response;

import org.jspecify.annotations.NullMarked;
