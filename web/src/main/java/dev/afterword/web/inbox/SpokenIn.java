package dev.afterword.web.inbox;

import dev.afterword.db.message.Locality;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.web.server.ServerWebExchange;

/** In which language a page speaks: the one that was chosen on it, else the first that the browser asks for and we speak; empty for the shop's. */
final class SpokenIn {
    private SpokenIn() {}

    static String of(ServerWebExchange exchange, @Nullable String chosen) {
        if (chosen != null && Locality.LANGUAGES.contains(chosen)) {
            return chosen;
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
                .map(tag -> new Tongue(
                        tag, Locale.of(tag).getDisplayLanguage(Locale.of(tag)), tag.equals(spoken.getLanguage())))
                .toList();
    }
}
