package dev.afterword.db;

/**
 * What a group of people spent, most of them nothing, as far as a comparison needs to know.
 *
 * @param n people, those who spent nothing too
 * @param squares the sum of the squares
 */
public record Amounts(long n, double sum, double squares) {
    public static final Amounts NONE = new Amounts(0, 0, 0);

    public Amounts plus(Amounts other) {
        return new Amounts(n + other.n, sum + other.sum, squares + other.squares);
    }

    /** For each person. */
    public double mean() {
        return sum / n;
    }

    /** Of the population, estimated from at least two. */
    public double variance() {
        return Math.max(0, (squares - sum * sum / n) / (n - 1));
    }
}
