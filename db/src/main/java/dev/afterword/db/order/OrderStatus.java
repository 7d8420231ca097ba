package dev.afterword.db.order;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How far an order has come. */
public enum OrderStatus {
    PLACED,
    PAID,
    SHIPPED,
    DELIVERED,
    CANCELLED,
    REFUNDED;

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<OrderStatus> find(String code) {
        return Arrays.stream(values())
                .filter(status -> status.code().equals(code))
                .findFirst();
    }

    /** Placed, paid, shipped, delivered, in this order only; cancelled and refunded may follow any of them and end it. Whatever else is sent changes nothing. */
    public OrderStatus then(OrderStatus sent) {
        return isEnd() || (!sent.isEnd() && sent.compareTo(this) < 0) ? this : sent;
    }

    public boolean isEnd() {
        return this == CANCELLED || this == REFUNDED;
    }
}
