package dev.afterword.db;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Part of a list that people leaf through both ways; where the oldest come first, newer and older change places.
 *
 * @param newer the cursor of the leaf before it; null on the first
 * @param older the cursor of the leaf after it; null on the last
 */
public record Leaf<T>(
        List<T> items, @Nullable String newer, @Nullable String older) {
    /**
     * Makes a leaf of rows that were read in the direction of the cursor, one more than the leaf holds.
     *
     * @param place the cursor that goes on after an item, in the direction that it is given
     */
    public static <T> Leaf<T> of(List<T> read, int size, @Nullable Cursor cursor, Function<T, Cursor> place) {
        var back = cursor != null && !cursor.forward();
        var more = read.size() > size;
        var cut = more ? read.subList(0, size) : read;
        var items = back ? cut.reversed() : List.copyOf(cut);
        if (items.isEmpty()) {
            return new Leaf<>(items, null, null);
        }
        var hasNewer = back ? more : cursor != null;
        var hasOlder = back || more;
        return new Leaf<>(
                items,
                hasNewer ? turned(place.apply(items.getFirst()), false) : null,
                hasOlder ? turned(place.apply(items.getLast()), true) : null);
    }

    private static String turned(Cursor cursor, boolean forward) {
        return new Cursor(forward, cursor.at(), cursor.id()).encode();
    }
}
