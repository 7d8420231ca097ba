package dev.afterword.db.reward;

import java.util.List;

/**
 * A pool with what became of its codes.
 *
 * @param left codes that can still be given; 0 for a fixed code
 * @param owed who was promised one and has none yet
 * @param surveys the keys of those that promise it for answering
 */
public record ListedPool(RewardPool pool, long left, long given, long owed, long redeemed, List<String> surveys) {
    public ListedPool {
        surveys = List.copyOf(surveys);
    }

    /** Whether it is empty, or nearly. */
    public boolean low() {
        return !pool.fixed() && left <= pool.warnAt();
    }
}
