/** JSON over HTTP: what the features of the API share. */
@NullMarked
package dev.afterword.api;

import org.jspecify.annotations.NullMarked;
