/** Tests of numbers as JSON. */
@NullMarked
package dev.afterword.api.insight;

import org.jspecify.annotations.NullMarked;
