package dev.afterword.db.message;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;

/** In which zone a customer lives and which language they read: their own, else their country's, else the workspace's. */
public final class Locality {
    /** The languages that mail and customers' pages speak. */
    public static final List<String> LANGUAGES = List.of("en", "de", "pt", "ar");

    private static final Map<String, String> ZONES = zones();
    private static final Map<String, Set<String>> COUNTRIES = Map.of(
            "en", Set.of("US", "GB", "IE", "AU", "NZ", "CA", "ZA", "SG", "NG", "GH", "KE", "JM", "MT"),
            "de", Set.of("DE", "AT", "CH", "LI"),
            "pt", Set.of("PT", "BR", "AO", "MZ", "CV", "GW", "ST", "TL"),
            "ar",
                    Set.of(
                            "AE", "BH", "DZ", "EG", "IQ", "JO", "KW", "LB", "LY", "MA", "MR", "OM", "PS", "QA", "SA",
                            "SD", "SY", "TN", "YE"));

    private Locality() {}

    /**
     * The zone in which allowed hours and days are counted.
     *
     * @param timeZone the customer's own, IANA
     * @param country ISO 3166
     */
    public static ZoneId zone(@Nullable String timeZone, @Nullable String country, ZoneId workspace) {
        return parse(timeZone)
                .or(() -> parse(country == null ? null : ZONES.get(country.toUpperCase(Locale.ROOT))))
                .orElse(workspace);
    }

    /**
     * One of {@link #LANGUAGES}.
     *
     * @param locale the customer's own, BCP 47
     */
    public static String language(@Nullable String locale, @Nullable String country, String workspace) {
        return known(locale, country).or(() -> spoken(workspace)).orElse("en");
    }

    /** The same where the customer's own language or country tells it; empty where nothing is known of them. */
    public static Optional<String> known(@Nullable String locale, @Nullable String country) {
        return spoken(locale).or(() -> ofCountry(country));
    }

    private static Optional<String> spoken(@Nullable String tag) {
        return Optional.ofNullable(tag)
                .map(given -> Locale.forLanguageTag(given.replace('_', '-')).getLanguage())
                .filter(LANGUAGES::contains);
    }

    private static Optional<String> ofCountry(@Nullable String country) {
        return COUNTRIES.entrySet().stream()
                .filter(language -> country != null && language.getValue().contains(country.toUpperCase(Locale.ROOT)))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private static Optional<ZoneId> parse(@Nullable String zone) {
        try {
            return Optional.ofNullable(zone).map(ZoneId::of);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Map<String, String> zones() {
        try (var in = new ClassPathResource("dev/afterword/db/message/zones.properties").getInputStream()) {
            var properties = new Properties();
            properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
            return properties.stringPropertyNames().stream()
                    .collect(Collectors.toMap(country -> country, properties::getProperty));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
