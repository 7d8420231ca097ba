package dev.afterword.db.response;

import com.github.f4b6a3.uuid.util.UuidUtil;
import dev.afterword.db.Conflict;
import dev.afterword.db.Key;
import dev.afterword.db.NotFound;
import dev.afterword.db.order.Order;
import dev.afterword.db.order.Orders;
import dev.afterword.db.survey.SettingsOfSurveys;
import dev.afterword.db.survey.SurveyLink;
import dev.afterword.db.survey.Surveys;
import dev.afterword.db.workspace.AfterwordSecret;
import dev.afterword.db.workspace.LinkToken;
import dev.afterword.db.workspace.Workspace;
import dev.afterword.db.workspace.Workspaces;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** What the links of surveys lead to, which anybody may open: looking stores nothing. */
@Repository
public class SurveyVisits {
    private final Workspaces workspaces;
    private final Surveys surveys;
    private final SettingsOfSurveys settings;
    private final AnswerSheets sheets;
    private final Invitations invitations;
    private final Orders orders;
    private final AfterwordSecret secret;
    private final Clock clock;

    SurveyVisits(
            Workspaces workspaces,
            Surveys surveys,
            SettingsOfSurveys settings,
            AnswerSheets sheets,
            Invitations invitations,
            Orders orders,
            AfterwordSecret secret,
            Clock clock) {
        this.workspaces = workspaces;
        this.surveys = surveys;
        this.settings = settings;
        this.sheets = sheets;
        this.invitations = invitations;
        this.orders = orders;
        this.secret = secret;
        this.clock = clock;
    }

    /**
     * An order on a receipt.
     *
     * @param externalId the shop's own
     * @param signature what the till wrote behind it
     */
    public record Receipt(String externalId, String signature) {}

    /**
     * What stands behind a link.
     *
     * @param begun whether it is stored already
     */
    public record Visited(AnswerSheet sheet, boolean begun) {}

    private record Opened(Workspace workspace, SurveyLink link, boolean anonymous) {}

    /**
     * The sheet of somebody who begins, or has begun a moment ago with the same id; otherwise {@code survey-link.unknown}. Where an invitation stands for the
     * order of a receipt, it is that one's.
     *
     * @param id of the response that begins; null for a new one
     * @param language chooses among those that the survey speaks, or none
     */
    public Mono<Visited> open(
            LinkToken token,
            @Nullable Receipt receipt,
            @Nullable UUID id,
            Function<List<String>, Optional<String>> language) {
        return opened(token)
                .flatMap(opened -> order(opened, receipt)
                        .flatMap(order -> standing(opened, order.orElse(null), id)
                                .switchIfEmpty(Mono.defer(() -> begin(opened, order.orElse(null), id, language)
                                        .map(sheet -> new Visited(sheet, false))))));
    }

    private Mono<Opened> opened(LinkToken token) {
        return workspaces
                .findByCode(token.workspaceCode())
                .switchIfEmpty(Mono.error(() -> new NotFound("survey-link.unknown")))
                .flatMap(workspace -> settings.link(new Key(workspace.id(), token.id()))
                        .flatMap(link -> settings.find(new Key(workspace.id(), link.surveyId()))
                                .map(found -> new Opened(workspace, link, found.anonymous()))));
    }

    /** Receipts name an order, and only they; one that has not arrived yet is none. Nobody's order is looked up where nobody can be known. */
    private Mono<Optional<Order>> order(Opened opened, @Nullable Receipt receipt) {
        var link = opened.link();
        if ((receipt != null) != (link.kind() == SurveyLink.Kind.RECEIPT)) {
            return Mono.error(new NotFound("survey-link.unknown"));
        }
        if (receipt == null) {
            return Mono.just(Optional.empty());
        }
        if (!link.signed(receipt.externalId(), receipt.signature(), secret)) {
            return Mono.error(new NotFound("survey-link.unknown"));
        }
        return opened.anonymous()
                ? Mono.just(Optional.empty())
                : orders.findByExternalId(opened.workspace().id(), receipt.externalId())
                        .singleOptional()
                        .onErrorResume(NotFound.class, unknown -> Mono.just(Optional.empty()));
    }

    private Mono<Visited> standing(Opened opened, @Nullable Order order, @Nullable UUID id) {
        var link = opened.link();
        var workspaceId = opened.workspace().id();
        if (order == null && id == null) {
            return Mono.empty();
        }
        var found = order != null
                ? invitations.standing(workspaceId, link.surveyId(), order.key().id())
                : invitations
                        .find(new Key(workspaceId, Objects.requireNonNull(id)))
                        .onErrorResume(NotFound.class, fresh -> Mono.empty())
                        .doOnNext(begun -> {
                            if (!link.key().id().equals(begun.linkId())) {
                                throw new NotFound("survey-link.unknown");
                            }
                        });
        return found.flatMap(invitation -> sheets.find(new LinkToken(
                        opened.workspace().code(), invitation.key().id())))
                .map(sheet -> new Visited(sheet, true));
    }

    private Mono<AnswerSheet> begin(
            Opened opened,
            @Nullable Order order,
            @Nullable UUID id,
            Function<List<String>, Optional<String>> language) {
        var workspace = opened.workspace();
        var link = opened.link();
        return surveys.latestOf(new Key(workspace.id(), link.surveyId())).flatMap(version -> {
            var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
            return sheets.beginning(
                    workspace,
                    Invitation.begun(
                            new Key(workspace.id(), id == null ? newId(opened.anonymous()) : id),
                            version,
                            link.key().id(),
                            order == null ? null : order.contactId(),
                            order == null ? null : order.key().id(),
                            language.apply(version.definition().languages()).orElse(workspace.language()),
                            begunAt(id, now)));
        });
    }

    /** An answer that nobody may be tied to does not tell its time. */
    private static UUID newId(boolean anonymous) {
        return anonymous ? UUID.randomUUID() : Key.nextId();
    }

    /** When the page was opened that has that id. */
    private static Instant begunAt(@Nullable UUID id, Instant now) {
        if (id == null || !UuidUtil.isTimeOrderedEpoch(id)) {
            return now;
        }
        var begun = UuidUtil.getInstant(id);
        return begun.isAfter(now) ? now : begun;
    }

    /** Stores the invitation of a sheet that begins; whoever was quicker for the same order, or with the same page, is found. */
    public Mono<AnswerSheet> begin(AnswerSheet sheet) {
        var beginning = sheet.invitation();
        var workspaceId = beginning.key().workspaceId();
        var orderId = beginning.orderId();
        return invitations
                .insert(List.of(beginning))
                .then(Mono.defer(() -> orderId == null
                        ? invitations.find(beginning.key())
                        : invitations.standing(workspaceId, beginning.surveyId(), orderId)))
                .switchIfEmpty(Mono.error(() -> new Conflict("invitation.closed")))
                .flatMap(stored -> sheets.find(
                        new LinkToken(sheet.workspace().code(), stored.key().id())));
    }
}
