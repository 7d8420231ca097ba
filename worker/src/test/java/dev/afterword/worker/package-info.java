/** The worker as tests start it. */
@NullMarked
package dev.afterword.worker;

import org.jspecify.annotations.NullMarked;
