/** Surveys as staff see them. */
@NullMarked
package dev.afterword.web.survey;

import org.jspecify.annotations.NullMarked;
