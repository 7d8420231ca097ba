/** Orders over HTTP, one by one and as imports; nobody imports it. */
@NullMarked
package dev.afterword.api.order;

import org.jspecify.annotations.NullMarked;
