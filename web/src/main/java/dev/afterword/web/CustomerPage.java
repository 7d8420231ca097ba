package dev.afterword.web;

import dev.afterword.db.survey.Theme;
import dev.afterword.db.workspace.Base32;
import dev.afterword.db.workspace.Workspace;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What every page for a customer has: its language and direction, and how the shop looks.
 *
 * @param nonce names the one style element that the page may have, which holds the shop's colour
 * @param theme custom properties of its style, see {@link ThemeStyle}
 * @param logo the address of the shop's logo; null without one
 * @param frames whose pages may show it in a frame; empty for nobody's
 */
public record CustomerPage(
        Locale locale,
        String direction,
        String shop,
        String initial,
        @Nullable String logo,
        String theme,
        String nonce,
        List<String> frames) {
    private static final Set<String> SPOKEN = Set.of("en", "de", "pt", "ar");

    /** A page of a shop in the customer's language, else in the shop's, else in English. */
    public static CustomerPage of(Workspace workspace, String language, @Nullable String logo) {
        var locale = spoken(List.of(language, workspace.language()));
        return of(workspace, Theme.OF_WORKSPACE, locale, locale, logo);
    }

    /** The same around texts in a language that we may not speak: it runs as they run. */
    public static CustomerPage around(
            Workspace workspace, Theme theme, String language, String texts, @Nullable String logo) {
        return of(
                workspace, theme, spoken(List.of(language, workspace.language())), Locale.forLanguageTag(texts), logo);
    }

    private static CustomerPage of(
            Workspace workspace, Theme theme, Locale locale, Locale read, @Nullable String logo) {
        var name = workspace.name().strip();
        return new CustomerPage(
                locale,
                TextDirection.of(read),
                name,
                name.isEmpty()
                        ? "·"
                        : name.substring(0, name.offsetByCodePoints(0, 1)).toUpperCase(locale),
                theme.logo() ? logo : null,
                ThemeStyle.of(workspace, theme),
                Base32.random(24),
                List.of());
    }

    /** The same in a frame of those pages. */
    public CustomerPage framedBy(List<String> origins) {
        return new CustomerPage(locale, direction, shop, initial, logo, theme, nonce, origins);
    }

    /** Asks for an address when its questions are drawn: who only reads the page does not. */
    public CustomerPage telling(String seen) {
        return new CustomerPage(
                locale,
                direction,
                shop,
                initial,
                logo,
                theme + ".go{background-image:url(" + seen + ")}",
                nonce,
                frames);
    }

    /** A page of nobody's, in the first language the browser asks for that we speak. */
    public static CustomerPage ofNobody(List<Locale> asked) {
        var locale = spoken(asked.stream().map(Locale::toLanguageTag).toList());
        return new CustomerPage(
                locale, TextDirection.of(locale), "", "", null, ThemeStyle.plain(), Base32.random(24), List.of());
    }

    /** Nothing but what these pages need; pictures of products come from the shop's own servers. */
    String contentSecurityPolicy() {
        return "default-src 'none'; style-src 'self' 'nonce-" + nonce
                + "'; script-src 'self'; connect-src 'self'; img-src 'self' https:; form-action 'self'; base-uri 'none'; frame-ancestors "
                + (frames.isEmpty() ? "'none'" : String.join(" ", frames));
    }

    private static Locale spoken(List<String> languages) {
        return languages.stream()
                .map(Locale::forLanguageTag)
                .filter(locale -> SPOKEN.contains(locale.getLanguage()))
                .findFirst()
                .orElse(Locale.ENGLISH);
    }
}
