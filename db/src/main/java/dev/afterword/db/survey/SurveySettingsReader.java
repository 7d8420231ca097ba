package dev.afterword.db.survey;

import dev.afterword.db.Fields;
import dev.afterword.db.survey.SurveyLink.Kind;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a survey's settings from JSON, strictly: what is unknown or of another kind is rejected with its path; what is left out is as in a new survey. */
public final class SurveySettingsReader {
    private static final Set<String> MEMBERS =
            Set.of("opensAt", "closesAt", "quota", "oneAnswerPerPerson", "anonymous", "links");
    private static final Set<String> KINDS = Set.of("page", "kiosk", "embedded", "receipt");

    private SurveySettingsReader() {}

    public static SurveySettings read(Fields fields) {
        fields.only(MEMBERS);
        var opensAt = fields.optionalTime("opensAt");
        var closesAt = fields.optionalTime("closesAt");
        if (opensAt != null && closesAt != null && !closesAt.isAfter(opensAt)) {
            throw fields.rejected("survey.closes-before-it-opens", "closesAt");
        }
        return new SurveySettings(
                opensAt,
                closesAt,
                fields.optionalInteger("quota", 1, SurveySettings.MOST_QUOTA),
                DefinitionReader.flag(fields, "oneAnswerPerPerson", false),
                DefinitionReader.flag(fields, "anonymous", false),
                sharing(fields.optionalObject("links")));
    }

    /** Addresses, which are shown beside the settings, may come back and change nothing. */
    static Sharing sharing(@Nullable Fields links) {
        if (links == null) {
            return Sharing.NONE;
        }
        links.only(KINDS);
        var on = EnumSet.noneOf(Kind.class);
        int reset = Sharing.NONE.resetSeconds();
        List<String> origins = List.of();
        for (var kind : Kind.values()) {
            var link = links.optionalObject(kind.code());
            if (link == null) {
                continue;
            }
            link.only(
                    switch (kind) {
                        case PAGE -> Set.of("on", "url");
                        case RECEIPT -> Set.of("on", "url", "key");
                        case KIOSK -> Set.of("on", "url", "resetSeconds");
                        case EMBEDDED -> Set.of("on", "url", "origins");
                    });
            if (DefinitionReader.flag(link, "on", false)) {
                on.add(kind);
            }
            if (kind == Kind.KIOSK) {
                reset = Objects.requireNonNullElse(
                        link.optionalInteger("resetSeconds", Sharing.LEAST_RESET, Sharing.MOST_RESET), reset);
            }
            if (kind == Kind.EMBEDDED) {
                origins = origins(link);
                if (on.contains(kind) && origins.isEmpty()) {
                    throw link.rejected("survey.origins-needed", "origins");
                }
            }
        }
        return new Sharing(on, reset, origins);
    }

    private static List<String> origins(Fields link) {
        var origins = new ArrayList<String>();
        var given =
                Objects.requireNonNullElse(link.optionalTexts("origins", Sharing.MOST_ORIGINS, 300), List.<String>of());
        for (int at = 0; at < given.size(); at++) {
            var text = given.get(at);
            var name = "origins[" + at + "]";
            var origin = origin(text)
                    .orElseThrow(() -> link.rejected("survey.origin-unreadable", name, DefinitionReader.shown(text)));
            if (!origins.contains(origin)) {
                origins.add(origin);
            }
        }
        return origins;
    }

    /** Scheme, host and port of an address; http only of this machine itself. Empty for anything that a policy could read otherwise. */
    public static Optional<String> origin(String text) {
        try {
            var uri = new URI(text.strip().toLowerCase(Locale.ROOT));
            var host = uri.getHost();
            var bare = uri.getRawPath() == null
                    || uri.getRawPath().isEmpty()
                    || uri.getRawPath().equals("/");
            if (host == null
                    || !bare
                    || uri.getRawQuery() != null
                    || uri.getRawFragment() != null
                    || uri.getRawUserInfo() != null) {
                return Optional.empty();
            }
            var local = host.equals("localhost") || host.equals("127.0.0.1");
            if (!"https".equals(uri.getScheme()) && !(local && "http".equals(uri.getScheme()))) {
                return Optional.empty();
            }
            if (!host.matches("[a-z0-9]([a-z0-9.-]*[a-z0-9])?")) {
                return Optional.empty();
            }
            return Optional.of(uri.getScheme() + "://" + host + (uri.getPort() < 0 ? "" : ":" + uri.getPort()));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
