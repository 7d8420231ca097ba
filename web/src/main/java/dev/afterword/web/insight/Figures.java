package dev.afterword.web.insight;

import dev.afterword.db.Estimate;
import dev.afterword.db.Lift;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Shares, differences and money as reports print them, and where they stand on a line of 200 units. */
final class Figures {
    private static final double WIDTH = 200;

    private Figures() {}

    /** A figure in words; empty where there is none. */
    record Figure(String value, String interval, long n) {
        static Figure percent(Estimate estimate) {
            return of(estimate.value(), estimate.low(), estimate.high(), estimate.n(), "0.0", "%");
        }

        /** Of a thousand. */
        static Figure plain(Estimate estimate) {
            return of(estimate.value(), estimate.low(), estimate.high(), estimate.n(), "0.00", "");
        }

        private static Figure of(
                @Nullable Double value,
                @Nullable Double low,
                @Nullable Double high,
                long n,
                String pattern,
                String unit) {
            return value == null
                    ? new Figure("", "", n)
                    : new Figure(number(pattern, value) + unit, Figures.interval(pattern, low, high), n);
        }
    }

    /**
     * A difference in words, with where it stands.
     *
     * @param value with its sign; empty where there is none
     * @param verdict as in messages
     */
    record Gap(
            String value,
            String interval,
            String verdict,
            @Nullable Place at) {}

    /** Places on the line: the ends of the interval, the value, and where nothing changes. */
    record Place(String low, String value, String high, String zero) {}

    /** Differences that stand on the same line. */
    static List<Gap> gaps(List<Lift> lifts) {
        double low =
                Math.min(0, ends(lifts).mapToDouble(Double::doubleValue).min().orElse(-1));
        double high =
                Math.max(0, ends(lifts).mapToDouble(Double::doubleValue).max().orElse(1));
        double room = high - low == 0 ? 1 : high - low;
        return lifts.stream().map(lift -> gap(lift, low, room)).toList();
    }

    private static Stream<Double> ends(List<Lift> lifts) {
        return lifts.stream()
                .flatMap(lift -> Stream.of(lift.low(), lift.high()))
                .filter(Objects::nonNull);
    }

    private static Gap gap(Lift lift, double low, double room) {
        var value = lift.value();
        var from = lift.low();
        var to = lift.high();
        var verdict = lift.verdict().name().toLowerCase(Locale.ROOT);
        if (value == null || from == null || to == null) {
            return new Gap("", "", verdict, null);
        }
        return new Gap(
                signed(value),
                Figures.interval("0.0", from, to),
                verdict,
                new Place(at(from, low, room), at(value, low, room), at(to, low, room), at(0, low, room)));
    }

    private static String at(double value, double low, double room) {
        return String.format(Locale.ROOT, "%.1f", 6 + (WIDTH - 12) * (value - low) / room);
    }

    /** A part in percent without decimals, which never says that there is none or that it is all where that is not so; empty of a whole that is too small. */
    static String roughly(long part, long whole) {
        if (whole < Estimate.ENOUGH) {
            return "";
        }
        var percent = Math.round(100.0 * part / whole);
        return percent == 0 && part > 0 ? "<1%" : percent == 100 && part < whole ? ">99%" : percent + "%";
    }

    static String signed(double value) {
        var text = number("0.0", value);
        return value > 0 && !text.equals("0.0") ? "+" + text : text;
    }

    static String interval(String pattern, @Nullable Double low, @Nullable Double high) {
        if (low == null || high == null) {
            return "";
        }
        var end = number(pattern, high);
        return number(pattern, low) + (low < 0 || high < 0 ? " to " : "–") + end;
    }

    static String number(String pattern, double value) {
        var text = new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(Locale.ENGLISH)).format(value);
        return text.matches("-[0.]+") ? text.substring(1) : text.replace('-', '−');
    }
}
