package dev.afterword.db.followup.journey;

import dev.afterword.db.order.OrderStatus;
import org.jspecify.annotations.Nullable;

/** What begins a journey. */
public sealed interface Trigger {
    /** As in JSON. */
    String code();

    /** Whether each order has a journey of its own; otherwise each contact. */
    default boolean perOrder() {
        return false;
    }

    /** Whether each time is for itself: another order, answer, case or silence begins another journey. Otherwise a contact goes through it once, where nothing else is said. */
    default boolean eachTime() {
        return true;
    }

    /** Whether it begins for many at the same moment, whose messages then wait in the lane for many. */
    default boolean forMany() {
        return false;
    }

    /** An order comes as far as that: placed, shipped, delivered, cancelled or refunded. */
    record OrderReaches(OrderStatus status) implements Trigger {
        @Override
        public String code() {
            return "order-" + status.code();
        }

        @Override
        public boolean perOrder() {
            return true;
        }
    }

    /** A confirmed answer to a survey; the audience says of which band, or with which answer. */
    record ResponseGiven(String survey) implements Trigger {
        @Override
        public String code() {
            return "response-given";
        }
    }

    /** So many days after a question was accepted there is no answer. */
    record NoResponse(String survey, int days) implements Trigger {
        @Override
        public String code() {
            return "response-missing";
        }
    }

    /** A contact moves to that stage of the ladder. */
    record StageEntered(String stage) implements Trigger {
        @Override
        public boolean eachTime() {
            return false;
        }

        @Override
        public String code() {
            return "stage-entered";
        }
    }

    /**
     * A day that stands in an attribute of the contact, as a birthday.
     *
     * @param days before it if negative, after it if positive
     * @param yearly every year on that day; otherwise on that very day
     */
    record AttributeDay(String attribute, int days, boolean yearly) implements Trigger {
        @Override
        public String code() {
            return "attribute-day";
        }
    }

    /**
     * So long after a contact's latest order there is no other.
     *
     * @param rhythm that many times the middle one of the times between the contact's own orders, where there are at least two; null: always the days
     */
    record SinceLastOrder(int days, @Nullable Double rhythm) implements Trigger {
        @Override
        public String code() {
            return "no-order-since";
        }
    }

    /**
     * A case is solved.
     *
     * @param kind question, complaint, suggestion or compliment; null for any
     */
    record CaseClosed(@Nullable String kind) implements Trigger {
        @Override
        public String code() {
            return "case-closed";
        }
    }

    /** The shop says what it did about a topic, and the contact had spoken of it before. */
    record TopicChanged() implements Trigger {
        @Override
        public boolean forMany() {
            return true;
        }

        @Override
        public String code() {
            return "topic-changed";
        }
    }

    /** A contact comes into the audience who was not in it before. */
    record SegmentEntered() implements Trigger {
        @Override
        public boolean forMany() {
            return true;
        }

        @Override
        public boolean eachTime() {
            return false;
        }

        @Override
        public String code() {
            return "segment-entered";
        }
    }

    /** Somebody starts it for the audience. */
    record ByHand() implements Trigger {
        @Override
        public boolean forMany() {
            return true;
        }

        @Override
        public boolean eachTime() {
            return false;
        }

        @Override
        public String code() {
            return "by-hand";
        }
    }
}
