package dev.afterword.web.insight;

import dev.afterword.db.Estimate;
import dev.afterword.db.insight.Trend;
import dev.afterword.db.insight.TrendSentence;
import dev.afterword.web.insight.TrendView.Place;
import dev.afterword.web.insight.TrendView.SegmentRow;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Segments beside each other: the best first, then those with too few answers; each with a dot and its interval on one common line. */
@Component
class SegmentRows {
    private static final double LENGTH = 200;

    private final Wording wording;

    SegmentRows(Wording wording) {
        this.wording = wording;
    }

    List<SegmentRow> of(Trend compared, ResponseLinks links, Map<String, String> names) {
        var all = compared.series().stream()
                .map(series -> new Measured(
                        Objects.requireNonNullElse(series.segment(), ""),
                        series.scores().map(compared.metric()::of).orElse(Estimate.NONE)))
                .toList();
        var enough = all.stream()
                .filter(one -> one.estimate().enough())
                .sorted(Comparator.comparingDouble(Measured::value).reversed())
                .toList();
        var few = all.stream().filter(one -> !one.estimate().enough());
        var line = Line.around(enough);
        var sentence = TrendSentence.of(compared);
        return Stream.concat(enough.stream(), few)
                .map(one -> row(compared, links, names, one, enough, line, sentence))
                .toList();
    }

    private SegmentRow row(
            Trend compared,
            ResponseLinks links,
            Map<String, String> names,
            Measured one,
            List<Measured> enough,
            Line line,
            TrendSentence sentence) {
        var by = compared.by() == null ? "" : compared.by().code();
        return new SegmentRow(
                wording.segment(by, one.segment(), names),
                TrendViews.figure(compared.metric(), one.estimate()),
                enough.contains(one) ? line.place(one.estimate()) : null,
                told(sentence, one) && sentence.key().contains(".highest."),
                told(sentence, one) && !sentence.key().contains(".highest."),
                compared.question() == null ? null : links.segment(by, one.segment()));
    }

    /** Whether the sentence is about this segment: only then its difference is certain, and shown in colour. */
    private static boolean told(TrendSentence sentence, Measured one) {
        return sentence.segment().filter(one.segment()::equals).isPresent()
                || (sentence.key().contains(".late.") && one.segment().equals("late"));
    }

    private record Measured(String segment, Estimate estimate) {
        double value() {
            return Objects.requireNonNullElse(estimate.value(), 0.0);
        }
    }

    /** The common line, from the lowest end of an interval to the highest. */
    private record Line(double low, double high) {
        static Line around(List<Measured> measured) {
            return new Line(
                    measured.stream()
                            .mapToDouble(one ->
                                    Objects.requireNonNullElse(one.estimate().low(), one.value()))
                            .min()
                            .orElse(0),
                    measured.stream()
                            .mapToDouble(one ->
                                    Objects.requireNonNullElse(one.estimate().high(), one.value()))
                            .max()
                            .orElse(1));
        }

        Place place(Estimate estimate) {
            return new Place(at(estimate.low()), at(estimate.value()), at(estimate.high()));
        }

        private String at(@Nullable Double value) {
            var place = value == null || high <= low ? LENGTH / 2 : 4 + (value - low) / (high - low) * (LENGTH - 8);
            return String.format(Locale.ENGLISH, "%.1f", place);
        }
    }
}
