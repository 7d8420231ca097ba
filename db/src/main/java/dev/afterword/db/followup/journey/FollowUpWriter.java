package dev.afterword.db.followup.journey;

import dev.afterword.db.followup.journey.Step.Way;
import dev.afterword.db.message.mail.MailContentWriter;
import dev.afterword.db.survey.Condition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Writes what a follow-up says as JSON; what {@link FollowUpReader} reads from it is the same. */
public final class FollowUpWriter {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private FollowUpWriter() {}

    public static String write(FollowUpDefinition definition) {
        return MAPPER.writeValueAsString(tree(definition));
    }

    /** The same as maps, lists and plain values. */
    public static Map<String, Object> tree(FollowUpDefinition definition) {
        return members(
                "level", definition.level(),
                "purpose", definition.purpose().code(),
                "trigger", trigger(definition.trigger()),
                "again", definition.again(),
                "audience", rule(definition.audience()),
                "exit", rule(definition.exit()),
                "priority", definition.priority(),
                "holdout", definition.holdout() == 0 ? null : definition.holdout(),
                "goal", goal(definition.goal()),
                "steps", steps(definition.steps()));
    }

    private static @Nullable Object goal(@Nullable Goal goal) {
        return goal == null ? null : members("reach", goal.code(), "survey", goal.answers(), "within", goal.within());
    }

    private static Map<String, Object> trigger(Trigger trigger) {
        return switch (trigger) {
            case Trigger.OrderReaches _, Trigger.TopicChanged _, Trigger.SegmentEntered _, Trigger.ByHand _ ->
                members("on", trigger.code());
            case Trigger.ResponseGiven given -> members("on", given.code(), "survey", given.survey());
            case Trigger.NoResponse none -> members("on", none.code(), "survey", none.survey(), "days", none.days());
            case Trigger.CaseClosed closed -> members("on", closed.code(), "kind", closed.kind());
            case Trigger.StageEntered entered -> members("on", entered.code(), "stage", entered.stage());
            case Trigger.AttributeDay day ->
                members(
                        "on", day.code(),
                        "attribute", day.attribute(),
                        "days", day.days(),
                        "yearly", day.yearly());
            case Trigger.SinceLastOrder since ->
                members("on", since.code(), "days", since.days(), "rhythm", since.rhythm());
        };
    }

    private static List<Object> steps(List<Step> steps) {
        return steps.stream().map(FollowUpWriter::step).toList();
    }

    private static Object step(Step step) {
        var members = members("key", step.key(), "type", step.type());
        members.putAll(
                switch (step) {
                    case Step.Wait wait ->
                        members(
                                "days", wait.days() == 0 ? null : wait.days(),
                                "hours", wait.hours() == 0 ? null : wait.hours(),
                                "at", Objects.toString(wait.at(), null));
                    case Step.AwaitDelivery await ->
                        members("days", await.days(), "daysAfterShipping", await.daysAfterShipping());
                    case Step.Ask ask -> members("survey", ask.survey(), "content", content(ask));
                    case Step.Remind remind -> members("ask", remind.ask(), "content", content(remind));
                    case Step.Mail mail -> members("content", content(mail));
                    case Step.SetAttribute note -> members("name", note.name(), "value", note.value());
                    case Step.CallEndpoint call -> members("endpoint", call.endpoint());
                    case Step.OpenCase open ->
                        members(
                                "kind", open.kind(),
                                "subject", open.subject(),
                                "priority", open.priority(),
                                "team", open.team());
                    case Step.GiveReward give -> members("kind", give.kind().code(), "pool", give.pool());
                    case Step.Branch branch ->
                        members(
                                "cases",
                                branch.cases().stream()
                                        .map(one -> way(one, "when", rule(one.rule())))
                                        .toList(),
                                "otherwise",
                                branch.otherwise().isEmpty() ? null : steps(branch.otherwise()));
                    case Step.Split split ->
                        members(
                                "arms",
                                split.arms().stream()
                                        .map(arm -> way(arm, "weight", arm.weight()))
                                        .toList(),
                                "learn",
                                split.learns() ? true : null);
                    case Step.End _ -> Map.of();
                });
        return members;
    }

    private static @Nullable Object content(Step.Written written) {
        var content = written.content();
        return content == null ? null : MailContentWriter.tree(content);
    }

    private static Object way(Way way, String name, @Nullable Object value) {
        return members("key", way.key(), name, value, "steps", steps(way.steps()));
    }

    private static @Nullable Object rule(@Nullable Rule rule) {
        return switch (rule) {
            case null -> null;
            case Rule.All all ->
                members("all", all.rules().stream().map(FollowUpWriter::rule).toList());
            case Rule.Any any ->
                members("any", any.rules().stream().map(FollowUpWriter::rule).toList());
            case Rule.Not not -> members("not", rule(not.rule()));
            case Rule.Test test ->
                members("fact", test.fact(), "operator", test.operator().code(), "value", value(test.value()));
        };
    }

    private static @Nullable Object value(Condition.@Nullable Value value) {
        return switch (value) {
            case null -> null;
            case Condition.Text text -> text.text();
            case Condition.Figure figure -> figure.number();
            case Condition.Flag flag -> flag.flag();
        };
    }

    /** Names and values in turn; what is null is left out. */
    private static Map<String, Object> members(@Nullable Object... namesAndValues) {
        var members = new LinkedHashMap<String, Object>();
        for (int at = 0; at < namesAndValues.length; at += 2) {
            var value = namesAndValues[at + 1];
            if (value != null) {
                members.put(String.valueOf(namesAndValues[at]), value);
            }
        }
        return members;
    }
}
