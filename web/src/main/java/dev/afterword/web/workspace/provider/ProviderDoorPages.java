package dev.afterword.web.workspace.provider;

import dev.afterword.db.NotFound;
import dev.afterword.db.Problem;
import dev.afterword.db.Rejected;
import dev.afterword.db.Unavailable;
import dev.afterword.db.workspace.Base32;
import dev.afterword.db.workspace.Device;
import dev.afterword.db.workspace.Session;
import dev.afterword.db.workspace.Workspace;
import dev.afterword.db.workspace.Workspaces;
import dev.afterword.db.workspace.provider.EnterByProvider;
import dev.afterword.db.workspace.provider.ProveByProvider;
import dev.afterword.db.workspace.provider.ProviderVisit;
import dev.afterword.db.workspace.provider.ProviderVisits;
import dev.afterword.db.workspace.provider.SignInProvider;
import dev.afterword.db.workspace.provider.SignInProviders;
import dev.afterword.db.workspace.provider.Vouched;
import dev.afterword.web.Attempts;
import dev.afterword.web.Paths;
import dev.afterword.web.SessionCookie;
import dev.afterword.web.Signed;
import dev.afterword.web.StaffSessions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The door of one workspace for who signs in by its provider: to the provider, and back. A link leads there and not a form, whose answers may lead to our own pages only. */
@Controller
class ProviderDoorPages {
    private static final Logger LOG = LoggerFactory.getLogger(ProviderDoorPages.class);
    private static final String DOOR = "/sign-in/with/{code}";

    private final Workspaces workspaces;
    private final SignInProviders providers;
    private final ProviderVisits visits;
    private final AskProvider askProvider;
    private final HearProvider hearProvider;
    private final EnterByProvider enterByProvider;
    private final ProveByProvider proveByProvider;
    private final StaffSessions sessions;
    private final SessionCookie cookie;
    private final Attempts attempts;

    ProviderDoorPages(
            Workspaces workspaces,
            SignInProviders providers,
            ProviderVisits visits,
            AskProvider askProvider,
            HearProvider hearProvider,
            EnterByProvider enterByProvider,
            ProveByProvider proveByProvider,
            StaffSessions sessions,
            SessionCookie cookie,
            Attempts attempts) {
        this.workspaces = workspaces;
        this.providers = providers;
        this.visits = visits;
        this.askProvider = askProvider;
        this.hearProvider = hearProvider;
        this.enterByProvider = enterByProvider;
        this.proveByProvider = proveByProvider;
        this.sessions = sessions;
        this.cookie = cookie;
        this.attempts = attempts;
    }

    /** A workspace that people can enter by its provider. */
    private record Place(Workspace workspace, SignInProvider provider) {}

    /** Where none is, nobody learns whether the workspace is there. */
    private Mono<Place> place(String code) {
        return workspaces
                .findByCode(code)
                .flatMap(workspace -> providers.open(workspace.id()).map(provider -> new Place(workspace, provider)))
                .switchIfEmpty(Mono.error(() -> new NotFound("provider.none")));
    }

    @GetMapping(DOOR)
    Mono<Rendering> door(@PathVariable String code, @RequestParam(defaultValue = "") String next) {
        return place(code)
                .map(place -> Rendering.view("workspace/provider-door")
                        .modelAttribute("workspace", place.workspace())
                        .modelAttribute("provider", place.provider())
                        .modelAttribute("next", ours(place.workspace(), next))
                        .build())
                .onErrorResume(Problem.class, problem -> Mono.just(failed(code, problem, false)));
    }

    @GetMapping(DOOR + "/go")
    Mono<Rendering> go(
            @PathVariable String code, @RequestParam(defaultValue = "") String next, ServerWebExchange exchange) {
        return place(code)
                .flatMap(place -> leave(place, ours(place.workspace(), next), null, exchange))
                .onErrorResume(error -> told(code, error, false));
    }

    /** To the provider once more, for who came in by it and has to prove who they are. */
    @GetMapping("/w/{code}/you/again/provider")
    Mono<Rendering> again(Signed signed, @RequestParam(defaultValue = "") String next, ServerWebExchange exchange) {
        var code = signed.workspace().code();
        return sessions.of(exchange)
                .filter(Session::byProvider)
                .switchIfEmpty(Mono.error(() -> new NotFound("provider.none")))
                .flatMap(session -> place(code)
                        .flatMap(place -> leave(place, ours(signed.workspace(), next), session.hash(), exchange)))
                .onErrorResume(error -> told(code, error, true));
    }

    private Mono<Rendering> leave(Place place, String next, @Nullable String sessionHash, ServerWebExchange exchange) {
        if (!attempts.allowedFrom("provider", exchange)) {
            return Mono.error(new Rejected("sign-in.too-many", null));
        }
        var held = cookie.away(exchange);
        var browser = held == null ? Base32.random(52) : held;
        return askProvider
                .ask(place.workspace(), place.provider(), next, sessionHash, exchange)
                .flatMap(way -> visits.begin(place.workspace().id(), browser, way.visit())
                        .then(Mono.fromSupplier(() -> {
                            cookie.setAway(exchange, browser);
                            return Rendering.redirectTo(way.url().toString()).build();
                        })));
    }

    /** What a provider sends back with them. */
    private record Back(String state, String code, String error, String issuer) {
        static Back of(ServerWebExchange exchange) {
            var sent = exchange.getRequest().getQueryParams();
            return new Back(
                    orEmpty(sent.getFirst("state")),
                    orEmpty(sent.getFirst("code")),
                    orEmpty(sent.getFirst("error")),
                    orEmpty(sent.getFirst("iss")));
        }

        private static String orEmpty(@Nullable String value) {
            return value == null ? "" : value;
        }
    }

    @GetMapping(DOOR + "/return")
    Mono<Rendering> comeBack(@PathVariable String code, ServerWebExchange exchange) {
        var back = Back.of(exchange);
        return place(code)
                .flatMap(place -> taken(place, back, exchange)
                        .flatMap(visit -> heard(place, visit, back)
                                .flatMap(vouched -> visit.sessionHash() == null
                                        ? enterByProvider
                                                .enter(place.workspace().id(), vouched, device(exchange))
                                                .doOnNext(session -> cookie.set(exchange, session))
                                                .then()
                                        : same(visit, exchange)
                                                .flatMap(session ->
                                                        proveByProvider.prove(session, vouched, visit.begunAt())))
                                .thenReturn(Rendering.redirectTo(visit.next()).build())))
                .onErrorResume(error -> sessions.of(exchange)
                        .map(session -> session.byProvider())
                        .defaultIfEmpty(false)
                        .flatMap(inside -> told(code, error, inside)));
    }

    private Mono<ProviderVisit> taken(Place place, Back back, ServerWebExchange exchange) {
        if (!attempts.allowedFrom("provider-return", exchange)) {
            return Mono.error(new Rejected("sign-in.too-many", null));
        }
        var browser = cookie.away(exchange);
        return browser == null || back.state().isEmpty()
                ? Mono.error(new Rejected("provider.over", null))
                : visits.take(place.workspace().id(), browser, back.state());
    }

    private Mono<Vouched> heard(Place place, ProviderVisit visit, Back back) {
        if (!back.issuer().isEmpty() && !back.issuer().equals(hearProvider.issuer(visit))) {
            return Mono.error(new Rejected("provider.answer-wrong", null));
        }
        if (!back.error().isEmpty() || back.code().isEmpty()) {
            return Mono.error(Trouble.returned(back.error()));
        }
        return providers
                .secretOf(place.workspace().id())
                .flatMap(secret -> hearProvider.hear(
                        visit, askProvider.back(place.workspace()), secret, back.code(), back.state()));
    }

    /** The session that went there. */
    private Mono<Session> same(ProviderVisit visit, ServerWebExchange exchange) {
        return sessions.of(exchange)
                .filter(session -> session.hash().equals(visit.sessionHash()))
                .switchIfEmpty(Mono.error(() -> new Rejected("provider.over", null)));
    }

    /** Says in the log what went wrong, and of nobody with whom. */
    private static Mono<Rendering> told(String code, Throwable error, boolean again) {
        if (Trouble.databaseAway(error)) {
            return Mono.error(error);
        }
        var problem = Trouble.of(error);
        LOG.warn(
                "Sign-in by the provider of workspace {}: {} ({})",
                code.replaceAll("[^a-z2-7]", ""),
                problem.code(),
                Trouble.code(error));
        return Mono.just(failed(code, problem, again));
    }

    /** @param again whether somebody signed in was to prove who they are */
    private static Rendering failed(String code, Problem problem, boolean again) {
        return Rendering.view("workspace/provider-failed")
                .modelAttribute("code", code)
                .modelAttribute("problem", problem)
                .modelAttribute("again", again)
                .status(
                        switch (problem) {
                            case NotFound _ -> HttpStatus.NOT_FOUND;
                            case Unavailable _ -> HttpStatus.SERVICE_UNAVAILABLE;
                            default ->
                                problem.code().equals("sign-in.too-many")
                                        ? HttpStatus.TOO_MANY_REQUESTS
                                        : HttpStatus.UNPROCESSABLE_CONTENT;
                        })
                .build();
    }

    /** Where they were going, as long as it is a page of that workspace. */
    private static String ours(Workspace workspace, String next) {
        return Paths.next(next, "/w/" + workspace.code() + "/");
    }

    private static String device(ServerWebExchange exchange) {
        return Device.of(exchange.getRequest().getHeaders().getFirst(HttpHeaders.USER_AGENT));
    }
}
