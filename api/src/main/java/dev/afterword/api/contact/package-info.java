/** Contacts over HTTP; nobody imports it. */
@NullMarked
package dev.afterword.api.contact;

import org.jspecify.annotations.NullMarked;
