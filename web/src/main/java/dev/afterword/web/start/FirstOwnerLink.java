package dev.afterword.web.start;

import dev.afterword.db.Installation;
import dev.afterword.db.workspace.OneTimeLinks;
import dev.afterword.web.AtStart;
import dev.afterword.web.StartProblem;
import java.time.Clock;
import java.time.Duration;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** While an installation has no staff: the link on the console by which its first owner signs up. Whoever reads the console runs the machine. */
final class FirstOwnerLink {
    private final OneTimeLinks links;
    private final Installation installation;
    private final Clock clock;

    FirstOwnerLink(OneTimeLinks links, Installation installation, Clock clock) {
        this.links = links;
        this.installation = installation;
        this.clock = clock;
    }

    @EventListener(ApplicationReadyEvent.class)
    void show() {
        AtStart.run(Mono.defer(() -> links.firstOwner(clock.instant()))
                // The first connection of a cold process on a busy machine may take longer than a request would wait.
                .retryWhen(Retry.backoff(8, Duration.ofMillis(500)))
                .doOnNext(token -> System.out.println(
                        StartProblem.sentence("first-owner", installation.link("/welcome/" + token))))
                .then());
    }
}
