/** What all features share: keys, money, pages, problems, statistics, transactions and time. Any package may import it; it imports none of the features. */
@NullMarked
package dev.afterword.db;

import org.jspecify.annotations.NullMarked;
