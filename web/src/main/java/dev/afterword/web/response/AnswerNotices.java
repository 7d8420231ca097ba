package dev.afterword.web.response;

import dev.afterword.db.Conflict;
import dev.afterword.db.Key;
import dev.afterword.db.response.AnswerSheet.Openness;
import dev.afterword.db.survey.Question;
import dev.afterword.db.workspace.AfterwordSecret;
import dev.afterword.db.workspace.LinkToken;
import dev.afterword.web.CustomerPages;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;

/** Why a survey cannot be answered now, said kindly, with what somebody answered before. */
@Component
class AnswerNotices {
    private final CustomerPages pages;
    private final AfterwordSecret secret;

    AnswerNotices(CustomerPages pages, AfterwordSecret secret) {
        this.pages = pages;
        this.secret = secret;
    }

    /** A question and what was answered, in words. */
    record Given(String question, String answer) {}

    /** Why the answers were refused. */
    static Openness openness(Conflict conflict) {
        return switch (conflict.code()) {
            case "survey.not-open" -> Openness.NOT_YET;
            case "survey.full" -> Openness.FULL;
            case "survey.answered-already" -> Openness.ANSWERED;
            default -> Openness.CLOSED;
        };
    }

    Rendering show(Visit visit, Openness openness, ServerWebExchange exchange) {
        var sheet = visit.sheet();
        var page = visit.page();
        var model = new HashMap<String, Object>();
        var kind = switch (openness) {
            case OPEN, CLOSED -> sheet.answered() ? "closed-answered" : "closed";
            case NOT_YET -> "not-yet";
            case FULL -> "full";
            case ANSWERED -> "answered";
        };
        model.put("kind", kind);
        model.put("spoken", visit.read());
        model.put("when", when(sheet.settings().opensAt(), sheet.workspace().zone(), page.locale()));
        model.put("change", change(sheet.elsewhere(), sheet.workspace().code(), openness));
        model.put("given", openness == Openness.CLOSED ? given(visit) : List.of());
        var status = openness == Openness.NOT_YET || openness == Openness.ANSWERED ? HttpStatus.OK : HttpStatus.GONE;
        return pages.show(exchange, "customer/notice", status, page, model);
    }

    private static String when(@Nullable Instant opens, ZoneId zone, Locale locale) {
        return opens == null
                ? ""
                : DateTimeFormatter.ofLocalizedDateTime(FormatStyle.FULL, FormatStyle.SHORT)
                        .withLocale(locale)
                        .withZone(zone)
                        .format(opens);
    }

    /** Where the same customer sees and changes what they answered at another link. */
    private @Nullable String change(@Nullable Key elsewhere, String code, Openness openness) {
        return elsewhere == null || openness != Openness.ANSWERED
                ? null
                : "/r/" + new LinkToken(code, elsewhere.id()).sign(LinkToken.Use.ANSWER, secret);
    }

    /** What was answered, where it can no longer be changed. */
    private static List<Given> given(Visit visit) {
        if (!visit.sheet().answered()) {
            return List.of();
        }
        var way = visit.way();
        var texts = visit.texts(way);
        return way.walk().steps().stream()
                .filter(step -> !(step.question() instanceof Question.Statement))
                .map(step -> new Given(
                        texts.text(step.question().text(), step.item()),
                        step.slots().stream()
                                .map(way.walk().answers()::get)
                                .filter(Objects::nonNull)
                                .map(answer -> texts.shown(step.question(), answer))
                                .filter(Objects::nonNull)
                                .collect(Collectors.joining(", "))))
                .filter(given -> !given.answer().isBlank())
                .toList();
    }
}
