/** Tests of what the API says of mail. */
@NullMarked
package dev.afterword.api.message;

import org.jspecify.annotations.NullMarked;
