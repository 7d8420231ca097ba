package dev.afterword.db.message.sender;

import java.time.LocalDate;
import java.util.Collection;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How many mails a domain that mailbox providers do not know yet may send a day: more each day, as long as little comes back. After a day on which too much did, or
 * on which less than half of what was allowed went out, it stays as it was.
 *
 * @param firstDay in the workspace's zone
 * @param growth from one day to the next
 */
public record WarmUp(LocalDate firstDay, int firstCap, double growth) {
    public static final int FIRST_CAP = 200;
    public static final double GROWTH = 1.7;
    /** From so many a day on nobody asks any more. */
    private static final double OVER = 100_000;

    private static final double USED = 0.5;
    private static final double MOST_BOUNCED = 0.02;
    private static final double MOST_REPORTED = 0.001;
    private static final double MOST_DEFERRED = 0.05;

    /**
     * What went out on a day, and what became of it.
     *
     * @param deferred mails that a server did not take at once
     */
    public record Day(LocalDate date, long sent, long bounced, long reported, long deferred) {
        boolean clean() {
            return bounced <= sent * MOST_BOUNCED
                    && reported <= sent * MOST_REPORTED
                    && deferred <= sent * MOST_DEFERRED;
        }
    }

    /** How many may go out on a day, given the days before; empty when it is over. */
    public OptionalLong cap(LocalDate today, Collection<Day> before) {
        var days = before.stream().collect(Collectors.toMap(Day::date, Function.identity()));
        double cap = firstCap;
        for (var date = firstDay; date.isBefore(today) && cap < OVER; date = date.plusDays(1)) {
            var day = days.get(date);
            if (day != null && day.clean() && day.sent >= cap * USED) {
                cap *= growth;
            }
        }
        return cap >= OVER ? OptionalLong.empty() : OptionalLong.of((long) cap);
    }
}
