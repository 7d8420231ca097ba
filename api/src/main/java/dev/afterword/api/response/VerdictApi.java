package dev.afterword.api.response;

import dev.afterword.api.Caller;
import dev.afterword.db.response.hit.ReplayVerdicts;
import dev.afterword.db.response.hit.ReplayVerdicts.Replayed;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Judges stored requests of links again, a part at a time. */
@RestController
@Tag(name = "Responses")
class VerdictApi {
    private static final int BATCHES = 20;

    private final ReplayVerdicts replay;

    VerdictApi(ReplayVerdicts replay) {
        this.replay = replay;
    }

    @PostMapping("/api/v1/verdicts/replay")
    @Operation(
            summary = "Judge requests of links again",
            description =
                    "With the rule that holds now, from the oldest on, at most 10,000 a call: go on with after=next until next is null. Responses of which a machine is the only evidence no longer count, others count again; staff’s word stands. What older rules said is kept. Doing it twice changes nothing.")
    Mono<ReplayResponse> replay(Caller caller, @RequestParam(required = false) @Nullable UUID after) {
        return replay.replay(caller.workspaceId(), after, BATCHES).map(ReplayResponse::of);
    }

    /**
     * What it did.
     *
     * @param rule the version of the rule that judged
     * @param changed verdicts that are others than before
     * @param next where to go on; null at the end
     */
    @Schema(name = "Replay")
    record ReplayResponse(
            int rule,
            int judged,
            int changed,
            int discarded,
            int countedAgain,
            @Nullable UUID next) {
        static ReplayResponse of(Replayed replayed) {
            return new ReplayResponse(
                    replayed.rule(),
                    replayed.judged(),
                    replayed.changed(),
                    replayed.discarded(),
                    replayed.countedAgain(),
                    replayed.next());
        }
    }
}
