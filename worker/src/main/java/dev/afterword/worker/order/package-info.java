/** Imports files that staff uploaded; nobody imports it. */
@NullMarked
package dev.afterword.worker.order;

import org.jspecify.annotations.NullMarked;
