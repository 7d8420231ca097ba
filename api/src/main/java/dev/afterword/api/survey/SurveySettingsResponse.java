package dev.afterword.api.survey;

import dev.afterword.db.survey.SurveyLink;
import dev.afterword.db.survey.SurveyLink.Kind;
import dev.afterword.db.survey.SurveySettings;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The settings of a survey, with the addresses of its links. */
@Schema(name = "SurveySettings")
record SurveySettingsResponse(
        @Schema(description = "null: at once") @Nullable Instant opensAt,

        @Schema(description = "null: never; who began before has one more hour") @Nullable
        Instant closesAt,

        @Schema(description = "how many responses are taken at most; null: any number") @Nullable
        Integer quota,

        @Schema(description = "whether a customer who is known answers only once, however often they are invited")
        boolean oneAnswerPerPerson,

        @Schema(description = "whether nobody can tell who gave which answer")
        boolean anonymous,

        Links links) {
    /** The links that are not one customer’s. */
    @Schema(name = "SurveyLinks")
    record Links(Page page, Kiosk kiosk, Embedded embedded, Receipt receipt) {}

    /** A page that anybody may open. */
    @Schema(name = "SurveyPageLink")
    record Page(boolean on, @Nullable String url) {}

    /** A device that one person after another answers on. */
    @Schema(name = "SurveyKioskLink")
    record Kiosk(boolean on, int resetSeconds, @Nullable String url) {}

    /** A frame in pages of these origins. */
    @Schema(name = "SurveyEmbeddedLink")
    record Embedded(
            boolean on, List<String> origins, @Nullable String url) {}

    /** One address for each order: the url, a slash, the order’s externalId, a slash, and its signature under the key. */
    @Schema(name = "SurveyReceiptLink")
    record Receipt(
            boolean on, @Nullable String url, @Nullable String key) {}

    static SurveySettingsResponse of(
            SurveySettings settings,
            Map<Kind, SurveyLink> links,
            Function<SurveyLink, String> url,
            Function<SurveyLink, String> key) {
        var sharing = settings.sharing();
        return new SurveySettingsResponse(
                settings.opensAt(),
                settings.closesAt(),
                settings.quota(),
                settings.oneAnswer(),
                settings.anonymous(),
                new Links(
                        new Page(sharing.on(Kind.PAGE), of(links.get(Kind.PAGE), url)),
                        new Kiosk(sharing.on(Kind.KIOSK), sharing.resetSeconds(), of(links.get(Kind.KIOSK), url)),
                        new Embedded(sharing.on(Kind.EMBEDDED), sharing.origins(), of(links.get(Kind.EMBEDDED), url)),
                        new Receipt(
                                sharing.on(Kind.RECEIPT),
                                of(links.get(Kind.RECEIPT), url),
                                of(links.get(Kind.RECEIPT), key))));
    }

    private static @Nullable String of(@Nullable SurveyLink link, Function<SurveyLink, String> said) {
        return link == null ? null : said.apply(link);
    }
}
