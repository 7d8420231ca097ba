package dev.afterword.db.response.mapping;

import java.util.UUID;

/** How often each fingerprint was seen. Twelve bytes each at a table that is half full, so that a file of a million rows takes some 30 MB. */
final class Repeats {
    private long[] seen = new long[1 << 10];
    private int[] times = new int[1 << 10];
    private int size;

    /** How often it was seen, this time included. Two that share their first half are taken for one: of a million rows hardly ever any. */
    int count(UUID fingerprint) {
        long half = fingerprint.getMostSignificantBits();
        int at = place(seen, times, half);
        if (times[at] == 0) {
            seen[at] = half;
            size++;
        }
        int count = ++times[at];
        if (size > seen.length / 2) {
            grow();
        }
        return count;
    }

    private static int place(long[] seen, int[] times, long half) {
        int last = seen.length - 1;
        int at = Long.hashCode(half) & last;
        while (times[at] > 0 && seen[at] != half) {
            at = (at + 1) & last;
        }
        return at;
    }

    private void grow() {
        var moreSeen = new long[seen.length * 2];
        var moreTimes = new int[seen.length * 2];
        for (int i = 0; i < seen.length; i++) {
            if (times[i] > 0) {
                int at = place(moreSeen, moreTimes, seen[i]);
                moreSeen[at] = seen[i];
                moreTimes[at] = times[i];
            }
        }
        seen = moreSeen;
        times = moreTimes;
    }
}
