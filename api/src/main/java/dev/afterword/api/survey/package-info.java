/** Surveys as JSON: reading, writing and publishing them. Imported by nobody. */
@NullMarked
package dev.afterword.api.survey;

import org.jspecify.annotations.NullMarked;
