/** People whom the shop knows, their consent, and their timeline. Imports event, workspace and endpoint. */
@NullMarked
package dev.afterword.db.contact;

import org.jspecify.annotations.NullMarked;
