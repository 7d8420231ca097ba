package dev.afterword.web.response;

import dev.afterword.db.order.Offer;
import dev.afterword.db.response.AnswerSheet;
import dev.afterword.db.reward.GiveRewards;
import dev.afterword.db.reward.GivenReward;
import dev.afterword.db.reward.GivenRewards;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Gives what was promised for an answer before the thank-you page is shown; where that fails, the worker gives it a moment later. */
@Component
class ThankAtOnce {
    private static final Logger LOG = LoggerFactory.getLogger(ThankAtOnce.class);

    private final GiveRewards giveRewards;
    private final GivenRewards given;

    ThankAtOnce(GiveRewards giveRewards, GivenRewards given) {
        this.giveRewards = giveRewards;
        this.given = given;
    }

    /**
     * What somebody gets, as the page says it.
     *
     * @param code null while it is owed
     * @param until the last day; null for ever
     */
    record Thanks(
            String worth, @Nullable String code, @Nullable String until) {
        static Thanks of(Visit visit, GivenReward given) {
            var workspace = visit.sheet().workspace();
            var expires = given.expiresAt();
            return new Thanks(
                    given.offer().said(visit.language(), workspace.language()),
                    given.code(),
                    expires == null
                            ? null
                            : Offer.day(
                                    LocalDate.ofInstant(expires, workspace.zone()),
                                    visit.page().locale()));
        }
    }

    Mono<Void> thank(AnswerSheet sheet) {
        var invitation = sheet.invitation().key();
        return sheet.promise() == null
                ? Mono.empty()
                : giveRewards
                        .give(invitation.workspaceId(), List.of(invitation.id()))
                        .onErrorResume(error -> {
                            LOG.warn("The reward for {} waits for the worker", invitation.id(), error);
                            return Mono.empty();
                        });
    }

    /** For the model of the thank-you page; empty where nothing was promised. */
    Mono<Map<String, Object>> given(Visit visit) {
        return visit.sheet().promise() == null
                ? Mono.just(Map.of())
                : given.ofInvitation(visit.sheet().invitation().key())
                        .map(found -> Map.<String, Object>of("reward", Thanks.of(visit, found)))
                        .defaultIfEmpty(Map.of());
    }
}
