package dev.afterword.web.inbox;

import dev.afterword.db.NotFound;
import dev.afterword.db.Rejected;
import dev.afterword.db.inbox.CaseKind;
import dev.afterword.db.inbox.CasePhotos;
import dev.afterword.db.inbox.CasePolicies;
import dev.afterword.db.inbox.Feedback;
import dev.afterword.db.inbox.FeedbackLinks;
import dev.afterword.db.inbox.FeedbackPages;
import dev.afterword.db.inbox.TakeFeedback;
import dev.afterword.db.workspace.Logos;
import dev.afterword.web.CustomerPage;
import dev.afterword.web.CustomerPages;
import dev.afterword.web.ForCustomers;
import dev.afterword.web.inbox.ReadUpload.Upload;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.CacheControl;
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

/** Where customers speak without being asked: the shop's own page, and one for each order. Looking stores nothing. */
@Controller
@ForCustomers
class FeedbackFormPages {
    private final CustomerPages pages;
    private final FeedbackPlaces places;
    private final FeedbackLimits limits;
    private final FeedbackWork work;
    private final FormTokens forms;
    private final ReadUpload uploads;
    private final CasePhotos photos;
    private final CasePolicies policies;
    private final FeedbackPages answers;
    private final TakeFeedback takeFeedback;
    private final FeedbackLinks links;
    private final Logos logos;
    private final MessageSource messages;
    private final Clock clock;

    FeedbackFormPages(
            CustomerPages pages,
            FeedbackPlaces places,
            FeedbackLimits limits,
            FeedbackWork work,
            FormTokens forms,
            ReadUpload uploads,
            CasePhotos photos,
            CasePolicies policies,
            FeedbackPages answers,
            TakeFeedback takeFeedback,
            FeedbackLinks links,
            Logos logos,
            MessageSource messages,
            Clock clock) {
        this.pages = pages;
        this.places = places;
        this.limits = limits;
        this.work = work;
        this.forms = forms;
        this.uploads = uploads;
        this.photos = photos;
        this.policies = policies;
        this.answers = answers;
        this.takeFeedback = takeFeedback;
        this.links = links;
        this.logos = logos;
        this.messages = messages;
        this.clock = clock;
    }

    @GetMapping("/f/{what}")
    Mono<Rendering> show(
            @PathVariable String what,
            @RequestParam(required = false) @Nullable String language,
            ServerWebExchange exchange) {
        return places.find(what)
                .flatMap(place -> form(
                        place,
                        forms.fresh(place.workspace()),
                        SpeakForm.blank(),
                        SpokenIn.of(exchange, language, place.language()),
                        HttpStatus.OK,
                        exchange));
    }

    @PostMapping(path = "/f/{what}", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    Mono<Rendering> send(@PathVariable String what, @RequestBody Flux<PartEvent> parts, ServerWebExchange exchange) {
        return places.find(what)
                .flatMap(place -> limits.count(place.workspace().code(), exchange)
                        .then(Mono.defer(() -> uploads.read(parts)))
                        .flatMap(sent -> sent(place, sent, exchange)));
    }

    private Mono<Rendering> sent(FeedbackPlace place, Upload sent, ServerWebExchange exchange) {
        if (!place.page().shown()) {
            return notice(place, "off", HttpStatus.GONE, exchange);
        }
        var other = sent.valueOrNull("language");
        var language = SpokenIn.of(exchange, other == null ? sent.valueOrNull("in") : other, place.language());
        var token = forms.read(sent.value("form"), place.workspace());
        var typed = SpeakForm.of(sent);
        return forms.keep(place.workspace().id(), token.id(), sent, typed).then(Mono.defer(() -> {
            if (other != null) {
                return form(place, token, typed, language, HttpStatus.OK, exchange);
            }
            var said = said(place, sent, token, typed, language);
            if (said.isEmpty() || !typed.right()) {
                return form(place, token, typed, language, HttpStatus.UNPROCESSABLE_CONTENT, exchange);
            }
            if (!sent.value("more").isEmpty() || token.tooSoon()) {
                typed.wrong("", "once-more");
                return form(place, token, typed, language, HttpStatus.UNPROCESSABLE_CONTENT, exchange);
            }
            return work.passes(place.workspace().code(), token, sent.value("work"), exchange)
                    .flatMap(passes -> {
                        if (passes) {
                            return take(place, said.get(), exchange);
                        }
                        typed.wrong("", "many");
                        return form(place, token, typed, language, HttpStatus.UNPROCESSABLE_CONTENT, exchange);
                    })
                    .onErrorResume(
                            Rejected.class,
                            wrong -> form(
                                    place,
                                    token,
                                    typed.wrong(wrong),
                                    language,
                                    HttpStatus.UNPROCESSABLE_CONTENT,
                                    exchange));
        }));
    }

    private Mono<Rendering> take(FeedbackPlace place, Feedback said, ServerWebExchange exchange) {
        var workspace = place.workspace();
        var email = said.email();
        return (email == null ? Mono.<Void>empty() : limits.count(workspace.code(), email, exchange))
                .then(Mono.defer(() -> takeFeedback.take(said)))
                .map(opened -> OwnCasePages.to(
                        links.opened(workspace, opened.key().id()) + "/thanks?language=" + said.language()));
    }

    /** What they say, where enough of it is there; everything that is missing is marked at once. */
    private Optional<Feedback> said(
            FeedbackPlace place, Upload sent, FormTokens.Token token, SpeakForm typed, String language) {
        var kind = Arrays.stream(CaseKind.values())
                .filter(one -> one.code().equals(sent.value("kind")))
                .findFirst();
        if (kind.isEmpty()) {
            typed.wrong("kind", "kind-missing");
        }
        if (sent.value("words").isEmpty()) {
            typed.wrong("words", "words-missing");
        }
        if (!place.known() && kind.filter(Feedback::needsAnswer).isPresent()) {
            if (sent.value("name").isEmpty()) {
                typed.wrong("name", "name-missing");
            }
            if (sent.value("email").isEmpty()) {
                typed.wrong("email", "address-missing");
            }
        }
        if (sent.value("product").length() > Feedback.LONGEST_LINE) {
            typed.wrong("product", "line-long", Feedback.LONGEST_LINE);
        }
        if (kind.isEmpty() || !typed.wrong().isEmpty()) {
            return Optional.empty();
        }
        var order = place.order();
        try {
            return Optional.of(new Feedback(
                    place.workspace().id(),
                    token.id(),
                    kind.get(),
                    sent.value("words"),
                    about(place, sent, CustomerPage.of(place.workspace(), language, null)),
                    place.known() ? null : sent.valueOrNull("name"),
                    place.known() ? null : sent.valueOrNull("email"),
                    order == null ? sent.valueOrNull("order") : null,
                    order == null ? null : order.key().id(),
                    CustomerPage.of(place.workspace(), language, null).locale().getLanguage()));
        } catch (Rejected wrong) {
            typed.wrong(wrong);
            return Optional.empty();
        }
    }

    private String about(FeedbackPlace place, Upload sent, CustomerPage page) {
        return Stream.of("order", "product")
                .filter(field -> place.order() == null || field.equals("product"))
                .filter(field -> !sent.value(field).isEmpty())
                .map(field -> messages.getMessage(
                        field.equals("order") ? "feedback.said.order" : "feedback.said.product",
                        new Object[] {sent.value(field).replaceAll("\\s+", " ")},
                        page.locale()))
                .collect(Collectors.joining("\n"));
    }

    private Mono<Rendering> form(
            FeedbackPlace place,
            FormTokens.Token token,
            SpeakForm typed,
            String language,
            HttpStatus status,
            ServerWebExchange exchange) {
        var workspace = place.workspace();
        if (!place.page().shown()) {
            return notice(place, "off", HttpStatus.GONE, exchange);
        }
        return Mono.zip(
                        places.look(workspace, language),
                        photos.waiting(workspace.id(), token.id()),
                        policies.find(workspace.id()),
                        answers.answerBy(workspace, clock.instant()).singleOptional())
                .map(read -> pages.show(
                        exchange,
                        "inbox/feedback",
                        status,
                        read.getT1(),
                        Map.of(
                                "view",
                                FeedbackView.of(
                                        place,
                                        token.text(),
                                        work.asked(workspace.code()),
                                        typed,
                                        read.getT2(),
                                        read.getT1(),
                                        read.getT3(),
                                        read.getT4().orElse(null),
                                        messages))));
    }

    private Mono<Rendering> notice(FeedbackPlace place, String kind, HttpStatus status, ServerWebExchange exchange) {
        return places.look(place.workspace(), SpokenIn.of(exchange, null, place.language()))
                .map(page -> pages.show(exchange, "inbox/feedback-notice", status, page, Map.of("kind", kind)));
    }

    /** The shop's logo, which browsers keep for an hour. */
    @GetMapping("/f/{code}/logo")
    Mono<ResponseEntity<ByteBuffer>> logo(@PathVariable String code) {
        return places.workspace(code)
                .flatMap(workspace -> logos.of(workspace.id()))
                .map(logo -> ResponseEntity.ok()
                        .contentType(MediaType.parseMediaType(logo.mediaType()))
                        .cacheControl(CacheControl.maxAge(Duration.ofHours(1)).cachePrivate())
                        .body(logo.bytes()))
                .switchIfEmpty(Mono.error(() -> new NotFound("logo.none")));
    }
}
