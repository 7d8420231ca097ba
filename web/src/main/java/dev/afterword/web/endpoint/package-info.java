/** The settings of endpoints: where the shop's programs hear what happens, and what was delivered to them. Imported by nobody. */
@NullMarked
package dev.afterword.web.endpoint;

import org.jspecify.annotations.NullMarked;
