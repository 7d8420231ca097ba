package dev.afterword.db.inbox;

import dev.afterword.db.Key;
import dev.afterword.db.Rejected;
import dev.afterword.db.event.Event;
import dev.afterword.db.event.EventKind;
import dev.afterword.db.event.Events;
import dev.afterword.db.workspace.Workspaces;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Opens a case, once for each thing that opens one, and says when it is due. */
@Component
public class OpenCase {
    private static final int LONGEST = 200;

    private final Cases cases;
    private final CasePolicies policies;
    private final CaseAlarms alarms;
    private final Workspaces workspaces;
    private final Events events;

    OpenCase(Cases cases, CasePolicies policies, CaseAlarms alarms, Workspaces workspaces, Events events) {
        this.cases = cases;
        this.policies = policies;
        this.alarms = alarms;
        this.workspaces = workspaces;
        this.events = events;
    }

    /**
     * What is to be worked on.
     *
     * @param source rule, reply, mail, hand, follow-up or page
     * @param sourceKey what opened it, so that the same thing never opens two; null for what somebody opens by hand
     * @param enrollmentId the journey that opens it, which it does not stop
     * @param words what the customer said, or why it is opened; null for nothing
     * @param said whether those are the customer's words
     */
    public record Opening(
            UUID workspaceId,
            CaseKind kind,
            String subject,
            @Nullable UUID contactId,
            @Nullable UUID orderId,
            @Nullable UUID responseId,
            @Nullable UUID enrollmentId,
            String source,
            @Nullable String sourceKey,
            int priority,
            @Nullable UUID ownerId,
            @Nullable String team,
            @Nullable String words,
            boolean said,
            @Nullable UUID incomingId,
            @Nullable UUID staffId) {
        public Opening {
            subject = subject.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
            if (subject.isEmpty()) {
                throw new Rejected("field.required", "subject");
            }
            if (subject.codePointCount(0, subject.length()) > LONGEST) {
                subject = subject.substring(0, subject.offsetByCodePoints(0, LONGEST));
            }
            if (priority < 1 || priority > 4) {
                throw new Rejected("case.priority-range", "priority", priority);
            }
        }
    }

    /** Joins the transaction of its caller. The case that is opened, or was opened for the same before. */
    public Mono<Case> open(Opening opening, Instant now) {
        var workspaceId = opening.workspaceId();
        return Mono.zip(workspaces.findById(workspaceId), policies.find(workspaceId))
                .flatMap(found -> {
                    var zone = found.getT1().zone();
                    var policy = found.getT2();
                    var opened = new Case(
                            Key.next(workspaceId),
                            0,
                            opening.kind(),
                            opening.subject(),
                            opening.contactId(),
                            opening.orderId(),
                            opening.responseId(),
                            opening.source(),
                            CaseStatus.OPEN,
                            opening.priority(),
                            opening.ownerId(),
                            opening.team(),
                            policy.due(now, zone, policy.firstAnswer(), opening.priority()),
                            policy.due(now, zone, policy.solution(), opening.priority()),
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            now,
                            now);
                    return cases.insert(opened, opening.sourceKey(), opening.enrollmentId())
                            .flatMap(fresh -> fresh
                                    ? alarms.set(opened, opening.staffId(), policy, zone)
                                            .then(Mono.defer(() -> tell(opened, opening, now)))
                                    : known(opening));
                });
    }

    private Mono<Case> known(Opening opening) {
        return cases.bySource(opening.workspaceId(), String.valueOf(opening.sourceKey()))
                .flatMap(id -> cases.find(new Key(opening.workspaceId(), id)));
    }

    private Mono<Case> tell(Case opened, Opening opening, Instant now) {
        var words = opening.words();
        var entry = words == null || words.isBlank()
                ? Mono.<Boolean>empty()
                : cases.add(
                        opening.said()
                                ? Addition.said(opened.key(), words, opening.incomingId())
                                : Addition.noted(
                                        opened.key(), CaseEntry.Kind.NOTE, opening.staffId(), words, List.of()),
                        now);
        return entry.then(events.append(Event.of(
                        opened.key().workspaceId(),
                        EventKind.CASE_OPENED,
                        opened.key().id(),
                        opened.contactId(),
                        false,
                        now)))
                .thenReturn(opened);
    }
}
