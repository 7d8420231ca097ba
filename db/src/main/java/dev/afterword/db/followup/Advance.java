package dev.afterword.db.followup;

import dev.afterword.db.Key;
import dev.afterword.db.Transactions;
import dev.afterword.db.followup.journey.FollowUpDefinition;
import dev.afterword.db.followup.journey.Next;
import dev.afterword.db.followup.journey.Standing;
import dev.afterword.db.followup.journey.Step;
import dev.afterword.db.followup.journey.Trigger;
import dev.afterword.db.followup.journey.Walk;
import dev.afterword.db.message.AllowedHours;
import dev.afterword.db.message.ContactPolicies;
import dev.afterword.db.message.ContactPolicy;
import dev.afterword.db.message.GivePlaces;
import dev.afterword.db.message.MayWrite;
import dev.afterword.db.message.SkipReason;
import dev.afterword.db.order.OrderStatus;
import dev.afterword.db.workspace.Purpose;
import dev.afterword.db.workspace.Workspace;
import dev.afterword.db.workspace.Workspaces;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Takes people who go through a follow-up as far as they come now, and keeps where they stand and each decision; a later one replaces an earlier until the mail is under way. */
@Component
class Advance {
    /** No follow-up has as many steps. */
    private static final int ROUNDS = 100;

    private final FollowUps followUps;
    private final Workspaces workspaces;
    private final MayWrite mayWrite;
    private final ContactPolicies policies;
    private final GivePlaces givePlaces;
    private final MoreFacts moreFacts;
    private final WeighArms weighArms;
    private final TakeBackStrayed takeBackStrayed;
    private final KeepCourses keepCourses;
    private final DatabaseClient database;
    private final Transactions transactions;

    Advance(
            FollowUps followUps,
            Workspaces workspaces,
            MayWrite mayWrite,
            ContactPolicies policies,
            GivePlaces givePlaces,
            MoreFacts moreFacts,
            WeighArms weighArms,
            TakeBackStrayed takeBackStrayed,
            KeepCourses keepCourses,
            DatabaseClient database,
            Transactions transactions) {
        this.followUps = followUps;
        this.workspaces = workspaces;
        this.mayWrite = mayWrite;
        this.policies = policies;
        this.givePlaces = givePlaces;
        this.moreFacts = moreFacts;
        this.weighArms = weighArms;
        this.takeBackStrayed = takeBackStrayed;
        this.keepCourses = keepCourses;
        this.database = database;
        this.transactions = transactions;
    }

    /** Decides and keeps, in one transaction and a fixed number of statements for each step that somebody comes to. */
    Mono<Void> advance(Key followUpKey, Collection<UUID> enrollments, Instant now) {
        if (enrollments.isEmpty()) {
            return Mono.empty();
        }
        return transactions.run(followUps
                .findLocked(followUpKey)
                .flatMap(followUp -> workspaces
                        .findById(followUpKey.workspaceId())
                        .flatMap(workspace -> rounds(followUp, workspace, enrollments, now, ROUNDS))));
    }

    private Mono<Void> rounds(
            FollowUp followUp, Workspace workspace, Collection<UUID> enrollments, Instant now, int left) {
        return courses(followUp, workspace, enrollments, now)
                .flatMap(found -> takeBackStrayed
                        .takeBack(workspace.id(), found.courses(), now)
                        .then(judged(followUp, workspace, found, now)))
                .flatMap(courses -> keepCourses
                        .keep(followUp, workspace, courses, now)
                        .then(Mono.defer(() -> {
                            var on = courses.stream()
                                    .filter(course -> course.goesOn(now))
                                    .map(course -> course.traveller().enrollmentId())
                                    .toList();
                            return on.isEmpty() || left == 0
                                    ? Mono.empty()
                                    : rounds(followUp, workspace, on, now, left - 1);
                        })));
    }

    /** Decides and keeps nothing. */
    Mono<List<Course>> decide(FollowUp followUp, Workspace workspace, Collection<UUID> enrollments, Instant now) {
        return courses(followUp, workspace, enrollments, now).flatMap(found -> judged(followUp, workspace, found, now));
    }

    /** Courses of which the contact policy has not been asked yet. */
    private record Courses(ContactPolicy policy, List<Course> courses) {}

    private Mono<Courses> courses(FollowUp followUp, Workspace workspace, Collection<UUID> enrollments, Instant now) {
        return Mono.zip(
                        travellers(workspace.id(), enrollments, now),
                        policies.find(workspace.id()),
                        weighArms.shares(followUp))
                .map(found -> {
                    var policy = found.getT2();
                    var courses = found.getT1().stream()
                            .map(one -> course(
                                    one.traveller(),
                                    one.definition(),
                                    followUp,
                                    workspace,
                                    policy.hours(workspace),
                                    found.getT3(),
                                    now))
                            .toList();
                    return new Courses(policy, courses);
                });
    }

    private record Travelling(Traveller traveller, FollowUpDefinition definition) {}

    private Mono<List<Travelling>> travellers(UUID workspaceId, Collection<UUID> enrollments, Instant now) {
        return database.sql(Traveller.SQL)
                .bind(0, workspaceId)
                .bind(1, enrollments.toArray(UUID[]::new))
                .map(Traveller::read)
                .all()
                .collectList()
                .flatMap(found -> {
                    var versions = new HashSet<UUID>();
                    found.forEach(traveller -> versions.add(traveller.versionId()));
                    return followUps.definitions(workspaceId, versions).flatMap(definitions -> {
                        var people = found.stream().map(Traveller::person).toList();
                        return moreFacts
                                .of(workspaceId, definitions.values(), people, now)
                                .map(more -> found.stream()
                                        .map(one -> new Travelling(
                                                one.knowing(more.getOrDefault(one.enrollmentId(), Map.of())),
                                                Objects.requireNonNull(definitions.get(one.versionId()))))
                                        .toList());
                    });
                });
    }

    /**
     * How somebody goes on, before the contact policy is asked.
     *
     * @param shares of the arms of those splits that learn, as {@link WeighArms#shares} has them
     */
    static Course course(
            Traveller traveller,
            FollowUpDefinition definition,
            FollowUp followUp,
            Workspace workspace,
            AllowedHours hours,
            Map<String, Map<String, Double>> shares,
            Instant now) {
        var next = Walk.next(
                definition,
                traveller.standing(workspace, new Drawn(followUp, traveller.contactId(), shares)),
                now,
                followUp.enabled());
        var exit = exit(traveller, definition);
        var going = traveller;
        Decision decision = null;
        switch (next.stop()) {
            case Next.Write write -> {
                going = traveller.askedIn(write.written());
                var sent = going.sends().get(write.step());
                if (sent == null || sent.open()) {
                    decision = exit == null
                            ? Decision.of(going, definition, write, followUp, workspace, hours, now)
                            : Decision.refused(going, write.written(), write.due(), exit);
                }
            }
            case Next.Hold hold -> {
                var waiting = hold.next();
                decision = waiting == null
                        ? null
                        : Decision.refused(
                                traveller, waiting, traveller.begunAt(), exit == null ? hold.reason() : exit);
            }
            case Next.Look _, Next.Ended _ -> {}
        }
        return new Course(going, definition, next, decision, exit);
    }

    /** Where the contact falls in a split: by a hash, so that it is the same for every order and after every crash. */
    private record Drawn(FollowUp followUp, UUID contactId, Map<String, Map<String, Double>> learnt)
            implements Standing.Draw {
        @Override
        public double of(String split) {
            return StableDraw.of(followUp.key().workspaceId(), followUp.followUpKey() + "/" + split, contactId);
        }

        @Override
        public Map<String, Double> shares(String split) {
            return learnt.getOrDefault(split, Map.of());
        }
    }

    /** Why somebody leaves before any step; null when they stay. Service goes on whatever happens to the order: it is about it. */
    private static @Nullable SkipReason exit(Traveller traveller, FollowUpDefinition definition) {
        if (traveller.troubled()
                && definition.purpose() != Purpose.SERVICE
                && !(definition.trigger() instanceof Trigger.CaseClosed)) {
            return SkipReason.OPEN_CASE;
        }
        var order = traveller.order();
        if (order != null && definition.purpose() != Purpose.SERVICE) {
            var begins = definition.trigger() instanceof Trigger.OrderReaches reaches ? reaches.status() : null;
            if (order.status().equals(OrderStatus.CANCELLED.code()) && begins != OrderStatus.CANCELLED) {
                return SkipReason.CANCELLED;
            }
            if (order.status().equals(OrderStatus.REFUNDED.code()) && begins != OrderStatus.REFUNDED) {
                return SkipReason.REFUNDED;
            }
            if (order.returned()) {
                return SkipReason.RETURNED;
            }
        }
        var rule = definition.exit();
        return rule != null && rule.holds(traveller.steps()) ? SkipReason.LEFT : null;
    }

    private Mono<List<Course>> judged(FollowUp followUp, Workspace workspace, Courses found, Instant now) {
        var courses = found.courses();
        var planned = courses.stream()
                .flatMap(course -> Stream.ofNullable(course.decision())
                        .filter(Decision::planned)
                        .map(decision ->
                                decision.candidate(followUp, course.definition().purpose())))
                .toList();
        return mayWrite.refusedForPlanning(workspace.id(), planned).flatMap(refused -> {
            var judged = courses.stream()
                    .map(course -> course.refused(refused))
                    .sorted(Course.BY_DUE)
                    .toList();
            return placed(workspace, quarantined(workspace, found.policy(), judged), now);
        });
    }

    /** What is planned anew gets its place in the person's week; what stands keeps its own. */
    private Mono<List<Course>> placed(Workspace workspace, List<Course> courses, Instant now) {
        var wanted = courses.stream()
                .flatMap(course -> Stream.ofNullable(course.decision())
                        .filter(decision -> decision.planned() && !decision.stands())
                        .map(decision -> decision.wanted(course.definition(), workspace)))
                .toList();
        return givePlaces
                .plan(workspace, wanted, now)
                .map(places ->
                        courses.stream().map(course -> course.placed(places)).toList());
    }

    /** Of several questions to one address in the same batch only the first is asked within the quarantine over all surveys, or within the survey's own. */
    private static List<Course> quarantined(Workspace workspace, ContactPolicy policy, List<Course> courses) {
        var asked = new HashMap<String, Instant>();
        var judged = new ArrayList<Course>(courses.size());
        for (var course : courses) {
            var decision = course.decision();
            var address = course.traveller().address();
            if (decision == null
                    || !decision.planned()
                    || address == null
                    || !(decision.step() instanceof Step.Ask ask)) {
                judged.add(course);
                continue;
            }
            var ofSurvey = address + " " + ask.survey();
            if (within(asked.get(address), workspace.quarantineDays(), decision.due())
                    || within(
                            asked.get(ofSurvey), policy.quarantines().getOrDefault(ask.survey(), 0), decision.due())) {
                judged.add(course.because(SkipReason.QUARANTINE));
            } else {
                asked.put(address, decision.due());
                asked.put(ofSurvey, decision.due());
                judged.add(course);
            }
        }
        return judged;
    }

    private static boolean within(@Nullable Instant earlier, int days, Instant due) {
        return earlier != null && due.isBefore(earlier.plus(Duration.ofDays(days)));
    }
}
