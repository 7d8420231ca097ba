package dev.afterword.web.response;

import dev.afterword.db.NotFound;
import dev.afterword.db.contact.Resubscribe;
import dev.afterword.db.contact.Unsubscribe;
import dev.afterword.db.message.MailWish;
import dev.afterword.db.message.MailWishes;
import dev.afterword.db.workspace.AfterwordSecret;
import dev.afterword.db.workspace.Grounds;
import dev.afterword.db.workspace.LinkToken;
import dev.afterword.db.workspace.Purpose;
import dev.afterword.web.CustomerPage;
import dev.afterword.web.CustomerPages;
import dev.afterword.web.ForCustomers;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Where the unsubscribe link of a mail leads. A mail program's one click (RFC 8058) and the page's button post to the same address. */
@Controller
@ForCustomers
class UnsubscribePages {
    /** What a person may choose; answers to their own case are service and go on. */
    private static final List<Purpose> CHOICES = List.of(Purpose.QUESTIONS, Purpose.TIPS, Purpose.NEWS);

    private final CustomerPages pages;
    private final MailWishes wishes;
    private final Unsubscribe unsubscribe;
    private final Resubscribe resubscribe;
    private final Grounds grounds;
    private final AfterwordSecret secret;

    UnsubscribePages(
            CustomerPages pages,
            MailWishes wishes,
            Unsubscribe unsubscribe,
            Resubscribe resubscribe,
            Grounds grounds,
            AfterwordSecret secret) {
        this.pages = pages;
        this.wishes = wishes;
        this.unsubscribe = unsubscribe;
        this.resubscribe = resubscribe;
        this.grounds = grounds;
        this.secret = secret;
    }

    /** One purpose and whether it is written for. */
    record Choice(String code, boolean wanted) {}

    @GetMapping("/u/{token}")
    Mono<Rendering> show(@PathVariable String token, ServerWebExchange exchange) {
        return wish(token).flatMap(wish -> page(wish, token, exchange, "ask"));
    }

    /** Stops what the mail was for, at once, whatever the body says; doing it again changes nothing. */
    @PostMapping("/u/{token}")
    Mono<Rendering> stop(@PathVariable String token, ServerWebExchange exchange) {
        return wish(token)
                .flatMap(wish -> unsubscribe.unsubscribe(wish.contact(), wish.purpose()))
                .then(wish(token))
                .flatMap(wish -> page(wish, token, exchange, "stopped"));
    }

    @PostMapping(path = "/u/{token}/preferences", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
    Mono<Rendering> choose(@PathVariable String token, ServerWebExchange exchange) {
        return Mono.zip(wish(token), exchange.getFormData())
                .flatMap(both -> change(both.getT1(), both.getT2().getOrDefault("purpose", List.of())))
                .then(wish(token))
                .flatMap(wish -> page(wish, token, exchange, "saved"));
    }

    private Mono<Void> change(MailWish wish, List<String> wanted) {
        var stopped = stopped(wish);
        return offered(wish)
                .flatMapIterable(offered -> offered)
                .concatMap(purpose -> {
                    var want = wanted.contains(purpose.code());
                    if (want == !stopped.contains(purpose)) {
                        return Mono.empty();
                    }
                    return want
                            ? resubscribe.resubscribe(wish.contact(), purpose)
                            : unsubscribe.unsubscribe(wish.contact(), purpose);
                })
                .then();
    }

    private Mono<MailWish> wish(String token) {
        return Mono.defer(() -> LinkToken.verify(token, LinkToken.Use.UNSUBSCRIBE, secret)
                .map(wishes::find)
                .orElseThrow(() -> new NotFound("send.unknown")));
    }

    /** What the shop may write about at all, and what this mail was for. */
    private Mono<List<Purpose>> offered(MailWish wish) {
        return grounds.of(wish.workspace().id())
                .map(stated -> CHOICES.stream()
                        .filter(purpose -> stated.containsKey(purpose) || purpose == wish.purpose())
                        .toList());
    }

    private Mono<Rendering> page(MailWish wish, String token, ServerWebExchange exchange, String state) {
        return offered(wish).map(offered -> page(wish, offered, token, exchange, state));
    }

    private Rendering page(
            MailWish wish, List<Purpose> offered, String token, ServerWebExchange exchange, String state) {
        var stopped = stopped(wish);
        return pages.show(
                exchange,
                "response/unsubscribe",
                HttpStatus.OK,
                CustomerPage.of(wish.workspace(), wish.language(), null),
                Map.of(
                        "token", token,
                        "state", state,
                        "address", wish.maskedAddress(),
                        "purpose", wish.purpose().code(),
                        "done", stopped.contains(wish.purpose()),
                        "choices", choices(offered, stopped)));
    }

    private static List<Choice> choices(List<Purpose> offered, Set<Purpose> stopped) {
        return offered.stream()
                .map(purpose -> new Choice(purpose.code(), !stopped.contains(purpose)))
                .toList();
    }

    private static Set<Purpose> stopped(MailWish wish) {
        return wish.stopped().isEmpty() ? EnumSet.noneOf(Purpose.class) : EnumSet.copyOf(wish.stopped());
    }
}
