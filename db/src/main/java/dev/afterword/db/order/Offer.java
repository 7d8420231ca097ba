package dev.afterword.db.order;

import dev.afterword.db.Fields;
import dev.afterword.db.Money;
import dev.afterword.db.Rejected;
import java.math.BigDecimal;
import java.text.MessageFormat;
import java.text.NumberFormat;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.FormatStyle;
import java.time.temporal.ChronoUnit;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a code is worth on an order.
 *
 * @param amount off the price; exactly one of amount, percent and words is there
 * @param percent off the price
 * @param words anything else, by language
 * @param until the last day in the workspace's zone; null: without one
 * @param days so many days after it was given; null: without an end of that kind
 */
public record Offer(
        @Nullable Money amount,
        @Nullable BigDecimal percent,
        Map<String, String> words,
        @Nullable LocalDate until,
        @Nullable Integer days) {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final int LONGEST = 300;
    private static final int DIGITS = 12;
    private static final int DECIMALS = 4;
    private static final int SHARE_DECIMALS = 2;
    private static final int DAY = 10;
    private static final int MOST_DAYS = 3650;

    /** Holds only what {@link #read} reads again: whatever is stored must stay legible. */
    public Offer {
        words = Map.copyOf(words);
        long said = Stream.of(amount, percent, words.isEmpty() ? null : words)
                .filter(Objects::nonNull)
                .count();
        if (said != 1) {
            throw new Rejected("reward.offer-one", "offer");
        }
        if (amount != null) {
            check(amount.amount());
        }
        percent = percent == null ? null : share(percent);
        words.forEach(Offer::check);
        if (until != null && until.toString().length() != DAY) {
            throw new Rejected("field.out-of-range", "offer.until", until);
        }
        if (days != null && (days < 1 || days > MOST_DAYS)) {
            throw new Rejected("field.out-of-range", "offer.days", days);
        }
    }

    private static void check(BigDecimal amount) {
        if (amount.signum() <= 0) {
            throw new Rejected("reward.amount-positive", "offer.amount");
        }
        if ((long) amount.precision() - amount.scale() > DIGITS || amount.scale() > DECIMALS) {
            throw new Rejected("field.out-of-range", "offer.amount", amount.toString());
        }
    }

    private static void check(String language, String words) {
        if (words.isBlank()) {
            throw new Rejected("field.required", "offer.words." + language);
        }
        if (words.length() > LONGEST) {
            throw new Rejected("field.too-long", "offer.words." + language, LONGEST);
        }
    }

    /** 10, however it was written. */
    private static BigDecimal share(BigDecimal percent) {
        if (percent.signum() <= 0 || percent.compareTo(BigDecimal.valueOf(100)) > 0) {
            throw new Rejected("reward.percent-range", "offer.percent");
        }
        var stripped = percent.stripTrailingZeros();
        if (stripped.scale() > SHARE_DECIMALS) {
            throw new Rejected("field.out-of-range", "offer.percent", stripped.toString());
        }
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    /** {@code {amount: {amount, currency} | percent | words: {en: …}, until?, days?}}. */
    public static Offer read(Fields fields) {
        fields.only(Set.of("amount", "percent", "words", "until", "days"));
        var amount = fields.optionalObject("amount");
        var words = new LinkedHashMap<String, String>();
        var said = fields.optionalObject("words");
        if (said != null) {
            said.names().forEach(language -> words.put(language, said.text(language, LONGEST)));
        }
        return new Offer(
                amount == null
                        ? null
                        : new Money(
                                Objects.requireNonNullElse(
                                        amount.optionalDecimal("amount", DIGITS, DECIMALS), BigDecimal.ZERO),
                                amount.text("currency", 3)),
                fields.optionalDecimal("percent", 3, SHARE_DECIMALS),
                words,
                day(fields),
                fields.optionalInteger("days", 1, MOST_DAYS));
    }

    public static Offer parse(String json) {
        return read(Fields.parse(json));
    }

    private static @Nullable LocalDate day(Fields fields) {
        var text = fields.optionalText("until", DAY);
        try {
            return text == null ? null : LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw fields.rejected("field.not-a-day", "until", text);
        }
    }

    /** What {@link #read} reads as the same. */
    public Map<String, Object> tree() {
        var tree = new LinkedHashMap<String, Object>();
        if (amount != null) {
            tree.put("amount", Map.of("amount", amount.amount().toPlainString(), "currency", amount.currency()));
        }
        if (percent != null) {
            tree.put("percent", percent.toPlainString());
        }
        if (!words.isEmpty()) {
            tree.put("words", words);
        }
        if (until != null) {
            tree.put("until", until.toString());
        }
        if (days != null) {
            tree.put("days", days);
        }
        return tree;
    }

    public String json() {
        return MAPPER.writeValueAsString(tree());
    }

    /** The last moment at which it holds; null where it has no end. */
    public @Nullable Instant expiresAt(Instant given, ZoneId zone) {
        var last = days == null ? null : LocalDate.ofInstant(given, zone).plusDays(days);
        if (until != null && (last == null || until.isBefore(last))) {
            last = until;
        }
        return last == null
                ? null
                : last.plusDays(1).atStartOfDay(zone).toInstant().minus(1, ChronoUnit.SECONDS);
    }

    /** Whether nobody can use it any more. */
    public boolean over(Instant now, ZoneId zone) {
        return until != null && LocalDate.ofInstant(now, zone).isAfter(until);
    }

    /** What it is, as people read it: {@code 10% off your next order, valid until 31 December 2026}. */
    public String said(String language, String otherwise) {
        var locale = Locale.forLanguageTag(language);
        var texts = texts(locale);
        String worth;
        if (amount != null) {
            var format = NumberFormat.getCurrencyInstance(locale);
            format.setCurrency(Currency.getInstance(amount.currency()));
            worth = say(texts, locale, "reward.off", format.format(amount.amount()));
        } else if (percent != null) {
            var format = NumberFormat.getPercentInstance(locale);
            format.setMaximumFractionDigits(2);
            worth = say(texts, locale, "reward.off", format.format(percent.movePointLeft(2)));
        } else {
            worth = inLanguage(locale.getLanguage(), otherwise);
        }
        if (until != null) {
            return say(texts, locale, "reward.until", worth, day(until, locale));
        }
        return days == null ? worth : say(texts, locale, "reward.days", worth, days);
    }

    private String inLanguage(String language, String otherwise) {
        return Stream.of(language, otherwise, "en")
                .map(words::get)
                .filter(Objects::nonNull)
                .findFirst()
                .orElseGet(() -> words.values().iterator().next());
    }

    /** A day as people of that language write it. */
    public static String day(LocalDate day, Locale locale) {
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
                .withLocale(locale)
                .format(day);
    }

    private static String say(ResourceBundle texts, Locale locale, String key, Object... arguments) {
        return new MessageFormat(texts.getString(key), locale).format(arguments);
    }

    private static ResourceBundle texts(Locale locale) {
        return ResourceBundle.getBundle(
                "messages.reward",
                locale.getLanguage().equals("en") ? Locale.ROOT : locale,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }
}
