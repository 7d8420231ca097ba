/** Today and trends for staff. */
@NullMarked
package dev.afterword.web.insight;

import org.jspecify.annotations.NullMarked;
