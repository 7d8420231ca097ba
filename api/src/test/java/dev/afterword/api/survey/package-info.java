/** Surveys over HTTP. */
@NullMarked
package dev.afterword.api.survey;

import org.jspecify.annotations.NullMarked;
