/** Gives rewards that nothing else gave. */
@NullMarked
package dev.afterword.worker.reward;

import org.jspecify.annotations.NullMarked;
