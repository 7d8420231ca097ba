/** Time and mail: what the features of the worker share. */
@NullMarked
package dev.afterword.worker;

import org.jspecify.annotations.NullMarked;
