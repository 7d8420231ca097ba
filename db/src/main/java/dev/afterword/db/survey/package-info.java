/** Surveys, their versions and questions, and which answers a question takes. Imports event, workspace. */
@NullMarked
package dev.afterword.db.survey;

import org.jspecify.annotations.NullMarked;
