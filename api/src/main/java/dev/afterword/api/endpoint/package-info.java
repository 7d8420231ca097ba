/** Endpoints as JSON: where events are delivered to, and what became of each delivery. */
@NullMarked
package dev.afterword.api.endpoint;

import org.jspecify.annotations.NullMarked;
