/** What customers speak of: topics that rules and staff put on answers, tags, notes, and words that stand out. Imported by what is right of response. */
@NullMarked
package dev.afterword.db.response.topic;

import org.jspecify.annotations.NullMarked;
