/** Invitations, responses and answers: taking them fast without losing one, importing and reading them. Imports the features left of it. */
@NullMarked
package dev.afterword.db.response;

import org.jspecify.annotations.NullMarked;
