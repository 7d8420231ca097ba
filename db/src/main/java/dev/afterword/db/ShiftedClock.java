package dev.afterword.db;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicReference;

/** The process's clock in UTC, which follows the shift of the database's time in tests and simulations. */
public final class ShiftedClock extends Clock {
    private final Clock real;
    private final AtomicReference<Duration> shift;

    public ShiftedClock() {
        this(Clock.systemUTC(), new AtomicReference<>(Duration.ZERO));
    }

    private ShiftedClock(Clock real, AtomicReference<Duration> shift) {
        this.real = real;
        this.shift = shift;
    }

    void shift(Duration by) {
        shift.set(by);
    }

    @Override
    public Instant instant() {
        return real.instant().plus(shift.get());
    }

    @Override
    public ZoneId getZone() {
        return real.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return new ShiftedClock(real.withZone(zone), shift);
    }
}
