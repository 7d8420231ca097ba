package dev.afterword.web.inbox;

import dev.afterword.db.Key;
import dev.afterword.db.Rejected;
import dev.afterword.db.inbox.CasePhotos;
import dev.afterword.db.inbox.FeedbackLinks;
import dev.afterword.db.workspace.AfterwordSecret;
import dev.afterword.db.workspace.LinkToken;
import dev.afterword.db.workspace.Workspace;
import dev.afterword.web.inbox.ReadUpload.Upload;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** What a form with photos sends back, signed: its id, so that the same form says a thing once, and in that id the time when it was shown, so that who sends it faster than people type is asked once more. */
@Component
class FormTokens {
    private static final Duration LONGEST = Duration.ofDays(7);

    private final FeedbackLinks links;
    private final CasePhotos photos;
    private final AfterwordSecret secret;
    private final Clock clock;
    private final Duration least;

    FormTokens(
            FeedbackLinks links,
            CasePhotos photos,
            AfterwordSecret secret,
            Clock clock,
            @Value("${afterword.web.feedback-least:3s}") Duration least) {
        this.links = links;
        this.photos = photos;
        this.secret = secret;
        this.clock = clock;
        this.least = least;
    }

    /**
     * @param age since it was shown
     * @param tooSoon whether it comes sooner than people type, or was not ours
     */
    record Token(UUID id, String text, Duration age, boolean tooSoon) {}

    Token fresh(Workspace workspace) {
        var id = Key.nextId();
        return new Token(id, links.form(workspace, id), Duration.ZERO, true);
    }

    /** A fresh one where it is not ours, or a week old. */
    Token read(String text, Workspace workspace) {
        return LinkToken.verify(text, LinkToken.Use.FORM, secret)
                .filter(token -> token.workspaceCode().equals(workspace.code()))
                .map(token -> new Token(
                        token.id(), text, age(token.id()), age(token.id()).compareTo(least) < 0))
                .filter(token -> token.age().compareTo(LONGEST) < 0)
                .orElseGet(() -> fresh(workspace));
    }

    private Duration age(UUID id) {
        return Duration.between(Key.madeAt(id), clock.instant());
    }

    /** Keeps the photos of a form until all of it is right. */
    Mono<Void> keep(UUID workspaceId, UUID form, Upload sent, SpeakForm typed) {
        return (sent.value("forget").isEmpty() ? Mono.<Void>empty() : photos.forget(workspaceId, form))
                .then(Mono.defer(() -> photos.add(workspaceId, form, sent.photos())))
                .onErrorResume(Rejected.class, wrong -> {
                    typed.wrong(wrong);
                    return Mono.empty();
                });
    }
}
