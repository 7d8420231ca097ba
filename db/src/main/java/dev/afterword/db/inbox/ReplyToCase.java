package dev.afterword.db.inbox;

import dev.afterword.db.Conflict;
import dev.afterword.db.DatabaseTime;
import dev.afterword.db.Key;
import dev.afterword.db.Rejected;
import dev.afterword.db.Transactions;
import dev.afterword.db.event.Event;
import dev.afterword.db.event.EventKind;
import dev.afterword.db.event.Events;
import dev.afterword.db.message.PlanSend;
import dev.afterword.db.message.SendKind;
import dev.afterword.db.message.attachment.Attached;
import dev.afterword.db.message.attachment.Attachments;
import dev.afterword.db.message.mail.MailFinding;
import dev.afterword.db.reward.Gift;
import dev.afterword.db.reward.GiveCodes;
import dev.afterword.db.reward.RewardPools;
import dev.afterword.db.workspace.Workspace;
import dev.afterword.db.workspace.Workspaces;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Answers a customer by mail, who answers back into the same case; and gives goodwill. */
@Component
public class ReplyToCase {
    private static final int LONGEST = 20_000;

    private final Workspaces workspaces;
    private final Cases cases;
    private final ActOnCase actOnCase;
    private final CaseAlarms alarms;
    private final PlanSend planSend;
    private final RewardPools pools;
    private final GiveCodes giveCodes;
    private final Attachments attachments;
    private final Events events;
    private final DatabaseTime time;
    private final Transactions transactions;

    ReplyToCase(
            Workspaces workspaces,
            Cases cases,
            ActOnCase actOnCase,
            CaseAlarms alarms,
            PlanSend planSend,
            RewardPools pools,
            GiveCodes giveCodes,
            Attachments attachments,
            Events events,
            DatabaseTime time,
            Transactions transactions) {
        this.workspaces = workspaces;
        this.cases = cases;
        this.actOnCase = actOnCase;
        this.alarms = alarms;
        this.planSend = planSend;
        this.pools = pools;
        this.giveCodes = giveCodes;
        this.attachments = attachments;
        this.events = events;
        this.time = time;
        this.transactions = transactions;
    }

    /**
     * Sends it as a service, whatever else the customer gets. Otherwise {@code case.nobody}, {@code case.closed}, or what keeps the words from being said: a
     * field that nothing fills, a gap, a link that leads nowhere.
     *
     * @param words in Markdown; they may mention the fields of mails, as {{contact.firstName|there}}
     */
    public Mono<Void> reply(Key key, @Nullable UUID staffId, String words) {
        return reply(key, staffId, words, List.of());
    }

    /** The same with files, which the mail takes along. */
    public Mono<Void> reply(Key key, @Nullable UUID staffId, String words, List<Attached> files) {
        var said = words.strip();
        if (said.isEmpty() || said.length() > LONGEST) {
            return Mono.error(new Rejected("case.words-length", "words", LONGEST));
        }
        return workspaces
                .findById(key.workspaceId())
                .doOnNext(workspace -> check(workspace, said))
                .then(time.now())
                .flatMap(now -> transactions.run(cases.lock(key).flatMap(found -> {
                    var contactId = whom(found);
                    return planSend.service(key.workspaceId(), contactId, found.orderId(), SendKind.REPLY, now)
                            .flatMap(send -> cases.add(Addition.replied(key, staffId, said, send), now)
                                    .then(attachments.add(key.workspaceId(), send, files, now)))
                            .then(actOnCase.answered(key, now, true))
                            .then(tell(found, now));
                })));
    }

    private static void check(Workspace workspace, String said) {
        ReplyTemplate.problems(workspace, "", Map.of(workspace.language(), said)).stream()
                .filter(finding -> finding.severity() == MailFinding.Severity.STOPS)
                .findFirst()
                .ifPresent(finding -> {
                    throw new Rejected(
                            finding.code(), "words", finding.arguments().toArray());
                });
    }

    /** Gives a code from that pool; it is told in a mail of its own. Otherwise {@code reward-pool.unknown}, {@code reward-pool.archived} or {@code case.nobody}. */
    public Mono<Void> give(Key key, @Nullable UUID staffId, String poolKey) {
        return time.now()
                .flatMap(now -> transactions.run(cases.lock(key)
                        .flatMap(found -> pools.byKey(key.workspaceId(), poolKey)
                                .flatMap(pool -> {
                                    if (pool.archived()) {
                                        return Mono.error(new Conflict("reward-pool.archived", pool.name()));
                                    }
                                    var gift = Gift.goodwill(pool, whom(found), staffId, key.id(), true);
                                    return giveCodes
                                            .give(List.of(gift), now)
                                            .then(cases.add(
                                                    Addition.given(
                                                            key,
                                                            staffId,
                                                            pool.name() + ": "
                                                                    + pool.offer()
                                                                            .said("en", "en"),
                                                            gift.key().id()),
                                                    now))
                                            .then(alarms.kept(key))
                                            .then(tell(found, now));
                                }))));
    }

    private static UUID whom(Case found) {
        if (!found.status().running()) {
            throw new Conflict("case.closed");
        }
        var contactId = found.contactId();
        if (contactId == null) {
            throw new Conflict("case.nobody");
        }
        return contactId;
    }

    private Mono<Void> tell(Case found, Instant now) {
        return events.append(Event.of(
                found.key().workspaceId(), EventKind.CASE_CHANGED, found.key().id(), found.contactId(), false, now));
    }
}
