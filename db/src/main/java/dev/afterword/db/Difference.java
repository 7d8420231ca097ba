package dev.afterword.db;

/**
 * How far two figures are apart, and how surprising that would be if nothing had changed.
 *
 * @param value first minus second, in the unit of the figures
 * @param error its standard error
 * @param p two-sided; the chance of at least this distance without a real one
 */
public record Difference(double value, double error, double p) {
    /** Whether the distance holds at 95 %. */
    public boolean significant() {
        return p < Statistics.ALPHA;
    }
}
