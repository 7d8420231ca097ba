package dev.afterword.web.demo;

import dev.afterword.db.Key;
import dev.afterword.db.response.topic.TopicChange;
import dev.afterword.db.response.topic.TopicChanges;
import dev.afterword.db.response.topic.TopicRule;
import dev.afterword.db.response.topic.Topics;
import dev.afterword.db.workspace.Memberships;
import dev.afterword.db.workspace.Workspaces;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What the shop's customers speak of again and again, by words of their languages, and what was done about the worst of it. */
@Component
class PastTopics {
    private static final String WORST = "Late parcels";
    /** How long before the end of the year something was done: what came of the bad week had been answered. */
    static final Duration DONE = Duration.ofDays(28);

    private static final Map<String, String> DID = Map.of(
            "en", "Parcels that were late for a week now go with another carrier, and we write before you have to ask.",
            "de",
                    "Was eine Woche lang zu spät kam, bringt jetzt ein anderer Paketdienst, und wir schreiben, bevor Sie fragen müssen.",
            "pt",
                    "O que chegava com uma semana de atraso vem agora por outra transportadora, e escrevemos antes que tenha de perguntar.",
            "ar", "ما كان يتأخر أسبوعًا توصله الآن شركة أخرى، ونكتب إليك قبل أن تضطر إلى السؤال.");

    private final Topics topics;
    private final TopicChanges changes;
    private final Memberships memberships;
    private final Workspaces workspaces;

    PastTopics(Topics topics, TopicChanges changes, Memberships memberships, Workspaces workspaces) {
        this.topics = topics;
        this.changes = changes;
        this.memberships = memberships;
        this.workspaces = workspaces;
    }

    /** Names them, the owner seeing to the worst. */
    Mono<Void> name(UUID workspaceId) {
        var sheet = Sheet.read("topics.tsv");
        var byTopic = sheet.rows().stream().collect(Collectors.groupingBy(row -> sheet.value(row, "topic")));
        return owner(workspaceId)
                .flatMapMany(owner -> Flux.fromIterable(byTopic.entrySet())
                        .concatMap(named -> topics.add(workspaceId, named.getKey())
                                .flatMap(topic -> topic.name().equals(WORST)
                                        ? topics.save(topic.ownedBy(owner))
                                        : Mono.just(topic))
                                .flatMapMany(topic -> Flux.fromIterable(named.getValue())
                                        .concatMap(row -> topics.add(
                                                new TopicRule(
                                                        Key.next(workspaceId),
                                                        topic.key().id(),
                                                        sheet.value(row, "language"),
                                                        sheet.value(row, "words")),
                                                owner)))))
                .then();
    }

    /** Says what was done, since today. */
    Mono<Void> act(UUID workspaceId, Instant now) {
        return Mono.zip(workspaces.findById(workspaceId), topics.all(workspaceId), owner(workspaceId))
                .flatMap(found -> {
                    var workspace = found.getT1();
                    var worst = found.getT2().stream()
                            .filter(topic -> topic.name().equals(WORST))
                            .findFirst()
                            .orElseThrow();
                    var day = LocalDate.ofInstant(now, workspace.zone());
                    return changes.add(
                            workspace,
                            new TopicChange(Key.next(workspaceId), worst.key().id(), day, DID, null, null),
                            found.getT3());
                })
                .then();
    }

    private Mono<UUID> owner(UUID workspaceId) {
        return memberships.of(workspaceId).map(all -> all.getFirst().staffId());
    }
}
