package dev.afterword.web.followup;

import dev.afterword.db.followup.journey.FactKind;
import dev.afterword.db.followup.journey.Rule;
import dev.afterword.db.followup.journey.Step;
import dev.afterword.db.followup.journey.Trigger;
import dev.afterword.db.survey.Survey;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Says in words what begins a follow-up, for whom, and what its steps do. */
@Component
class JourneyWords {
    private final MessageSource messages;
    private final Map<String, String> surveyNames;

    @Autowired
    JourneyWords(MessageSource messages) {
        this(messages, Map.of());
    }

    private JourneyWords(MessageSource messages, Map<String, String> surveyNames) {
        this.messages = messages;
        this.surveyNames = surveyNames;
    }

    /** The same, which calls surveys by their names; those that are not among them keep their keys. */
    JourneyWords naming(List<Survey> surveys) {
        return new JourneyWords(messages, surveys.stream().collect(Collectors.toMap(Survey::surveyKey, Survey::name)));
    }

    String trigger(Trigger trigger) {
        return switch (trigger) {
            case Trigger.OrderReaches _, Trigger.TopicChanged _, Trigger.SegmentEntered _, Trigger.ByHand _ ->
                say("follow-up.trigger." + trigger.code());
            case Trigger.ResponseGiven given -> say("follow-up.trigger.response-given", survey(given.survey()));
            case Trigger.NoResponse none ->
                say("follow-up.trigger.response-missing", survey(none.survey()), none.days());
            case Trigger.CaseClosed closed ->
                closed.kind() == null
                        ? say("follow-up.trigger.case-closed")
                        : say("follow-up.trigger.case-closed.kind", closed.kind());
            case Trigger.StageEntered entered -> say("follow-up.trigger.stage-entered", entered.stage());
            case Trigger.AttributeDay day ->
                say("follow-up.trigger.attribute-day", day.attribute(), day.days(), day.yearly() ? 1 : 0);
            case Trigger.SinceLastOrder since ->
                since.rhythm() == null
                        ? say("follow-up.trigger.no-order-since", since.days())
                        : say("follow-up.trigger.no-order-since.rhythm", since.rhythm(), since.days());
        };
    }

    String step(Step step) {
        return switch (step) {
            case Step.Wait wait ->
                wait.at() == null
                        ? say("follow-up.step.wait", wait.days(), wait.hours())
                        : say(
                                "follow-up.step.wait.until",
                                wait.days(),
                                wait.hours(),
                                wait.at().toString());
            case Step.AwaitDelivery await ->
                await.daysAfterShipping() == null
                        ? say("follow-up.step.await-delivery", await.days())
                        : say("follow-up.step.await-delivery.or", await.days(), await.daysAfterShipping());
            case Step.Ask ask -> say("follow-up.step.ask", survey(ask.survey()));
            case Step.Remind _ -> say("follow-up.step.remind");
            case Step.Mail mail -> say("follow-up.step.mail", subject(mail));
            case Step.SetAttribute note ->
                note.value() == null
                        ? say("follow-up.step.set-attribute.away", note.name())
                        : say("follow-up.step.set-attribute", note.name(), note.value());
            case Step.CallEndpoint call -> say("follow-up.step.call-endpoint", call.endpoint());
            case Step.GiveReward give ->
                say("follow-up.step.give." + give.kind().code(), give.pool());
            case Step.OpenCase open -> say("follow-up.step.open-case", open.subject());
            case Step.Branch _ -> say("follow-up.step.branch");
            case Step.Split split -> say("follow-up.step.split", split.arms().size());
            case Step.End _ -> say("follow-up.step.end");
        };
    }

    String way(Step.Way way) {
        return switch (way) {
            case Step.Case one -> rule(one.rule());
            case Step.Otherwise _ -> say("follow-up.otherwise");
            case Step.Arm arm -> say("follow-up.arm", arm.key(), arm.weight());
        };
    }

    /** Empty without a rule. */
    String rule(@Nullable Rule rule) {
        return switch (rule) {
            case null -> "";
            case Rule.All all -> joined(all.rules(), "survey.and");
            case Rule.Any any -> joined(any.rules(), "survey.or");
            case Rule.Not not -> say("survey.not", rule(not.rule()));
            case Rule.Test test -> {
                var words = fact(test.fact()) + " "
                        + say("follow-up.operator." + test.operator().code());
                var value = test.value();
                yield value == null ? words : words + " “" + value.text() + "”";
            }
        };
    }

    private String joined(List<Rule> rules, String word) {
        return rules.stream()
                .map(one -> one instanceof Rule.All || one instanceof Rule.Any ? "(" + rule(one) + ")" : rule(one))
                .collect(Collectors.joining(" " + say(word) + " "));
    }

    private String fact(String fact) {
        return FactKind.of(fact)
                .map(kind -> fact(kind, fact.substring(kind.code().length())))
                .orElse(fact);
    }

    /** What a rule looks at, as staff read it; with the name of an attribute, a question, a follow-up or a step. */
    String fact(FactKind kind, String name) {
        return say("follow-up.fact." + kind.name().toLowerCase(Locale.ROOT).replace('_', '-'), name);
    }

    /** One of the values that a fact has everywhere. */
    String value(String code) {
        return say("follow-up.value." + code);
    }

    /** What became of a message. */
    String state(String code) {
        return say("follow-up.state." + code);
    }

    /** What a new follow-up is called until it has a name. */
    String unnamed() {
        return say("follow-up.unnamed");
    }

    private String survey(String key) {
        return surveyNames.containsKey(key) ? "“" + surveyNames.get(key) + "”" : key;
    }

    private String subject(Step.Mail mail) {
        var content = mail.content();
        var subject = content == null
                ? ""
                : content.variants()
                        .getOrDefault(
                                "en", content.variants().values().iterator().next())
                        .subject();
        return subject.isBlank() ? say("follow-up.mail.unnamed") : subject;
    }

    private String say(String key, Object... arguments) {
        return messages.getMessage(key, arguments, Locale.ENGLISH);
    }
}
