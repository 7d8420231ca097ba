/** Orders and imports over HTTP. */
@NullMarked
package dev.afterword.api.order;

import org.jspecify.annotations.NullMarked;
