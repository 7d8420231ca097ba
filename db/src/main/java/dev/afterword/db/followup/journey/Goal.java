package dev.afterword.db.followup.journey;

import org.jspecify.annotations.Nullable;

/** What a follow-up is for, within so many days of its first message. Never that somebody opened or clicked. */
public sealed interface Goal {
    /** As in JSON. */
    String code();

    /** Days since the first message was due, or would have been for who is left out to compare. */
    int within();

    /** The survey whose answers count; null where none do. */
    default @Nullable String answers() {
        return null;
    }

    /** A confirmed answer to that survey. */
    record Answer(String survey, int within) implements Goal {
        @Override
        public String code() {
            return "answer";
        }

        @Override
        public String answers() {
            return survey;
        }
    }

    /** Another order than the one that it is about, neither cancelled, refunded nor test. */
    record Order(int within) implements Goal {
        @Override
        public String code() {
            return "order";
        }
    }

    /** A case of theirs is closed, and stays so. */
    record Solved(int within) implements Goal {
        @Override
        public String code() {
            return "solved";
        }
    }

    /** What such orders are worth. */
    record Revenue(int within) implements Goal {
        @Override
        public String code() {
            return "revenue";
        }
    }
}
