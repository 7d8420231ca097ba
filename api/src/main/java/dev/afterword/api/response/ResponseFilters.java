package dev.afterword.api.response;

import dev.afterword.db.Days;
import dev.afterword.db.Rejected;
import dev.afterword.db.response.ResponseFilter;
import dev.afterword.db.response.ScoreBand;
import dev.afterword.db.response.topic.ResponseLabels;
import dev.afterword.db.survey.Surveys;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Reads which responses a program asks for. */
@Component
class ResponseFilters {
    private final Surveys surveys;

    ResponseFilters(Surveys surveys) {
        this.surveys = surveys;
    }

    /** The filter that the parameters of a call mean; null and blank ones mean any. */
    Mono<ResponseFilter> of(
            UUID workspaceId,
            @Nullable String survey,
            @Nullable String from,
            @Nullable String to,
            @Nullable String band,
            @Nullable String order,
            @Nullable String text,
            @Nullable String stage,
            @Nullable String standing,
            @Nullable String mark,
            @Nullable String topic,
            @Nullable String tag) {
        var standings = ResponseFilter.standings(standing);
        var marked = ResponseFilter.mark(mark);
        var first = Days.of(from, "from");
        var last = Days.of(to, "to");
        return scores(workspaceId, survey, band)
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty())
                .map(scores -> new ResponseFilter(
                        given(survey).orElse(null),
                        scores.orElse(null),
                        first,
                        last,
                        given(text).orElse(null),
                        given(stage)
                                .map(value -> new ResponseFilter.Segment("stage", value))
                                .orElse(null),
                        null,
                        given(order).orElse(null),
                        standings,
                        marked,
                        given(topic).orElse(null),
                        given(tag).map(ResponseLabels::tag).orElse(null)));
    }

    /** The scores of the band, in the question of the survey that has it. */
    private Mono<ResponseFilter.Scores> scores(UUID workspaceId, @Nullable String survey, @Nullable String band) {
        if (band == null || band.isBlank()) {
            return Mono.empty();
        }
        if (survey == null || survey.isBlank()) {
            return Mono.error(new Rejected("response.band-without-survey", "survey"));
        }
        return surveys.latest(workspaceId, survey)
                .map(version -> version.definition().questions().stream()
                        .flatMap(question -> ScoreBand.of(question).stream()
                                .filter(one -> one.code().equals(band))
                                .map(one -> new ResponseFilter.Scores(question.key(), one.from(), one.to())))
                        .findFirst()
                        .orElseThrow(() -> new Rejected("response.band-unknown", "band", band)));
    }

    private static Optional<String> given(@Nullable String value) {
        return Optional.ofNullable(value).filter(text -> !text.isBlank());
    }
}
