package dev.afterword.web.start;

import dev.afterword.db.Installation;
import dev.afterword.db.workspace.OneTimeLinks;
import dev.afterword.web.AtStart;
import dev.afterword.web.StartProblem;
import java.time.Clock;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;

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
        AtStart.run(links.firstOwner(clock.instant())
                .doOnNext(token -> System.out.println(
                        StartProblem.sentence("first-owner", installation.link("/welcome/" + token))))
                .then());
    }
}
