package dev.afterword.web.insight;

import dev.afterword.db.Estimate;
import dev.afterword.db.insight.Dimension;
import dev.afterword.db.insight.Metric;
import dev.afterword.db.insight.SegmentAttribute;
import dev.afterword.db.insight.TrendSentence;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Puts figures, days, segments and computed sentences into the words of the staff's screens; the texts stand in messages. */
@Component
class Wording {
    private static final Locale ENGLISH = Locale.ENGLISH;
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM yyyy", ENGLISH);

    private final MessageSource messages;

    Wording(MessageSource messages) {
        this.messages = messages;
    }

    String text(String code, Object... arguments) {
        return messages.getMessage(code, arguments, ENGLISH);
    }

    static String day(LocalDate day) {
        return DAY.format(day);
    }

    /** A figure with its unit: 41, 86%, 4.27. */
    static String figure(Metric metric, double value) {
        return switch (metric) {
            case NPS -> number("0", value);
            case CSAT, RESPONSE_RATE -> number("0", value) + "%";
            case CES, MEAN -> number("0.00", value);
        };
    }

    /** The same with a digit more, for tables. */
    static String exact(Metric metric, double value) {
        return switch (metric) {
            case NPS -> number("0.0", value);
            case CSAT, RESPONSE_RATE -> number("0.0", value) + "%";
            case CES, MEAN -> number("0.000", value);
        };
    }

    /** The distance of two figures, with its sign. */
    static String change(Metric metric, double value) {
        var text = switch (metric) {
            case NPS, CSAT, RESPONSE_RATE -> number("0", value);
            case CES, MEAN -> number("0.00", value);
        };
        return value > 0 && !text.matches("[0.]*") ? "+" + text : text;
    }

    /** The 95 % interval, as 81–90; empty without one. */
    static String interval(Metric metric, Estimate estimate) {
        if (estimate.low() == null || estimate.high() == null) {
            return "";
        }
        var pattern = metric == Metric.CES || metric == Metric.MEAN ? "0.00" : "0";
        var low = number(pattern, estimate.low());
        var high = number(pattern, estimate.high());
        return low + (high.startsWith("−") ? " to " : "–") + high;
    }

    private static String number(String pattern, double value) {
        var format = new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(ENGLISH));
        var text = format.format(value);
        return text.matches("-[0.]+") ? text.substring(1) : text.replace('-', '−');
    }

    /** A dimension's name, as Delivery; one of the workspace's own is its own name. */
    String dimension(String code) {
        var own = new Dimension(code).attribute();
        return own.orElseGet(() -> named("dimension." + code, code));
    }

    /** A dimension's name within a sentence: an attribute is quoted, because it may be any word. */
    String inWords(Dimension dimension) {
        return dimension
                .attribute()
                .map(name -> "“" + name + "”")
                .orElseGet(() -> dimension(dimension.code()).toLowerCase(ENGLISH));
    }

    /** A segment's name, as on time; countries and the like are their own names, products have theirs among the given ones. */
    String segment(@Nullable String dimension, String value, Map<String, String> names) {
        if (value.equals(SegmentAttribute.OTHER)
                && dimension != null
                && new Dimension(dimension).attribute().isPresent()) {
            return text("segment.other");
        }
        var name = names.get(value);
        return name != null ? name : named("segment." + dimension + "." + value, value);
    }

    private String named(String code, String otherwise) {
        var text = messages.getMessage(code, null, otherwise, ENGLISH);
        return text == null ? otherwise : text;
    }

    String sentence(TrendSentence sentence, @Nullable String dimension, Map<String, String> names) {
        var arguments = sentence.arguments().stream()
                .map(argument -> argument instanceof LocalDate day
                        ? (Object) day(day)
                        : sentence.segment().filter(argument::equals).isPresent()
                                ? told(dimension, argument.toString(), names)
                                : argument)
                .toArray();
        return text(sentence.key(), arguments);
    }

    /** A segment where nothing beside it says what it is of: a value of an attribute, as yes or 3, goes with the attribute's name. */
    private String told(@Nullable String dimension, String value, Map<String, String> names) {
        var own =
                dimension == null ? null : new Dimension(dimension).attribute().orElse(null);
        var segment = segment(dimension, value, names);
        return own == null ? segment : own + ": " + segment;
    }
}
