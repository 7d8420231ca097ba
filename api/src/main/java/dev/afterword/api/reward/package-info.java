/** Rewards over HTTP: pools, their codes, what surveys promise and what was given. */
@NullMarked
package dev.afterword.api.reward;

import org.jspecify.annotations.NullMarked;
