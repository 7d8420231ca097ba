package dev.afterword.db.response.hit;

import dev.afterword.db.response.hit.Hit.Judged;

/** How evidence becomes a verdict: without any state, so that a better rule can judge again what is stored. A changed rule is a new version. */
interface HitRule {
    /** The rule that holds now. */
    HitRule NOW = new JudgeHits();

    /** Counts up from 1. */
    int version();

    Judged judge(Evidence evidence);
}
