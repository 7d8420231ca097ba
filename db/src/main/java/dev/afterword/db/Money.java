package dev.afterword.db;

import java.math.BigDecimal;
import java.util.Currency;

/** An amount and its ISO 4217 currency; never a double. */
public record Money(BigDecimal amount, String currency) {
    public Money {
        amount = amount.stripTrailingZeros();
        try {
            Currency.getInstance(currency);
        } catch (IllegalArgumentException e) {
            throw new Rejected("money.currency-unknown", "currency", currency);
        }
    }
}
