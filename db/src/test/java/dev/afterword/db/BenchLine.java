package dev.afterword.db;

import java.util.Locale;

/** Prints a measurement beside its limit of the same run. */
public final class BenchLine {
    private BenchLine() {}

    /** Prints {@code bench <name> <value> <limit> <ratio>}; the unit belongs to the name, as in {@code answers-per-second}. */
    public static void print(String name, double value, double limit) {
        System.out.printf(Locale.ROOT, "bench %s %.1f %.1f %.2f%n", name, value, limit, value / limit);
    }
}
