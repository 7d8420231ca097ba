package dev.afterword.web.response;

import dev.afterword.db.Conflict;
import dev.afterword.db.NotFound;
import dev.afterword.db.Problem;
import dev.afterword.db.response.AnswerSheet.Openness;
import dev.afterword.db.response.SurveyVisits;
import dev.afterword.db.response.SurveyVisits.Receipt;
import dev.afterword.db.response.SurveyVisits.Visited;
import dev.afterword.db.survey.SurveyLink;
import dev.afterword.db.workspace.AfterwordSecret;
import dev.afterword.db.workspace.LinkToken;
import dev.afterword.db.workspace.Logos;
import dev.afterword.web.AnswerFields;
import dev.afterword.web.CustomerPages;
import dev.afterword.web.ForCustomers;
import dev.afterword.web.TooMany;
import dev.afterword.web.response.TakeScreen.Outcome;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
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
import org.springframework.web.util.UriComponentsBuilder;
import reactor.core.publisher.Mono;

/** The links of surveys that anybody may open. Looking stores nothing; the first answer begins a response with a link of its own. */
@Controller
@ForCustomers
class LinkPages {
    /** The field that names what begins; no question can have this key. */
    static final String BEGINNING = "_begin";

    private static final String SURVEY = "/s/{token}";
    private static final String RECEIPT = "/o/{token}/{order}/{signature}";

    private final CustomerPages pages;
    private final AnswerScreens screens;
    private final AnswerNotices notices;
    private final TakeScreen takeScreen;
    private final TakeAtOnce takeAtOnce;
    private final SurveyVisits visits;
    private final Beginnings beginnings;
    private final Logos logos;
    private final AfterwordSecret secret;
    private final Clock clock;

    LinkPages(
            CustomerPages pages,
            AnswerScreens screens,
            AnswerNotices notices,
            TakeScreen takeScreen,
            TakeAtOnce takeAtOnce,
            SurveyVisits visits,
            Beginnings beginnings,
            Logos logos,
            AfterwordSecret secret,
            Clock clock) {
        this.pages = pages;
        this.screens = screens;
        this.notices = notices;
        this.takeScreen = takeScreen;
        this.takeAtOnce = takeAtOnce;
        this.visits = visits;
        this.beginnings = beginnings;
        this.logos = logos;
        this.secret = secret;
        this.clock = clock;
    }

    /** What the link names. */
    private record Address(String token, @Nullable Receipt receipt) {
        static Address of(String token, @Nullable String order, @Nullable String signature) {
            return new Address(token, order == null || signature == null ? null : new Receipt(order, signature));
        }

        String path() {
            var builder = UriComponentsBuilder.fromPath(receipt == null ? "/s/" : "/o/")
                    .pathSegment("{token}");
            return receipt == null
                    ? builder.encode().buildAndExpand(token).toUriString()
                    : builder.pathSegment("{order}", "{signature}")
                            .encode()
                            .buildAndExpand(token, receipt.externalId(), receipt.signature())
                            .toUriString();
        }
    }

    @GetMapping({SURVEY, RECEIPT})
    Mono<Rendering> show(
            @PathVariable String token,
            @PathVariable(required = false) @Nullable String order,
            @PathVariable(required = false) @Nullable String signature,
            ServerWebExchange exchange) {
        var address = Address.of(token, order, signature);
        return open(address, null, exchange)
                .map(visited -> visited.begun()
                        ? AnswerScreens.redirect(own(visited))
                        : screens.open(visit(address, visited, exchange), exchange));
    }

    @PostMapping(
            path = {SURVEY, RECEIPT},
            consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
    Mono<Rendering> send(
            @PathVariable String token,
            @PathVariable(required = false) @Nullable String order,
            @PathVariable(required = false) @Nullable String signature,
            ServerWebExchange exchange) {
        var address = Address.of(token, order, signature);
        return exchange.getFormData()
                .flatMap(form -> open(address, begun(address, form), exchange)
                        .flatMap(visited -> send(address, visited, form, exchange))
                        .onErrorResume(
                                TooMany.class, many -> Mono.just(pages.again(exchange, address.path(), form, many)))
                        .onErrorResume(
                                CustomerPages::away, away -> Mono.just(pages.again(exchange, address.path(), form))));
    }

    private Mono<Rendering> send(
            Address address, Visited visited, MultiValueMap<String, String> form, ServerWebExchange exchange) {
        var here = visit(address, visited, exchange);
        var openness = openness(address, visited, form);
        if (here.sheet().atOnce() && visited.begun()) {
            return Mono.just(AnswerScreens.redirect(address.path()));
        }
        if (openness != Openness.OPEN) {
            return Mono.just(notices.show(here, openness, exchange));
        }
        return (here.sheet().atOnce()
                        ? takeAtOnce.take(here, form, exchange)
                        : take(here, visited, form, exchange).map(outcome -> screens.show(here, outcome, exchange)))
                .onErrorResume(Problem.class, problem -> screens.refused(here, form, problem, exchange));
    }

    /** Who has a page that was given out while the survey was open may finish. */
    private Openness openness(Address address, Visited visited, MultiValueMap<String, String> form) {
        return visited.sheet().openness(clock.instant(), begun(address, form) != null);
    }

    /** The same for the page's script, which is told where to go on. */
    @PostMapping(
            path = {SURVEY, RECEIPT},
            consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE,
            headers = "X-Afterword=script")
    Mono<ResponseEntity<String>> sendByScript(
            @PathVariable String token,
            @PathVariable(required = false) @Nullable String order,
            @PathVariable(required = false) @Nullable String signature,
            ServerWebExchange exchange) {
        var address = Address.of(token, order, signature);
        return AnswerPages.told(exchange.getFormData()
                .flatMap(form -> open(address, begun(address, form), exchange).flatMap(visited -> {
                    var here = visit(address, visited, exchange);
                    if (here.sheet().atOnce()) {
                        return Mono.empty();
                    }
                    return here.sheet().closed(clock.instant())
                            ? Mono.error(new Conflict("invitation.closed"))
                            : take(here, visited, form, exchange);
                })));
    }

    /** The page as it is with these answers, which are not kept. */
    @PostMapping(
            path = {SURVEY + "/live", RECEIPT + "/live"},
            consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
    Mono<Rendering> live(
            @PathVariable String token,
            @PathVariable(required = false) @Nullable String order,
            @PathVariable(required = false) @Nullable String signature,
            ServerWebExchange exchange) {
        var address = Address.of(token, order, signature);
        return exchange.getFormData()
                .flatMap(form -> open(address, begun(address, form), exchange).map(visited -> {
                    var visit = visit(address, visited, exchange);
                    var openness = openness(address, visited, form);
                    // Otherwise a page would be given out after the survey has closed.
                    return openness == Openness.CLOSED
                            ? notices.show(visit, openness, exchange)
                            : screens.live(visit, form, exchange);
                }));
    }

    /** Where all answers were taken at once: nothing on it leads back to them, and a kiosk begins anew by itself. */
    @GetMapping({SURVEY + "/thanks", RECEIPT + "/thanks"})
    Mono<Rendering> thanks(
            @PathVariable String token,
            @PathVariable(required = false) @Nullable String order,
            @PathVariable(required = false) @Nullable String signature,
            ServerWebExchange exchange) {
        var address = Address.of(token, order, signature);
        return open(address, null, exchange).map(visited -> {
            var visit = visit(address, visited, exchange);
            var link = visit.sheet().link();
            var kiosk = link != null && link.kind() == SurveyLink.Kind.KIOSK;
            var seconds = visit.sheet().settings().sharing().resetSeconds();
            if (kiosk) {
                AnswerScreens.anewAfter(seconds, address.path(), exchange);
            }
            var way = visit.way();
            return pages.show(
                    exchange,
                    "response/thanks",
                    HttpStatus.OK,
                    visit.page(),
                    Map.of(
                            "again",
                            "",
                            "view",
                            AnswerView.of(visit, way, 0, AnswerFields.none(), Map.of()),
                            "thanks",
                            visit.texts(way).text(way.definition().thanks()),
                            "open",
                            false,
                            "anew",
                            kiosk ? address.path() : ""));
        });
    }

    @GetMapping({SURVEY + "/logo", RECEIPT + "/logo"})
    Mono<ResponseEntity<ByteBuffer>> logo(
            @PathVariable String token,
            @PathVariable(required = false) @Nullable String order,
            @PathVariable(required = false) @Nullable String signature,
            ServerWebExchange exchange) {
        return open(Address.of(token, order, signature), null, exchange)
                .flatMap(visited ->
                        AnswerPages.logo(logos, visited.sheet().workspace().id()))
                .switchIfEmpty(Mono.error(() -> new NotFound("survey-link.unknown")));
    }

    /** Stores what begins as soon as there is something to keep; from then on it goes on at the response's own link. */
    private Mono<Outcome> take(
            Visit here, Visited visited, MultiValueMap<String, String> form, ServerWebExchange exchange) {
        if (visited.begun()) {
            return takeScreen.take(at(here, visited), form);
        }
        if (!takeScreen.keeps(here, form)) {
            return takeScreen.take(here, form);
        }
        return beginnings
                .count(exchange)
                .then(Mono.defer(() -> visits.begin(visited.sheet())))
                .flatMap(sheet -> takeScreen.take(at(here, new Visited(sheet, true)), form));
    }

    private Visit at(Visit here, Visited visited) {
        return new Visit(own(visited), visited.sheet(), here.language(), here.chosen(), here.carried(), null);
    }

    /** The link of the response. */
    private String own(Visited visited) {
        var sheet = visited.sheet();
        return "/r/"
                + new LinkToken(
                                sheet.workspace().code(),
                                sheet.invitation().key().id())
                        .sign(LinkToken.Use.ANSWER, secret);
    }

    private Visit visit(Address address, Visited visited, ServerWebExchange exchange) {
        var sheet = visited.sheet();
        var visit = Visit.of(address.path(), sheet, exchange.getRequest().getQueryParams());
        var id = sheet.invitation().key().id();
        return visited.begun()
                ? visit
                : visit.beginning(new LinkToken(sheet.workspace().code(), id).sign(LinkToken.Use.BEGINNING, secret));
    }

    private Mono<Visited> open(Address address, @Nullable UUID id, ServerWebExchange exchange) {
        return Mono.defer(() -> {
            var token = LinkToken.verify(address.token(), LinkToken.Use.SURVEY, secret)
                    .orElseThrow(() -> new NotFound("survey-link.unknown"));
            var asked = exchange.getRequest().getHeaders().getAcceptLanguageAsLocales();
            var chosen = exchange.getRequest().getQueryParams().getFirst(Visit.LANGUAGE);
            return visits.open(
                    token,
                    address.receipt(),
                    id,
                    spoken ->
                            chosen != null && spoken.contains(chosen) ? Optional.of(chosen) : language(asked, spoken));
        });
    }

    /** The id of the page that sends; null where it does not say, or says something that is not ours. */
    private @Nullable UUID begun(Address address, MultiValueMap<String, String> form) {
        var token = Optional.ofNullable(form.getFirst(BEGINNING))
                .flatMap(begun -> LinkToken.verify(begun, LinkToken.Use.BEGINNING, secret));
        var code = address.token().substring(0, Math.min(8, address.token().length()));
        return token.filter(begun -> begun.workspaceCode().equals(code.toLowerCase(Locale.ROOT)))
                .map(LinkToken::id)
                .orElse(null);
    }

    /** The first language asked for that the survey speaks. */
    private static Optional<String> language(List<Locale> asked, List<String> spoken) {
        return asked.stream()
                .flatMap(locale -> spoken.stream()
                        .filter(tag -> tag.equalsIgnoreCase(locale.toLanguageTag())
                                || Locale.forLanguageTag(tag).getLanguage().equals(locale.getLanguage())))
                .findFirst();
    }
}
