package dev.afterword.web.inbox;

import dev.afterword.db.Conflict;
import dev.afterword.db.Key;
import dev.afterword.db.NotFound;
import dev.afterword.db.Rejected;
import dev.afterword.db.inbox.AnswerInCase;
import dev.afterword.db.inbox.CasePhotos;
import dev.afterword.db.inbox.CustomerCase;
import dev.afterword.db.inbox.CustomerCases;
import dev.afterword.db.inbox.FeedbackLinks;
import dev.afterword.db.workspace.AfterwordSecret;
import dev.afterword.db.workspace.LinkToken;
import dev.afterword.db.workspace.Workspace;
import dev.afterword.web.CustomerPage;
import dev.afterword.web.CustomerPages;
import dev.afterword.web.ForCustomers;
import dev.afterword.web.inbox.ReadUpload.Upload;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.multipart.PartEvent;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Where a customer follows their case and answers in it. Looking changes nothing. */
@Controller
@ForCustomers
class OwnCasePages {
    private final CustomerPages pages;
    private final FeedbackPlaces places;
    private final FeedbackLimits limits;
    private final FormTokens forms;
    private final ReadUpload uploads;
    private final CustomerCases cases;
    private final CasePhotos photos;
    private final AnswerInCase answerInCase;
    private final FeedbackLinks links;
    private final AfterwordSecret secret;
    private final MessageSource messages;
    private final Clock clock;

    OwnCasePages(
            CustomerPages pages,
            FeedbackPlaces places,
            FeedbackLimits limits,
            FormTokens forms,
            ReadUpload uploads,
            CustomerCases cases,
            CasePhotos photos,
            AnswerInCase answerInCase,
            FeedbackLinks links,
            AfterwordSecret secret,
            MessageSource messages,
            Clock clock) {
        this.pages = pages;
        this.places = places;
        this.limits = limits;
        this.forms = forms;
        this.uploads = uploads;
        this.cases = cases;
        this.photos = photos;
        this.answerInCase = answerInCase;
        this.links = links;
        this.secret = secret;
        this.messages = messages;
        this.clock = clock;
    }

    /** A case by one of its two links. */
    private record Link(String path, Workspace workspace, Key key, boolean mailed) {}

    @GetMapping("/c/{token}")
    Mono<Rendering> show(
            @PathVariable String token,
            @RequestParam(defaultValue = "false") boolean said,
            @RequestParam(required = false) @Nullable String language,
            ServerWebExchange exchange) {
        return link(token)
                .flatMap(link -> cases.find(link.key(), link.mailed())
                        .flatMap(story -> story.key().equals(link.key())
                                ? page(
                                        link,
                                        story,
                                        forms.fresh(link.workspace()),
                                        SpeakForm.blank(),
                                        said,
                                        language,
                                        HttpStatus.OK,
                                        exchange)
                                : Mono.just(to(links.mailed(
                                        link.workspace(), story.key().id())))))
                .onErrorResume(NotFound.class, gone -> gone(exchange));
    }

    /** What happens next, after something was said for the first time. */
    @GetMapping("/c/{token}/thanks")
    Mono<Rendering> thanks(
            @PathVariable String token,
            @RequestParam(required = false) @Nullable String language,
            ServerWebExchange exchange) {
        return link(token)
                .flatMap(link -> cases.find(link.key(), link.mailed())
                        .flatMap(story -> look(link, story, language, exchange)
                                .map(look -> pages.show(
                                        exchange,
                                        "inbox/feedback-thanks",
                                        HttpStatus.OK,
                                        look,
                                        Map.of("view", view(link, story, "", SpeakForm.blank(), false, 0, look))))))
                .onErrorResume(NotFound.class, gone -> gone(exchange));
    }

    @PostMapping(path = "/c/{token}", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    Mono<Rendering> answer(@PathVariable String token, @RequestBody Flux<PartEvent> parts, ServerWebExchange exchange) {
        return link(token)
                .flatMap(link -> limits.count(link.workspace().code(), exchange)
                        .then(Mono.defer(() -> uploads.read(parts)))
                        .flatMap(sent -> sent(link, sent, exchange)))
                .onErrorResume(NotFound.class, gone -> gone(exchange));
    }

    private Mono<Rendering> sent(Link link, Upload sent, ServerWebExchange exchange) {
        var token = forms.read(sent.value("form"), link.workspace());
        var typed = SpeakForm.of(sent);
        return forms.keep(link.workspace().id(), token.id(), sent, typed)
                .then(Mono.defer(() -> typed.right()
                        ? answerInCase.answer(link.key(), link.mailed(), token.id(), sent.value("words"))
                        : Mono.empty()))
                .map(into -> to(path(link, into.id()) + "?said=true"))
                .onErrorResume(Rejected.class, wrong -> {
                    typed.wrong(wrong);
                    return Mono.empty();
                })
                .onErrorResume(Conflict.class, elsewhere -> Mono.just(to(link.path())))
                .switchIfEmpty(Mono.defer(() -> cases.find(link.key(), link.mailed())
                        .flatMap(story -> page(
                                link, story, token, typed, false, null, HttpStatus.UNPROCESSABLE_CONTENT, exchange))));
    }

    private String path(Link link, UUID caseId) {
        return link.mailed() ? links.mailed(link.workspace(), caseId) : links.opened(link.workspace(), caseId);
    }

    @GetMapping("/c/{token}/photos/{photo}")
    Mono<ResponseEntity<ByteBuffer>> photo(@PathVariable String token, @PathVariable UUID photo) {
        return link(token)
                .flatMap(link -> cases.photo(link.key(), link.mailed(), photo))
                .map(PhotoAnswer::of);
    }

    @GetMapping("/c/{token}/files/{file}")
    Mono<ResponseEntity<ByteBuffer>> file(@PathVariable String token, @PathVariable UUID file) {
        return link(token)
                .flatMap(link -> cases.file(link.key(), link.mailed(), file))
                .map(FileAnswer::of);
    }

    private Mono<Link> link(String token) {
        var mailed = LinkToken.verify(token, LinkToken.Use.CASE, secret);
        return Mono.justOrEmpty(mailed.or(() -> LinkToken.verify(token, LinkToken.Use.CASE_OPENED, secret)))
                .switchIfEmpty(Mono.error(() -> new NotFound("case.unknown")))
                .flatMap(read -> places.workspace(read.workspaceCode())
                        .map(workspace -> new Link(
                                "/c/" + token, workspace, new Key(workspace.id(), read.id()), mailed.isPresent())));
    }

    private Mono<Rendering> page(
            Link link,
            CustomerCase story,
            FormTokens.Token token,
            SpeakForm typed,
            boolean said,
            @Nullable String language,
            HttpStatus status,
            ServerWebExchange exchange) {
        return Mono.zip(
                        look(link, story, language, exchange),
                        photos.waiting(link.workspace().id(), token.id()))
                .map(read -> pages.show(
                        exchange,
                        "inbox/own-case",
                        status,
                        read.getT1(),
                        Map.of("view", view(link, story, token.text(), typed, said, read.getT2(), read.getT1()))));
    }

    /** In the shop's look and the language of the mail that led here. */
    private Mono<CustomerPage> look(
            Link link, CustomerCase story, @Nullable String chosen, ServerWebExchange exchange) {
        return places.look(link.workspace(), SpokenIn.of(exchange, chosen, story.language()));
    }

    private OwnCaseView view(
            Link link, CustomerCase story, String form, SpeakForm typed, boolean said, int waiting, CustomerPage page) {
        return OwnCaseView.of(story, link.path(), form, typed, said, waiting, clock.instant(), page, messages);
    }

    /** Nobody learns whether it never was there, or is not there any more. */
    private Mono<Rendering> gone(ServerWebExchange exchange) {
        var asked = exchange.getRequest().getHeaders().getAcceptLanguageAsLocales();
        return Mono.fromSupplier(() -> pages.show(
                exchange,
                "inbox/feedback-notice",
                HttpStatus.NOT_FOUND,
                CustomerPage.ofNobody(asked),
                Map.of("kind", "gone")));
    }

    static Rendering to(String address) {
        return Rendering.redirectTo(address)
                .propagateQuery(false)
                .status(HttpStatus.SEE_OTHER)
                .build();
    }
}
