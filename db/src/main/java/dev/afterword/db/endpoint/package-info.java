/** Where the shop's programs hear what happens: endpoints, what is delivered to them, and every attempt. Imports event and workspace. */
@NullMarked
package dev.afterword.db.endpoint;

import org.jspecify.annotations.NullMarked;
