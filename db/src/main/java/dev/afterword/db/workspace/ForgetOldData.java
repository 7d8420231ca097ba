package dev.afterword.db.workspace;

import dev.afterword.db.DatabaseTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Forgets what workspaces do not want to keep any longer, a batch at a time. */
@Component
public class ForgetOldData {
    private final Retentions retentions;
    private final List<Retained> features;
    private final DatabaseTime time;

    ForgetOldData(Retentions retentions, List<Retained> features, DatabaseTime time) {
        this.retentions = retentions;
        this.features = features;
        this.time = time;
    }

    /** One batch of every kind in every workspace that chose so; true when there may be more. */
    public Mono<Boolean> round() {
        return time.now()
                .flatMap(now -> retentions
                        .all()
                        .concatMap(chosen -> Flux.fromIterable(features)
                                .filter(feature -> feature.kind() == chosen.kind())
                                .concatMap(feature -> forget(feature, chosen, now)))
                        .reduce(false, (more, one) -> more || one));
    }

    private Mono<Boolean> forget(Retained feature, Retentions.Chosen chosen, Instant now) {
        var before = now.minus(Duration.ofDays(chosen.days()));
        return feature.forget(chosen.workspaceId(), chosen.doneUntil(), before)
                .flatMap(until -> retentions.done(chosen, until).thenReturn(until.isBefore(before)));
    }
}
