package dev.afterword.web.survey;

import dev.afterword.db.Installation;
import dev.afterword.db.survey.Sharing;
import dev.afterword.db.survey.SurveyLink;
import dev.afterword.db.survey.SurveyLink.Kind;
import dev.afterword.db.workspace.AfterwordSecret;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.HtmlUtils;

/**
 * A link that is switched on, as staff give it away.
 *
 * @param snippet what the shop puts into its pages; null for other kinds
 * @param key what a till signs with; null for other kinds
 */
record SharedLink(
        String kind,
        String url,
        @Nullable String snippet,
        @Nullable String key) {
    /** Those that are switched on, in the order in which they stand on the page. */
    static List<SharedLink> of(
            Sharing sharing,
            Map<Kind, SurveyLink> links,
            String code,
            String title,
            AfterwordSecret secret,
            Installation installation) {
        return links.entrySet().stream()
                .filter(one -> sharing.on(one.getKey()))
                .sorted(Map.Entry.comparingByKey())
                .map(one -> {
                    var kind = one.getKey();
                    var link = one.getValue();
                    var url = installation.link(link.path(code, secret));
                    return new SharedLink(
                            kind.code(),
                            url,
                            kind == Kind.EMBEDDED ? snippet(url, title, installation) : null,
                            kind == Kind.RECEIPT ? link.signingKey(secret) : null);
                })
                .toList();
    }

    /** Whether its address is printed or shown for somebody's camera. */
    public boolean scanned() {
        return kind.equals(Kind.PAGE.code()) || kind.equals(Kind.KIOSK.code());
    }

    private static String snippet(String url, String title, Installation installation) {
        return """
                <iframe data-afterword src="%s" title="%s" loading="lazy" style="width:100%%;height:640px;border:0"></iframe>
                <script async src="%s"></script>""".formatted(url, HtmlUtils.htmlEscape(title), installation.link("/js/embed.js"));
    }
}
