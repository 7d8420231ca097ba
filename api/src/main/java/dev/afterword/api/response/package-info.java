/** Invitations made by a shop's own program, and answers given without our pages. */
@NullMarked
package dev.afterword.api.response;

import org.jspecify.annotations.NullMarked;
