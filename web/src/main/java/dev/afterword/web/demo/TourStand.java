package dev.afterword.web.demo;

import org.jspecify.annotations.Nullable;

/**
 * How far a tour is.
 *
 * @param order its order's number; null before it was placed
 * @param mail the id of the mail that asks about it; null until it came
 * @param answered whether it was answered
 * @param workspace the workspace's code
 * @param answers how many answers to the first question there are
 * @param mean their mean
 */
record TourStand(
        @Nullable String order, @Nullable String mail, boolean answered, String workspace, long answers, double mean) {
    /** Whether something is still to come that the page waits for. */
    public boolean waits() {
        return order != null && !answered;
    }
}
