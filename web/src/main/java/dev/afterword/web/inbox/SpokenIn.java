package dev.afterword.web.inbox;

import dev.afterword.db.message.Locality;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.web.server.ServerWebExchange;

/** In which language a page speaks: the one that was chosen on it, else the customer's, else the first that the browser asks for and we speak; empty for the shop's. */
final class SpokenIn {
    private SpokenIn() {}

    /** @param customers what the shop knows of whose link it is; null where that is anybody's, or not known */
    static String of(ServerWebExchange exchange, @Nullable String chosen, @Nullable String customers) {
        if (chosen != null && Locality.LANGUAGES.contains(chosen)) {
            return chosen;
        }
        if (customers != null) {
            return customers;
        }
        return exchange.getRequest().getHeaders().getAcceptLanguageAsLocales().stream()
                .map(Locale::getLanguage)
                .filter(Locality.LANGUAGES::contains)
                .findFirst()
                .orElse("");
    }

    /** A language to choose, by its own name. */
    record Tongue(String tag, String name, boolean current) {}

    static List<Tongue> tongues(Locale spoken) {
        return Locality.LANGUAGES.stream()
                .map(tag -> new Tongue(tag, name(Locale.of(tag)), tag.equals(spoken.getLanguage())))
                .toList();
    }

    /** With a capital letter, as it stands by itself. */
    private static String name(Locale language) {
        var name = language.getDisplayLanguage(language);
        int first = name.offsetByCodePoints(0, 1);
        return name.substring(0, first).toUpperCase(language) + name.substring(first);
    }
}
