package dev.afterword.web.response;

import dev.afterword.db.Conflict;
import dev.afterword.db.NotFound;
import dev.afterword.db.Problem;
import dev.afterword.db.Rejected;
import dev.afterword.db.Unavailable;
import dev.afterword.db.response.AnswerSheet.Openness;
import dev.afterword.db.survey.SurveyLink;
import dev.afterword.web.AnswerFields;
import dev.afterword.web.CustomerPages;
import dev.afterword.web.Form;
import dev.afterword.web.response.TakeScreen.Outcome;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Shows the screens of a survey, or says kindly why there are none. */
@Component
class AnswerScreens {
    /** After so many seconds a kiosk forgets who walked away. */
    private static final int LEFT_ALONE = 180;

    private final CustomerPages pages;
    private final AnswerNotices notices;
    private final TakeScreen takeScreen;
    private final Clock clock;

    AnswerScreens(CustomerPages pages, AnswerNotices notices, TakeScreen takeScreen, Clock clock) {
        this.pages = pages;
        this.notices = notices;
        this.takeScreen = takeScreen;
        this.clock = clock;
    }

    /** What the link shows when it is opened. */
    Rendering open(Visit visit, ServerWebExchange exchange) {
        var openness = visit.sheet().openness(clock.instant());
        if (openness != Openness.OPEN) {
            return notices.show(visit, openness, exchange);
        }
        var query = exchange.getRequest().getQueryParams();
        var way = visit.way();
        // Nothing stands behind an address where nothing is kept.
        var at = visit.sheet().atOnce() ? -1 : at(visit, way, query.getFirst(Visit.AT));
        return form(visit, way, at, AnswerFields.of(way.answers()), said(way, at, query), HttpStatus.OK, exchange);
    }

    /** The page as it is with what was sent, which is not kept. */
    Rendering live(Visit visit, MultiValueMap<String, String> form, ServerWebExchange exchange) {
        var sent = takeScreen.read(visit, form);
        var way = Way.of(visit.sheet(), sent.answers());
        var fields = AnswerFields.of(way.answers()).putAll(sent.fields());
        return form(visit, way, -1, fields, Map.of(), HttpStatus.OK, exchange);
    }

    /** Where the screen opens: as the address says, else at what the link chose, else where somebody goes on. */
    private static int at(Visit visit, Way way, @Nullable String named) {
        var at = named == null ? -1 : way.at(named);
        if (at < 0 && way.oneByOne()) {
            at = visit.chosen().keySet().stream()
                    .mapToInt(slot -> way.at(slot.row("").toString()))
                    .filter(found -> found >= 0)
                    .min()
                    .orElse(-1);
        }
        var response = visit.sheet().response();
        return at >= 0 || !way.oneByOne() ? at : way.resumed(response != null && response.complete());
    }

    /** What the address says of the screen: that something needs an answer, or that more questions follow. */
    private static Map<String, Form.Wrong> said(Way way, int at, MultiValueMap<String, String> query) {
        if (query.containsKey(Visit.MISSING)) {
            return way.missing(List.of(way.name(at)))
                    .map(slot -> Map.of(
                            slot.toString(), SentForm.wrong("required"), "", new Form.Wrong("required", List.of())))
                    .orElse(Map.of());
        }
        return query.containsKey(Visit.MORE) ? Map.of("", new Form.Wrong("more", List.of())) : Map.of();
    }

    Rendering show(Visit visit, Outcome outcome, ServerWebExchange exchange) {
        return switch (outcome) {
            case Outcome.GoOn on -> redirect(on.address());
            case Outcome.Again again -> again(visit, again.sent(), again.problems(), again.status(), exchange);
        };
    }

    /** What is said when nothing was kept. */
    Mono<Rendering> refused(
            Visit visit, MultiValueMap<String, String> form, Problem problem, ServerWebExchange exchange) {
        return switch (problem) {
            case NotFound unknown -> Mono.error(unknown);
            case Conflict conflict -> Mono.just(notices.show(visit, AnswerNotices.openness(conflict), exchange));
            case Unavailable _ ->
                Mono.just(again(
                        visit,
                        takeScreen.read(visit, form),
                        Map.of("", new Form.Wrong("unavailable", List.of())),
                        HttpStatus.SERVICE_UNAVAILABLE,
                        exchange));
            case Rejected _ ->
                Mono.just(again(
                        visit,
                        takeScreen.read(visit, form),
                        Map.of("", new Form.Wrong("empty", List.of())),
                        HttpStatus.UNPROCESSABLE_CONTENT,
                        exchange));
        };
    }

    /** The screen that was sent, with everything that was typed. */
    Rendering again(
            Visit visit,
            SentForm sent,
            Map<String, Form.Wrong> problems,
            HttpStatus status,
            ServerWebExchange exchange) {
        var way = Way.of(visit.sheet(), sent.answers());
        var fields = AnswerFields.of(way.answers());
        sent.shown().forEach(fields::without);
        var at = way.oneByOne() && !sent.shown().isEmpty()
                ? Math.max(0, way.at(sent.shown().getFirst()))
                : -1;
        return form(visit, way, at, fields.putAll(sent.fields()), problems, status, exchange);
    }

    Rendering form(
            Visit visit,
            Way way,
            int at,
            AnswerFields fields,
            Map<String, Form.Wrong> problems,
            HttpStatus status,
            ServerWebExchange exchange) {
        var view = AnswerView.of(visit, way, at, fields, problems);
        var link = visit.sheet().link();
        if (link != null && link.kind() == SurveyLink.Kind.KIOSK) {
            anewAfter(LEFT_ALONE, visit.base(), exchange);
        }
        return way.walk().steps().isEmpty()
                ? pages.show(exchange, "customer/notice", HttpStatus.OK, view.page(), Map.of("kind", "nothing"))
                : pages.show(exchange, "response/answer", status, view.page(), Map.of("view", view));
    }

    /** The browser goes there by itself after so many seconds, also without a script. */
    static void anewAfter(int seconds, String address, ServerWebExchange exchange) {
        exchange.getResponse().getHeaders().set("Refresh", seconds + "; url=" + address);
    }

    static Rendering redirect(String address) {
        return Rendering.redirectTo(address)
                .propagateQuery(false)
                .status(HttpStatus.SEE_OTHER)
                .build();
    }
}
