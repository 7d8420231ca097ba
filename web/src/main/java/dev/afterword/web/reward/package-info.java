/** Where staff keeps codes: pools, what they are worth, which survey promises them, and who got them. */
@NullMarked
package dev.afterword.web.reward;

import org.jspecify.annotations.NullMarked;
