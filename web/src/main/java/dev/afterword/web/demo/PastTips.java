package dev.afterword.web.demo;

import dev.afterword.db.followup.CreateFollowUp;
import dev.afterword.db.followup.EnableFollowUp;
import dev.afterword.db.followup.PublishFollowUp;
import dev.afterword.db.followup.journey.FollowUpReader;
import dev.afterword.db.workspace.Ground;
import dev.afterword.db.workspace.Grounds;
import dev.afterword.db.workspace.Purpose;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** What the shop began to write by itself in the last months of the year, leaving some people out to learn what it brings: how to use what they bought. */
@Component
class PastTips {
    /** How long before its end the year comes to it. */
    static final Duration FOR = Duration.ofDays(150);

    private final Grounds grounds;
    private final CreateFollowUp createFollowUp;
    private final PublishFollowUp publishFollowUp;
    private final EnableFollowUp enableFollowUp;

    PastTips(
            Grounds grounds,
            CreateFollowUp createFollowUp,
            PublishFollowUp publishFollowUp,
            EnableFollowUp enableFollowUp) {
        this.grounds = grounds;
        this.createFollowUp = createFollowUp;
        this.publishFollowUp = publishFollowUp;
        this.enableFollowUp = enableFollowUp;
    }

    Mono<Void> begin(UUID workspaceId, Instant now) {
        return grounds.state(workspaceId, Purpose.TIPS, Ground.EXISTING_CUSTOMER, now)
                .then(createFollowUp.create(workspaceId, "Use it better", FollowUpReader.read(definition())))
                .flatMap(made -> publishFollowUp.publish(made.key(), null, false))
                .flatMap(published -> {
                    if (!published.problems().isEmpty()) {
                        throw new IllegalStateException("The demo's follow-up: " + published.problems());
                    }
                    return enableFollowUp.enable(published.followUp().key());
                })
                .then();
    }

    private static String definition() {
        try {
            return new ClassPathResource("dev/afterword/web/demo/use-it-better.json")
                    .getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
