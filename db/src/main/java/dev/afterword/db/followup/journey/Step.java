package dev.afterword.db.followup.journey;

import dev.afterword.db.message.mail.MailContent;
import dev.afterword.db.reward.Gift;
import java.time.LocalTime;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One step of a journey. Its key never changes: what happened is kept under it. */
public sealed interface Step {
    String key();

    /** As in JSON. */
    String type();

    /** The ways that lead on from it; none for most. */
    default List<Way> ways() {
        return List.of();
    }

    /** A message to the customer. */
    sealed interface Written extends Step {
        /**
         * What it says; null: our own words for it.
         */
        @Nullable
        MailContent content();
    }

    /**
     * Waits so long, counted from the step before it.
     *
     * @param days in the customer's zone: a day later is the same time of the day, whatever the clocks do
     * @param at then until it is that time of the day there; null: at once
     */
    record Wait(String key, int days, int hours, @Nullable LocalTime at) implements Step {
        @Override
        public String type() {
            return "wait";
        }
    }

    /**
     * Waits until so many days after the delivery.
     *
     * @param daysAfterShipping while no delivery is known, until so many days after the shipping; null: until it is delivered
     */
    record AwaitDelivery(String key, int days, @Nullable Integer daysAfterShipping) implements Step {
        @Override
        public String type() {
            return "await-delivery";
        }
    }

    /** Asks a survey. */
    record Ask(String key, String survey, @Nullable MailContent content) implements Written {
        @Override
        public String type() {
            return "ask";
        }
    }

    /** Asks once more, unless there is an answer, or the ask did not go out. */
    record Remind(String key, String ask, @Nullable MailContent content) implements Written {
        @Override
        public String type() {
            return "remind";
        }
    }

    /** Says something. */
    record Mail(String key, @Nullable MailContent content) implements Written {
        @Override
        public String type() {
            return "mail";
        }
    }

    /** Something that is done at once, and once. */
    sealed interface Deed extends Step {}

    /** Notes an attribute on the contact; null takes it away. */
    record SetAttribute(String key, String name, @Nullable String value) implements Deed {
        @Override
        public String type() {
            return "set-attribute";
        }
    }

    /** Tells an endpoint of the shop's that somebody has come here. */
    record CallEndpoint(String key, String endpoint) implements Deed {
        @Override
        public String type() {
            return "call-endpoint";
        }
    }

    /**
     * Gives a code.
     *
     * @param kind a reward never depends on what somebody said; goodwill may
     * @param pool where the code comes from
     */
    record GiveReward(String key, Gift.Kind kind, String pool) implements Deed {
        @Override
        public String type() {
            return "give-reward";
        }
    }

    /**
     * Opens a case for support.
     *
     * @param kind question, complaint, suggestion or compliment
     * @param priority 1 urgent to 4 low
     */
    record OpenCase(
            String key,
            String kind,
            String subject,
            int priority,
            @Nullable String team) implements Deed {
        @Override
        public String type() {
            return "open-case";
        }
    }

    /** Goes the first way of which the rule holds, else the otherwise. */
    record Branch(String key, List<Case> cases, List<Step> otherwise) implements Step {
        public static final String OTHERWISE = "otherwise";

        public Branch {
            cases = List.copyOf(cases);
            otherwise = List.copyOf(otherwise);
        }

        @Override
        public String type() {
            return "branch";
        }

        @Override
        public List<Way> ways() {
            return Stream.concat(cases.stream(), Stream.of(new Otherwise(otherwise)))
                    .map(Way.class::cast)
                    .toList();
        }
    }

    /**
     * Tries several ways on people whom a hash of the contact picks. Who has been there keeps the way they went.
     *
     * @param learns the shares of the arms follow what reaches the goal, save one that goes on trying them all; otherwise they are the weights
     */
    record Split(String key, List<Arm> arms, boolean learns) implements Step {
        public Split {
            arms = List.copyOf(arms);
        }

        @Override
        public String type() {
            return "split";
        }

        @Override
        public List<Way> ways() {
            return List.copyOf(arms);
        }
    }

    /** The journey is over. */
    record End(String key) implements Step {
        @Override
        public String type() {
            return "end";
        }
    }

    /** A way that leads on from a step and back to what follows it. */
    sealed interface Way {
        String key();

        List<Step> steps();
    }

    /** Of a branch: taken when its rule holds. */
    record Case(String key, Rule rule, List<Step> steps) implements Way {
        public Case {
            steps = List.copyOf(steps);
        }
    }

    /** Of a branch: taken when no rule holds. */
    record Otherwise(List<Step> steps) implements Way {
        @Override
        public String key() {
            return Branch.OTHERWISE;
        }
    }

    /**
     * Of a split.
     *
     * @param weight its share among the weights of all arms
     */
    record Arm(String key, int weight, List<Step> steps) implements Way {
        public Arm {
            steps = List.copyOf(steps);
        }
    }
}
