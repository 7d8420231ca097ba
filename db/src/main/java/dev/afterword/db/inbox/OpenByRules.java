package dev.afterword.db.inbox;

import dev.afterword.db.DatabaseTime;
import dev.afterword.db.event.Event;
import dev.afterword.db.event.EventKind;
import dev.afterword.db.event.EventReader;
import dev.afterword.db.inbox.OpenCase.Opening;
import dev.afterword.db.inbox.SaidAnswers.Said;
import dev.afterword.db.response.topic.ApplyTopics;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Opens cases for answers that a rule wants looked into, once for each answer. */
@Component
class OpenByRules implements EventReader {
    private final CaseRules rules;
    private final OpenCase openCase;
    private final SaidAnswers answers;
    private final ApplyTopics applyTopics;
    private final DatabaseTime time;

    OpenByRules(CaseRules rules, OpenCase openCase, SaidAnswers answers, ApplyTopics applyTopics, DatabaseTime time) {
        this.rules = rules;
        this.openCase = openCase;
        this.answers = answers;
        this.applyTopics = applyTopics;
        this.time = time;
    }

    @Override
    public String name() {
        return "case-rules";
    }

    @Override
    public Set<EventKind> kinds() {
        return Set.of(EventKind.RESPONSE_GIVEN, EventKind.RESPONSE_CHANGED);
    }

    @Override
    public Mono<Void> handle(UUID workspaceId, List<Event> events) {
        var responses = events.stream()
                .filter(event -> !event.imported())
                .map(Event::subjectId)
                .distinct()
                .toArray(UUID[]::new);
        return responses.length == 0
                ? Mono.empty()
                : rules.all(workspaceId)
                        .filter(found -> !found.isEmpty())
                        .flatMap(found -> topics(workspaceId, found, responses)
                                .then(time.now())
                                .flatMap(now -> answers.of(workspaceId, responses)
                                        .concatMap(one -> open(workspaceId, one, found, now))
                                        .then()));
    }

    /** Each reader of events has its own pace: where a rule looks at topics, they are put on the answers first. */
    private Mono<Void> topics(UUID workspaceId, List<CaseRule> found, UUID[] responses) {
        return found.stream().allMatch(rule -> rule.topics().isEmpty())
                ? Mono.empty()
                : applyTopics.to(workspaceId, List.of(responses));
    }

    private Mono<Void> open(UUID workspaceId, Said said, List<CaseRule> found, Instant now) {
        var rule = found.stream().filter(one -> one.holds(said.answered())).findFirst();
        return rule.isEmpty()
                ? Mono.empty()
                : openCase.open(opening(workspaceId, said, rule.get()), now).then();
    }

    private static Opening opening(UUID workspaceId, Said said, CaseRule rule) {
        var words = said.answered().words();
        var first = words.lines().findFirst().orElse("");
        return new Opening(
                workspaceId,
                rule.kind(),
                first.isBlank() ? rule.name() + scored(said) : first,
                said.contactId(),
                said.orderId(),
                said.id(),
                null,
                "rule",
                "response:" + said.id(),
                rule.priority(),
                null,
                rule.team(),
                words,
                true,
                null,
                null);
    }

    /** What tells answers without words apart, as a subject in any language. */
    private static String scored(Said said) {
        return said.score() == null ? "" : " · " + said.score() + "/" + said.best();
    }
}
