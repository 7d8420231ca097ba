package dev.afterword.db.insight;

import dev.afterword.db.Estimate;
import dev.afterword.db.Lift;
import dev.afterword.db.response.topic.TopicChange;

/**
 * What was answered before a change and after it, over as many days on both sides.
 *
 * @param days on each side; 0 on the very day
 * @param shareBefore how many of all answers spoke of the topic, in percent
 * @param share after minus before
 * @param meanBefore the score of those who spoke of it
 * @param mean after minus before
 */
public record TopicEffect(
        TopicChange change,
        int days,
        Estimate shareBefore,
        Estimate shareAfter,
        Lift share,
        Estimate meanBefore,
        Estimate meanAfter,
        Lift mean) {}
