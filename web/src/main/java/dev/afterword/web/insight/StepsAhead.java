package dev.afterword.web.insight;

import dev.afterword.db.insight.FirstSteps;
import dev.afterword.db.workspace.StaffMails;
import dev.afterword.db.workspace.TestMail;
import dev.afterword.web.ResponseView;
import dev.afterword.web.Signed;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** What a new workspace still has to do before the first customer is asked, for who may do it. */
@Component
class StepsAhead {
    private final FirstSteps firstSteps;
    private final StaffMails staffMails;

    StepsAhead(FirstSteps firstSteps, StaffMails staffMails) {
        this.firstSteps = firstSteps;
        this.staffMails = staffMails;
    }

    /**
     * The steps with what is done of them.
     *
     * @param test the latest test mail; null where none was asked for
     * @param late nothing was heard of it for longer than a worker takes
     */
    record Steps(FirstSteps.Done done, @Nullable TestMail test, boolean late) {
        /** One after the other, as they are best done. */
        public List<Step> all() {
            return List.of(
                    new Step("sender", "mail", done.sender()),
                    new Step("test", "asking", test != null && test.sent()),
                    new Step("orders", "import", done.orders()),
                    new Step("asking", "asking", done.following()));
        }
    }

    /** @param path the page of the settings where it is done */
    record Step(String code, String path, boolean done) {}

    /** Empty once somebody has answered here, or all that is needed is done. */
    Mono<Steps> of(Signed signed, List<ResponseView> latest, Instant now) {
        if (!signed.role().mayConfigure()
                || latest.stream().anyMatch(answer -> !answer.row().imported())) {
            return Mono.empty();
        }
        var workspace = signed.workspace().id();
        return firstSteps
                .of(workspace)
                .filter(done -> !(done.sender() && done.orders() && done.following()))
                .zipWith(staffMails.latestTest(workspace).map(Optional::of).defaultIfEmpty(Optional.empty()))
                .map(read -> new Steps(
                        read.getT1(),
                        read.getT2().orElse(null),
                        read.getT2().filter(test -> test.late(now)).isPresent()));
    }
}
