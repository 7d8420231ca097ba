package dev.afterword.db.followup;

import dev.afterword.db.Rejected;
import dev.afterword.db.followup.journey.FollowUpDefinition;
import dev.afterword.db.followup.journey.Step;
import dev.afterword.db.followup.journey.Trigger;
import dev.afterword.db.order.OrderStatus;
import dev.afterword.db.workspace.Purpose;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When the follow-up that every workspace has writes: it asks after the delivery and reminds once.
 *
 * @param afterDelivery days
 * @param afterShipping days, while no delivery is known
 * @param toReminder days after the ask was accepted; null: no reminder
 */
public record Delays(
        int afterDelivery, int afterShipping, @Nullable Integer toReminder) {
    static final Delays USUAL = new Delays(3, 10, 4);
    private static final int LONGEST = 365;

    /** Fails with {@code follow-up.delay-negative} for what is not a number of days from 0 to 365; a reminder comes a day later at least. */
    public Delays {
        check("daysAfterDelivery", afterDelivery, 0);
        check("daysAfterShipping", afterShipping, 0);
        if (toReminder != null) {
            check("daysToReminder", toReminder, 1);
        }
    }

    /** As that follow-up says; of one that has been made into something else what is left of them, else the usual. */
    public static Delays of(FollowUpDefinition definition) {
        var delays = USUAL;
        Integer reminder = null;
        for (var step : definition.steps()) {
            if (step instanceof Step.AwaitDelivery await) {
                var shipping = await.daysAfterShipping();
                delays = new Delays(await.days(), shipping == null ? USUAL.afterShipping : shipping, null);
            } else if (step instanceof Step.Wait wait && wait.days() > 0) {
                reminder = wait.days();
            }
        }
        return new Delays(
                delays.afterDelivery,
                delays.afterShipping,
                definition.find("remind").isPresent() ? reminder : null);
    }

    /** What the follow-up says then. */
    FollowUpDefinition definition(String survey) {
        var steps = new ArrayList<Step>(List.of(
                new Step.AwaitDelivery("delivery", afterDelivery, afterShipping), new Step.Ask("ask", survey, null)));
        if (toReminder != null) {
            steps.add(new Step.Wait("pause", toReminder, 0, null));
            steps.add(new Step.Remind("remind", "ask", null));
        }
        return new FollowUpDefinition(
                3,
                Purpose.QUESTIONS,
                new Trigger.OrderReaches(OrderStatus.PLACED),
                null,
                null,
                null,
                FollowUpDefinition.usualPriority(Purpose.QUESTIONS),
                0,
                null,
                steps);
    }

    private static void check(String field, int days, int least) {
        if (days < least || days > LONGEST) {
            throw new Rejected("follow-up.delay-negative", field, days);
        }
    }
}
