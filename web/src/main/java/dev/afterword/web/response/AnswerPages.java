package dev.afterword.web.response;

import dev.afterword.db.Conflict;
import dev.afterword.db.NotFound;
import dev.afterword.db.Problem;
import dev.afterword.db.Rejected;
import dev.afterword.db.response.AnswerSheet;
import dev.afterword.db.response.AnswerSheets;
import dev.afterword.db.survey.SurveyLink;
import dev.afterword.db.workspace.AfterwordSecret;
import dev.afterword.db.workspace.LinkToken;
import dev.afterword.db.workspace.Logos;
import dev.afterword.web.AnswerFields;
import dev.afterword.web.CustomerPages;
import dev.afterword.web.ForCustomers;
import dev.afterword.web.response.TakeScreen.Outcome;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
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
@ForCustomers
class AnswerPages {
    private final CustomerPages pages;
    private final AnswerScreens screens;
    private final AnswerSheets sheets;
    private final TakeScreen takeScreen;
    private final TakeAtOnce takeAtOnce;
    private final ThankAtOnce thankAtOnce;
    private final Logos logos;
    private final AfterwordSecret secret;
    private final Clock clock;

    AnswerPages(
            CustomerPages pages,
            AnswerScreens screens,
            AnswerSheets sheets,
            TakeScreen takeScreen,
            TakeAtOnce takeAtOnce,
            ThankAtOnce thankAtOnce,
            Logos logos,
            AfterwordSecret secret,
            Clock clock) {
        this.pages = pages;
        this.screens = screens;
        this.sheets = sheets;
        this.takeScreen = takeScreen;
        this.takeAtOnce = takeAtOnce;
        this.thankAtOnce = thankAtOnce;
        this.logos = logos;
        this.secret = secret;
        this.clock = clock;
    }

    /** The page; {@code ?recommend=9} chooses that score, and only chooses it. */
    @GetMapping("/r/{token}")
    Mono<Rendering> show(@PathVariable String token, ServerWebExchange exchange) {
        return visit(token, exchange).map(visit -> screens.open(visit, exchange));
    }

    /** Keeps the answers of a screen and goes on, or shows everything that was typed again with what is wrong. */
    @PostMapping(path = "/r/{token}", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
    Mono<Rendering> send(@PathVariable String token, ServerWebExchange exchange) {
        return exchange.getFormData()
                .flatMap(form -> visit(token, exchange)
                        .flatMap(visit -> taken(visit, form, exchange)
                                .onErrorResume(
                                        Problem.class, problem -> screens.refused(visit, form, problem, exchange)))
                        .onErrorResume(
                                CustomerPages::away, away -> Mono.just(pages.again(exchange, "/r/" + token, form))));
    }

    private Mono<Rendering> taken(Visit visit, MultiValueMap<String, String> form, ServerWebExchange exchange) {
        return visit.sheet().atOnce()
                ? takeAtOnce.take(visit, form, exchange)
                : takeScreen.take(visit, form).map(outcome -> screens.show(visit, outcome, exchange));
    }

    /** The same for the page's script, which is told where to go on; otherwise it lets the browser send the form. */
    @PostMapping(
            path = "/r/{token}",
            consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE,
            headers = "X-Afterword=script")
    Mono<ResponseEntity<String>> sendByScript(@PathVariable String token, ServerWebExchange exchange) {
        return told(Mono.zip(exchange.getFormData(), visit(token, exchange))
                .filter(both -> !both.getT2().sheet().atOnce())
                .flatMap(both -> takeScreen.take(both.getT2(), both.getT1())));
    }

    /** Where the page's script goes on, or that the browser should send the form. */
    static Mono<ResponseEntity<String>> told(Mono<Outcome> outcome) {
        return outcome.map(come -> come instanceof Outcome.GoOn on
                        ? ResponseEntity.ok().contentType(MediaType.TEXT_PLAIN).body(on.address())
                        : ResponseEntity.unprocessableContent().<String>build())
                .defaultIfEmpty(ResponseEntity.unprocessableContent().build())
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
                .filter(both -> !both.getT2().sheet().atOnce())
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
        return Mono.zip(exchange.getFormData(), visit(token, exchange))
                .map(both -> screens.live(both.getT2(), both.getT1(), exchange));
    }

    @GetMapping("/r/{token}/thanks")
    Mono<Rendering> thanks(@PathVariable String token, ServerWebExchange exchange) {
        return visit(token, exchange)
                .flatMap(visit -> visit.sheet().answered()
                        ? thankAtOnce.given(visit).map(given -> thanks(visit, given, exchange))
                        : Mono.just(AnswerScreens.redirect(visit.address(""))));
    }

    private Rendering thanks(Visit visit, Map<String, Object> given, ServerWebExchange exchange) {
        var way = visit.way();
        var model = new HashMap<>(given);
        model.put("again", visit.address(""));
        model.put("view", AnswerView.of(visit, way, 0, AnswerFields.none(), Map.of()));
        model.put("thanks", visit.texts(way).text(way.definition().thanks()));
        model.put("open", !visit.sheet().closed(clock.instant()));
        model.put("anew", anew(visit));
        return pages.show(exchange, "response/thanks", HttpStatus.OK, visit.page(), model);
    }

    /** Where somebody else, or the same person once more, begins; empty where there is no such page. */
    private String anew(Visit visit) {
        var link = visit.sheet().link();
        if (link == null || link.revokedAt() != null || visit.sheet().settings().oneAnswer()) {
            return "";
        }
        return link.kind() == SurveyLink.Kind.PAGE || link.kind() == SurveyLink.Kind.EMBEDDED
                ? link.path(visit.sheet().workspace().code(), secret)
                : "";
    }

    @GetMapping("/r/{token}/logo")
    Mono<ResponseEntity<ByteBuffer>> logo(@PathVariable String token) {
        return sheets.key(verified(token)).flatMap(key -> logo(logos, key.workspaceId()));
    }

    /** The shop's logo, which browsers keep for an hour. */
    static Mono<ResponseEntity<ByteBuffer>> logo(Logos logos, UUID workspaceId) {
        return logos.of(workspaceId)
                .map(logo -> ResponseEntity.ok()
                        .contentType(MediaType.parseMediaType(logo.mediaType()))
                        .cacheControl(CacheControl.maxAge(Duration.ofHours(1)).cachePrivate())
                        .body(logo.bytes()))
                .switchIfEmpty(Mono.error(() -> new NotFound("invitation.unknown")));
    }

    private Mono<Visit> visit(String token, ServerWebExchange exchange) {
        return Mono.<AnswerSheet>defer(() -> sheets.find(verified(token)))
                .map(sheet ->
                        Visit.of("/r/" + token, sheet, exchange.getRequest().getQueryParams()));
    }

    private LinkToken verified(String token) {
        return LinkToken.verify(token, LinkToken.Use.ANSWER, secret)
                .orElseThrow(() -> new NotFound("invitation.unknown"));
    }
}
