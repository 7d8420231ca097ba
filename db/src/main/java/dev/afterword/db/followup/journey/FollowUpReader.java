package dev.afterword.db.followup.journey;

import dev.afterword.db.Fields;
import dev.afterword.db.followup.journey.Step.Arm;
import dev.afterword.db.followup.journey.Step.Case;
import dev.afterword.db.inbox.CaseKind;
import dev.afterword.db.message.mail.MailContent;
import dev.afterword.db.message.mail.MailContentReader;
import dev.afterword.db.order.OrderStatus;
import dev.afterword.db.reward.Gift;
import dev.afterword.db.workspace.Purpose;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what a follow-up says from JSON, strictly: a member that is unknown or of another kind is rejected with its path. Whether it makes sense {@link FollowUpCheck} says. */
public final class FollowUpReader {
    static final Pattern KEY = Pattern.compile("[a-z][a-z0-9-]{0,39}");
    private static final Set<String> KINDS = Set.of("reward", "goodwill");
    private static final int MOST_DAYS = 365;
    private static final int MOST_STEPS = 60;
    private static final int DEPTH = 6;
    private static final Set<String> MEMBERS =
            Set.of("level", "purpose", "trigger", "again", "audience", "exit", "priority", "holdout", "goal", "steps");

    private FollowUpReader() {}

    public static FollowUpDefinition read(String json) {
        return read(Fields.parse(json));
    }

    public static FollowUpDefinition read(Fields fields) {
        fields.only(MEMBERS);
        var purpose = Purpose.of(fields.text("purpose", 40));
        return new FollowUpDefinition(
                Objects.requireNonNullElse(fields.optionalInteger("level", 1, 5), 4),
                purpose,
                trigger(fields.object("trigger")),
                fields.optionalInteger("again", 1, 10 * MOST_DAYS),
                RuleReader.optional(fields, "audience"),
                RuleReader.optional(fields, "exit"),
                Objects.requireNonNullElse(
                        fields.optionalInteger("priority", 1, 9), FollowUpDefinition.usualPriority(purpose)),
                Objects.requireNonNullElse(fields.optionalInteger("holdout", 0, 50), 0),
                goal(fields.optionalObject("goal")),
                steps(fields, "steps", 1));
    }

    private static @Nullable Goal goal(@Nullable Fields fields) {
        if (fields == null) {
            return null;
        }
        var reach = fields.text("reach", 40);
        fields.only(reach.equals("answer") ? Set.of("reach", "survey", "within") : Set.of("reach", "within"));
        int within = Objects.requireNonNullElse(fields.optionalInteger("within", 1, MOST_DAYS), 30);
        return switch (reach) {
            case "answer" -> new Goal.Answer(fields.text("survey", 100), within);
            case "order" -> new Goal.Order(within);
            case "revenue" -> new Goal.Revenue(within);
            case "solved" -> new Goal.Solved(within);
            default -> throw fields.rejected("follow-up.goal-unknown", "reach", reach);
        };
    }

    private static Trigger trigger(Fields fields) {
        var on = fields.text("on", 40);
        return switch (on) {
            case "order-placed", "order-shipped", "order-delivered", "order-cancelled", "order-refunded" -> {
                fields.only(Set.of("on"));
                yield new Trigger.OrderReaches(
                        OrderStatus.find(on.substring("order-".length())).orElseThrow());
            }
            case "response-given" -> {
                fields.only(Set.of("on", "survey"));
                yield new Trigger.ResponseGiven(fields.text("survey", 100));
            }
            case "response-missing" -> {
                fields.only(Set.of("on", "survey", "days"));
                yield new Trigger.NoResponse(fields.text("survey", 100), days(fields, "days", 1));
            }
            case "stage-entered" -> {
                fields.only(Set.of("on", "stage"));
                yield new Trigger.StageEntered(fields.text("stage", 40));
            }
            case "attribute-day" -> {
                fields.only(Set.of("on", "attribute", "days", "yearly"));
                yield new Trigger.AttributeDay(
                        fields.text("attribute", 100),
                        Objects.requireNonNullElse(fields.optionalInteger("days", -MOST_DAYS, MOST_DAYS), 0),
                        Objects.requireNonNullElse(fields.optionalFlag("yearly"), true));
            }
            case "no-order-since" -> {
                fields.only(Set.of("on", "days", "rhythm"));
                var rhythm = fields.optionalDecimal("rhythm", 2, 2);
                yield new Trigger.SinceLastOrder(
                        Objects.requireNonNullElse(fields.optionalInteger("days", 1, 10 * MOST_DAYS), 90),
                        rhythm == null ? null : rhythm.doubleValue());
            }
            case "case-closed" -> {
                fields.only(Set.of("on", "kind"));
                var kind = fields.optionalText("kind", 40);
                yield new Trigger.CaseClosed(
                        kind == null ? null : CaseKind.of(kind).code());
            }
            case "topic-changed" -> {
                fields.only(Set.of("on"));
                yield new Trigger.TopicChanged();
            }
            case "segment-entered" -> {
                fields.only(Set.of("on"));
                yield new Trigger.SegmentEntered();
            }
            case "by-hand" -> {
                fields.only(Set.of("on"));
                yield new Trigger.ByHand();
            }
            default -> throw fields.rejected("follow-up.trigger-unknown", "on", on);
        };
    }

    private static List<Step> steps(Fields fields, String name, int depth) {
        return Objects.requireNonNullElse(fields.optionalObjects(name, MOST_STEPS), List.<Fields>of()).stream()
                .map(one -> step(one, depth))
                .toList();
    }

    private static Step step(Fields fields, int depth) {
        if (depth > DEPTH) {
            throw fields.rejected("follow-up.steps-too-deep", "type", DEPTH);
        }
        var key = key(fields, "key");
        var type = fields.text("type", 40);
        return switch (type) {
            case "wait" -> {
                fields.only(Set.of("key", "type", "days", "hours", "at"));
                yield new Step.Wait(
                        key,
                        Objects.requireNonNullElse(fields.optionalInteger("days", 0, MOST_DAYS), 0),
                        Objects.requireNonNullElse(fields.optionalInteger("hours", 0, 1_000), 0),
                        fields.optionalTimeOfDay("at"));
            }
            case "await-delivery" -> {
                fields.only(Set.of("key", "type", "days", "daysAfterShipping"));
                yield new Step.AwaitDelivery(
                        key, days(fields, "days", 0), fields.optionalInteger("daysAfterShipping", 0, MOST_DAYS));
            }
            case "ask" -> {
                fields.only(Set.of("key", "type", "survey", "content"));
                yield new Step.Ask(key, fields.text("survey", 100), content(fields));
            }
            case "remind" -> {
                fields.only(Set.of("key", "type", "ask", "content"));
                yield new Step.Remind(key, key(fields, "ask"), content(fields));
            }
            case "mail" -> {
                fields.only(Set.of("key", "type", "content"));
                yield new Step.Mail(key, content(fields));
            }
            case "set-attribute" -> {
                fields.only(Set.of("key", "type", "name", "value"));
                yield new Step.SetAttribute(key, fields.text("name", 100), fields.optionalText("value", 500));
            }
            case "call-endpoint" -> {
                fields.only(Set.of("key", "type", "endpoint"));
                yield new Step.CallEndpoint(key, fields.text("endpoint", 60));
            }
            case "open-case" -> {
                fields.only(Set.of("key", "type", "kind", "subject", "priority", "team"));
                yield new Step.OpenCase(
                        key,
                        CaseKind.of(fields.text("kind", 40)).code(),
                        fields.text("subject", 200),
                        Objects.requireNonNullElse(fields.optionalInteger("priority", 1, 4), 3),
                        fields.optionalText("team", 80));
            }
            case "give-reward" -> {
                fields.only(Set.of("key", "type", "kind", "pool"));
                var kind = fields.text("kind", 40);
                if (!KINDS.contains(kind)) {
                    throw fields.rejected("follow-up.reward-kind", "kind", kind);
                }
                yield new Step.GiveReward(key, Gift.Kind.of(kind), key(fields, "pool"));
            }
            case "branch" -> {
                fields.only(Set.of("key", "type", "cases", "otherwise"));
                yield new Step.Branch(key, cases(fields, depth), steps(fields, "otherwise", depth + 1));
            }
            case "split" -> {
                fields.only(Set.of("key", "type", "arms", "learn"));
                yield new Step.Split(
                        key, arms(fields, depth), Objects.requireNonNullElse(fields.optionalFlag("learn"), false));
            }
            case "end" -> {
                fields.only(Set.of("key", "type"));
                yield new Step.End(key);
            }
            default -> throw fields.rejected("follow-up.step-unknown", "type", type);
        };
    }

    private static List<Case> cases(Fields fields, int depth) {
        return Objects.requireNonNullElse(fields.optionalObjects("cases", 20), List.<Fields>of()).stream()
                .map(one -> {
                    one.only(Set.of("key", "when", "steps"));
                    return new Case(
                            key(one, "key"), RuleReader.rule(one.object("when")), steps(one, "steps", depth + 1));
                })
                .toList();
    }

    private static List<Arm> arms(Fields fields, int depth) {
        return Objects.requireNonNullElse(fields.optionalObjects("arms", 8), List.<Fields>of()).stream()
                .map(one -> {
                    one.only(Set.of("key", "weight", "steps"));
                    return new Arm(
                            key(one, "key"),
                            Objects.requireNonNullElse(one.optionalInteger("weight", 1, 1_000), 1),
                            steps(one, "steps", depth + 1));
                })
                .toList();
    }

    private static @Nullable MailContent content(Fields fields) {
        var content = fields.optionalObject("content");
        return content == null || content.names().isEmpty() ? null : MailContentReader.read(content);
    }

    private static int days(Fields fields, String name, int least) {
        return Objects.requireNonNullElse(fields.optionalInteger(name, least, MOST_DAYS), least);
    }

    private static String key(Fields fields, String name) {
        var key = fields.text(name, 200);
        if (!KEY.matcher(key).matches()) {
            throw fields.rejected("follow-up.key-unreadable", name, key.substring(0, Math.min(60, key.length())));
        }
        return key;
    }
}
