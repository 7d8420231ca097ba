package dev.afterword.db.response;

import dev.afterword.db.Batches;
import dev.afterword.db.Conflict;
import dev.afterword.db.Key;
import dev.afterword.db.LineResult;
import dev.afterword.db.NotFound;
import dev.afterword.db.Problem;
import dev.afterword.db.Rejected;
import dev.afterword.db.contact.erasure.Person;
import dev.afterword.db.event.Event;
import dev.afterword.db.event.EventKind;
import dev.afterword.db.event.Events;
import dev.afterword.db.order.Orders;
import dev.afterword.db.order.Orders.Placed;
import dev.afterword.db.survey.Slot;
import dev.afterword.db.survey.StoredAnswer;
import dev.afterword.db.survey.SurveyVersion;
import dev.afterword.db.survey.Surveys;
import dev.afterword.db.workspace.RetentionKind;
import dev.afterword.db.workspace.Retentions;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Takes in responses that were given elsewhere, many at once: confirmed, complete, and marked as history. */
@Component
public class ImportResponses {
    private final ImportedResponses imported;
    private final Orders orders;
    private final Surveys surveys;
    private final Events events;
    private final Batches batches;
    private final Retentions retentions;
    private final Clock clock;

    ImportResponses(
            ImportedResponses imported,
            Orders orders,
            Surveys surveys,
            Events events,
            Batches batches,
            Retentions retentions,
            Clock clock) {
        this.imported = imported;
        this.orders = orders;
        this.surveys = surveys;
        this.events = events;
        this.batches = batches;
        this.retentions = retentions;
        this.clock = clock;
    }

    /** Writes at most 500 responses in one transaction; one result for each, in order. */
    public Mono<List<LineResult>> write(UUID workspaceId, List<PastResponse> responses) {
        return batches.write(responses, batch -> work(workspaceId, batch));
    }

    private Mono<List<LineResult>> work(UUID workspaceId, List<PastResponse> batch) {
        var externalIds =
                batch.stream().map(PastResponse::externalId).distinct().toList();
        var orderIds = batch.stream()
                .map(PastResponse::orderExternalId)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        return Mono.zip(
                        versions(workspaceId, batch),
                        orders.findIds(workspaceId, orderIds),
                        imported.lock(workspaceId, externalIds),
                        imported.givenHere(workspaceId, externalIds))
                .flatMap(known -> {
                    var round = new Round(
                            workspaceId, known.getT1(), known.getT2(), known.getT3(), known.getT4(), clock.instant());
                    var results = batch.stream().map(round::take).toList();
                    return write(round).thenReturn(results);
                });
    }

    /** The versions that are asked now, by survey key; a survey that is not there is missing. */
    private Mono<Map<String, SurveyVersion>> versions(UUID workspaceId, List<PastResponse> batch) {
        return Flux.fromStream(batch.stream().map(PastResponse::survey).distinct())
                .concatMap(key -> surveys.latest(workspaceId, key).onErrorResume(NotFound.class, none -> Mono.empty()))
                .collectMap(SurveyVersion::surveyKey);
    }

    private Mono<Void> write(Round round) {
        return retentions
                .again(round.workspaceId, RetentionKind.ANSWERS, round.earliest())
                .then(imported.insert(round.workspaceId, round.added()))
                .then(imported.update(round.workspaceId, round.changed()))
                .then(events.append(round.events()));
    }

    /** One batch while it is worked through in memory. */
    private static final class Round {
        private final UUID workspaceId;
        private final Map<String, SurveyVersion> versions;
        private final Map<String, Placed> orders;
        private final Map<String, ImportedResponse> before;
        private final Map<String, ImportedResponse> after;
        private final Set<String> givenHere;
        private final Instant now;

        Round(
                UUID workspaceId,
                Map<String, SurveyVersion> versions,
                Map<String, Placed> orders,
                Map<String, ImportedResponse> before,
                Set<String> givenHere,
                Instant now) {
            this.workspaceId = workspaceId;
            this.versions = versions;
            this.orders = orders;
            this.before = before;
            this.after = new LinkedHashMap<>(before);
            this.givenHere = givenHere;
            this.now = now;
        }

        LineResult take(PastResponse past) {
            try {
                var known = after.get(past.externalId());
                var response = response(past, known);
                after.put(past.externalId(), response);
                return known == null ? LineResult.CREATED : LineResult.updated(!response.equals(known));
            } catch (Problem problem) {
                return LineResult.failed(problem);
            }
        }

        private ImportedResponse response(PastResponse past, @Nullable ImportedResponse known) {
            if (givenHere.contains(past.externalId())) {
                throw new Conflict("response.given-here", past.externalId());
            }
            var version = versions.get(past.survey());
            if (version == null) {
                throw new Rejected("survey.unknown", "survey", past.survey());
            }
            var answers = new HashMap<Slot, StoredAnswer>();
            version.definition()
                    .check(past.answers())
                    .orThrow()
                    .forEach((slot, answer) -> answers.put(slot, StoredAnswer.of(answer)));
            var placed = past.orderExternalId() == null ? null : orders.get(past.orderExternalId());
            if (placed != null && placed.erased()) {
                answers.replaceAll((slot, answer) -> answer.withWords(Person.ERASED));
            }
            if (past.orderExternalId() != null && placed == null) {
                throw new Rejected("order.not-found", "order.externalId");
            }
            // A response stays with the version that it was checked against first, unless it now answers another
            // survey.
            var versionId = known != null && known.surveyId().equals(version.surveyId())
                    ? known.versionId()
                    : version.key().id();
            return new ImportedResponse(
                    known == null ? Key.next(workspaceId) : known.key(),
                    past.externalId(),
                    version.surveyId(),
                    versionId,
                    placed == null ? null : placed.contactId(),
                    placed == null ? null : placed.orderId(),
                    past.language(),
                    past.askedAt(),
                    past.answeredAt(),
                    answers,
                    known == null ? now : known.createdAt());
        }

        List<ImportedResponse> added() {
            return after.values().stream()
                    .filter(response -> !before.containsKey(response.externalId()))
                    .toList();
        }

        List<ImportedResponse> changed() {
            return after.values().stream()
                    .filter(response -> before.containsKey(response.externalId())
                            && !response.equals(before.get(response.externalId())))
                    .toList();
        }

        Instant earliest() {
            return after.values().stream()
                    .map(ImportedResponse::answeredAt)
                    .min(Comparator.naturalOrder())
                    .orElse(now);
        }

        List<Event> events() {
            var happened = new ArrayList<Event>();
            added().forEach(response -> happened.add(event(EventKind.RESPONSE_GIVEN, response)));
            changed().forEach(response -> happened.add(event(EventKind.RESPONSE_CHANGED, response)));
            return happened;
        }

        private Event event(EventKind kind, ImportedResponse response) {
            return Event.of(workspaceId, kind, response.key().id(), response.contactId(), true, now);
        }
    }
}
