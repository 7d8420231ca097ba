package dev.afterword.web.response;

import dev.afterword.db.Conflict;
import dev.afterword.db.NotFound;
import dev.afterword.db.Problem;
import dev.afterword.db.Rejected;
import dev.afterword.db.Unavailable;
import dev.afterword.db.response.AnswerSheet;
import dev.afterword.db.response.AnswerSheets;
import dev.afterword.db.workspace.AfterwordSecret;
import dev.afterword.db.workspace.LinkToken;
import dev.afterword.db.workspace.Logos;
import dev.afterword.web.AnswerFields;
import dev.afterword.web.Form;
import dev.afterword.web.response.TakeScreen.Outcome;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Where a customer answers: the link of an invitation. Looking changes nothing; what a button sends counts. */
@Controller
class AnswerPages {
    private final CustomerPages pages;
    private final AnswerSheets sheets;
    private final TakeScreen takeScreen;
    private final Logos logos;
    private final AfterwordSecret secret;
    private final Clock clock;

    AnswerPages(
            CustomerPages pages,
            AnswerSheets sheets,
            TakeScreen takeScreen,
            Logos logos,
            AfterwordSecret secret,
            Clock clock) {
        this.pages = pages;
        this.sheets = sheets;
        this.takeScreen = takeScreen;
        this.logos = logos;
        this.secret = secret;
        this.clock = clock;
    }

    /** The page; {@code ?recommend=9} chooses that score, and only chooses it. */
    @GetMapping("/r/{token}")
    Mono<Rendering> show(@PathVariable String token, ServerWebExchange exchange) {
        return visit(token, exchange).map(visit -> {
            if (visit.sheet().closed(clock.instant())) {
                return closed(visit, exchange);
            }
            var query = exchange.getRequest().getQueryParams();
            var way = visit.way();
            var at = at(visit, way, query.getFirst(Visit.AT));
            return form(visit, way, at, AnswerFields.of(way.answers()), said(way, at, query), HttpStatus.OK, exchange);
        });
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

    /** Keeps the answers of a screen and goes on, or shows everything that was typed again with what is wrong. */
    @PostMapping(path = "/r/{token}", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
    Mono<Rendering> send(@PathVariable String token, ServerWebExchange exchange) {
        return exchange.getFormData()
                .flatMap(form -> visit(token, exchange)
                        .flatMap(visit -> takeScreen
                                .take(visit, form)
                                .map(outcome -> rendered(visit, outcome, exchange))
                                .onErrorResume(Problem.class, problem -> refused(visit, form, problem, exchange)))
                        .onErrorResume(CustomerPages::away, away -> Mono.just(pages.again(exchange, token, form))));
    }

    /** The same for the page's script, which is told where to go on; otherwise it lets the browser send the form. */
    @PostMapping(
            path = "/r/{token}",
            consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE,
            headers = "X-Afterword=script")
    Mono<ResponseEntity<String>> sendByScript(@PathVariable String token, ServerWebExchange exchange) {
        return Mono.zip(exchange.getFormData(), visit(token, exchange))
                .flatMap(both -> takeScreen.take(both.getT2(), both.getT1()))
                .map(outcome -> outcome instanceof Outcome.GoOn on
                        ? ResponseEntity.ok().contentType(MediaType.TEXT_PLAIN).body(on.address())
                        : ResponseEntity.unprocessableContent().<String>build())
                .onErrorResume(
                        Rejected.class,
                        _ -> Mono.just(ResponseEntity.unprocessableContent().build()))
                .onErrorResume(
                        Conflict.class,
                        _ -> Mono.just(
                                ResponseEntity.status(HttpStatus.CONFLICT).build()));
    }

    /** What is answered so far, kept by the page's script; provisional until the button is pressed. */
    @PostMapping(path = "/r/{token}/draft", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
    Mono<ResponseEntity<Void>> draft(@PathVariable String token, ServerWebExchange exchange) {
        return Mono.zip(exchange.getFormData(), visit(token, exchange))
                .flatMap(both -> takeScreen.keep(both.getT2(), both.getT1()))
                .then(Mono.fromCallable(() -> ResponseEntity.noContent().<Void>build()))
                .onErrorResume(
                        Rejected.class,
                        _ -> Mono.just(ResponseEntity.unprocessableContent().build()))
                .onErrorResume(
                        Conflict.class,
                        _ -> Mono.just(
                                ResponseEntity.status(HttpStatus.CONFLICT).build()));
    }

    /** The page as it is with these answers, which are not kept: what the script shows and takes away. */
    @PostMapping(path = "/r/{token}/live", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
    Mono<Rendering> live(@PathVariable String token, ServerWebExchange exchange) {
        return Mono.zip(exchange.getFormData(), visit(token, exchange)).map(both -> {
            var visit = both.getT2();
            var sent = takeScreen.read(visit, both.getT1());
            var way = Way.of(visit.sheet(), sent.answers());
            var fields = AnswerFields.of(way.answers()).putAll(sent.fields());
            return form(visit, way, -1, fields, Map.of(), HttpStatus.OK, exchange);
        });
    }

    @GetMapping("/r/{token}/thanks")
    Mono<Rendering> thanks(@PathVariable String token, ServerWebExchange exchange) {
        return visit(token, exchange).map(visit -> {
            if (!visit.sheet().answered()) {
                return redirect(visit.address(""));
            }
            var way = visit.way();
            var page = visit.page();
            return pages.show(
                    exchange,
                    "response/thanks",
                    HttpStatus.OK,
                    page,
                    Map.of(
                            "again",
                            visit.address(""),
                            "view",
                            AnswerView.of(visit, way, 0, AnswerFields.none(), Map.of()),
                            "thanks",
                            visit.texts(way).text(way.definition().thanks()),
                            "open",
                            !visit.sheet().closed(clock.instant())));
        });
    }

    @GetMapping("/r/{token}/logo")
    Mono<ResponseEntity<ByteBuffer>> logo(@PathVariable String token) {
        return sheets.key(verified(token))
                .flatMap(key -> logos.of(key.workspaceId()))
                .map(logo -> ResponseEntity.ok()
                        .contentType(MediaType.parseMediaType(logo.mediaType()))
                        .cacheControl(CacheControl.maxAge(Duration.ofHours(1)).cachePrivate())
                        .body(logo.bytes()))
                .switchIfEmpty(Mono.error(() -> new NotFound("invitation.unknown")));
    }

    private Mono<Visit> visit(String token, ServerWebExchange exchange) {
        return Mono.<AnswerSheet>defer(() -> sheets.find(verified(token)))
                .map(sheet -> Visit.of(token, sheet, exchange.getRequest().getQueryParams()));
    }

    private LinkToken verified(String token) {
        return LinkToken.verify(token, LinkToken.Use.ANSWER, secret)
                .orElseThrow(() -> new NotFound("invitation.unknown"));
    }

    private Rendering rendered(Visit visit, Outcome outcome, ServerWebExchange exchange) {
        return switch (outcome) {
            case Outcome.GoOn on -> redirect(on.address());
            case Outcome.Again again -> again(visit, again.sent(), again.problems(), again.status(), exchange);
        };
    }

    private Mono<Rendering> refused(
            Visit visit, MultiValueMap<String, String> form, Problem problem, ServerWebExchange exchange) {
        return switch (problem) {
            case NotFound unknown -> Mono.error(unknown);
            case Conflict _ -> Mono.just(closed(visit, exchange));
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
    private Rendering again(
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

    private Rendering form(
            Visit visit,
            Way way,
            int at,
            AnswerFields fields,
            Map<String, Form.Wrong> problems,
            HttpStatus status,
            ServerWebExchange exchange) {
        var view = AnswerView.of(visit, way, at, fields, problems);
        return way.walk().steps().isEmpty()
                ? pages.show(exchange, "response/notice", HttpStatus.OK, view.page(), Map.of("kind", "nothing"))
                : pages.show(exchange, "response/answer", status, view.page(), Map.of("view", view));
    }

    private Rendering closed(Visit visit, ServerWebExchange exchange) {
        var kind = visit.sheet().answered() ? "closed-answered" : "closed";
        return pages.show(exchange, "response/notice", HttpStatus.GONE, visit.page(), Map.of("kind", kind));
    }

    private static Rendering redirect(String address) {
        return Rendering.redirectTo(address)
                .propagateQuery(false)
                .status(HttpStatus.SEE_OTHER)
                .build();
    }
}
