package dev.afterword.web.reward;

import dev.afterword.db.Money;
import dev.afterword.db.Rejected;
import dev.afterword.db.order.Offer;
import dev.afterword.db.reward.ChangePools;
import dev.afterword.db.reward.RewardPool;
import dev.afterword.web.Form;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a pool is to be, as it stands in a form. */
final class PoolForm {
    private PoolForm() {}

    static Form filled(RewardPool pool) {
        var offer = pool.offer();
        var amount = offer.amount();
        var form = Form.blank()
                .put("version", pool.version())
                .put("name", pool.name())
                .put("warnAt", pool.warnAt())
                .put("until", offer.until())
                .put("days", offer.days());
        if (amount != null) {
            form.put("worth", "amount")
                    .put("value", amount.amount().toPlainString())
                    .put("currency", amount.currency());
        } else if (offer.percent() != null) {
            form.put("worth", "percent").put("value", offer.percent().toPlainString());
        } else {
            form.put("worth", "words");
            offer.words().forEach((language, words) -> form.put("words-" + language, words));
        }
        return form;
    }

    /** Otherwise the form says what is wrong, and it is null. */
    static ChangePools.@Nullable Wish read(Form form, @Nullable String fixedCode) {
        var until = day(form);
        Integer days = form.value("days").isEmpty() ? null : Integer.valueOf(form.number("days", 1, 3650));
        var warnAt = form.value("warnAt").isEmpty() ? 20 : form.number("warnAt", 0, 1_000_000);
        var value = form.value("worth").equals("words") ? BigDecimal.ONE : number(form);
        if (form.value("worth").equals("amount") && form.value("currency").isEmpty()) {
            form.wrong("currency", "field.required");
        }
        if (!form.right()) {
            return null;
        }
        try {
            var offer = switch (form.value("worth")) {
                case "amount" -> new Offer(new Money(value, form.value("currency")), null, Map.of(), until, days);
                case "words" -> new Offer(null, null, words(form), until, days);
                default -> new Offer(null, value, Map.of(), until, days);
            };
            return new ChangePools.Wish(form.value("name"), fixedCode, offer, warnAt);
        } catch (Rejected wrong) {
            form.wrong(field(wrong), wrong.code(), wrong.arguments().toArray());
            return null;
        }
    }

    /** Where the form shows what an offer refuses. */
    private static String field(Rejected wrong) {
        return switch (Objects.requireNonNullElse(wrong.field(), "offer")) {
            case "offer.amount", "offer.percent" -> "value";
            case String field
            when field.startsWith("offer.") -> field.substring(6).replace('.', '-');
            case String field -> field;
        };
    }

    private static Map<String, String> words(Form form) {
        var words = new LinkedHashMap<String, String>();
        for (var language : RewardPages.LANGUAGES) {
            var said = form.valueOrNull("words-" + language);
            if (said != null) {
                words.put(language, said);
            }
        }
        return words;
    }

    private static BigDecimal number(Form form) {
        try {
            var number = new BigDecimal(form.value("value").replace(',', '.'));
            if (number.signum() > 0 && number.scale() >= 0 && number.scale() <= 4) {
                return number;
            }
        } catch (NumberFormatException _) {
            // Said below.
        }
        form.wrong("value", "field.not-a-number", form.value("value"));
        return BigDecimal.ONE;
    }

    private static @Nullable LocalDate day(Form form) {
        var typed = form.valueOrNull("until");
        try {
            return typed == null ? null : LocalDate.parse(typed);
        } catch (DateTimeParseException e) {
            form.wrong("until", "field.not-a-day", typed == null ? "" : typed);
            return null;
        }
    }
}
