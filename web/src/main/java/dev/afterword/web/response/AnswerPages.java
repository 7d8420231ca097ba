package dev.afterword.web.response;

import dev.afterword.db.Conflict;
import dev.afterword.db.NotFound;
import dev.afterword.db.Problem;
import dev.afterword.db.Rejected;
import dev.afterword.db.Unavailable;
import dev.afterword.db.response.AnswerSheet;
import dev.afterword.db.response.AnswerSheets;
import dev.afterword.db.response.GiveAnswers;
import dev.afterword.db.response.GivenAnswers;
import dev.afterword.db.survey.Question;
import dev.afterword.db.survey.SurveyDefinition;
import dev.afterword.db.workspace.AfterwordSecret;
import dev.afterword.db.workspace.LinkToken;
import dev.afterword.db.workspace.Logos;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
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

/** Where a customer answers: the link of an invitation. Looking changes nothing; what the button sends counts. */
@Controller
class AnswerPages {
    private final CustomerPages pages;
    private final AnswerSheets sheets;
    private final GiveAnswers giveAnswers;
    private final Logos logos;
    private final AfterwordSecret secret;
    private final Clock clock;

    AnswerPages(
            CustomerPages pages,
            AnswerSheets sheets,
            GiveAnswers giveAnswers,
            Logos logos,
            AfterwordSecret secret,
            Clock clock) {
        this.pages = pages;
        this.sheets = sheets;
        this.giveAnswers = giveAnswers;
        this.logos = logos;
        this.secret = secret;
        this.clock = clock;
    }

    /** The page; {@code ?recommend=9} chooses that score, and only chooses it. */
    @GetMapping("/r/{token}")
    Mono<Rendering> show(@PathVariable String token, ServerWebExchange exchange) {
        return sheet(token).map(sheet -> {
            if (sheet.closed(clock.instant())) {
                return closed(sheet, exchange, token);
            }
            var fields = new HashMap<String, String>();
            var response = sheet.response();
            if (response != null) {
                response.answers().forEach((slot, answer) -> fields.put(slot.toString(), AnswerView.field(answer)));
            }
            fields.putAll(
                    chosen(sheet.version().definition(), exchange.getRequest().getQueryParams()));
            return form(sheet, exchange, token, HttpStatus.OK, fields, Map.of());
        });
    }

    /** Keeps the answer, or shows everything that was typed again with what is wrong. */
    @PostMapping(path = "/r/{token}", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
    Mono<Rendering> send(@PathVariable String token, ServerWebExchange exchange) {
        return exchange.getFormData()
                .flatMap(form -> sheet(token)
                        .flatMap(sheet -> send(sheet, form, token, exchange))
                        .onErrorResume(CustomerPages::away, away -> Mono.just(pages.again(exchange, token, form))));
    }

    private Mono<Rendering> send(
            AnswerSheet sheet, MultiValueMap<String, String> form, String token, ServerWebExchange exchange) {
        var fields = fields(sheet.version().definition(), form);
        var given = new GivenAnswers(sheet.invitation().key(), fields, true, true, clock.instant());
        return giveAnswers
                .give(given)
                .thenReturn(Rendering.redirectTo("/r/" + token + "/thanks")
                        .status(HttpStatus.SEE_OTHER)
                        .build())
                .onErrorResume(Problem.class, problem -> Mono.just(refused(sheet, exchange, token, fields, problem)));
    }

    /** What is answered so far, kept by the page's script; provisional until the button is pressed. */
    @PostMapping(path = "/r/{token}/draft", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
    Mono<ResponseEntity<Void>> draft(@PathVariable String token, ServerWebExchange exchange) {
        return Mono.zip(sheets.key(verified(token)), exchange.getFormData())
                .flatMap(both -> giveAnswers.give(
                        new GivenAnswers(both.getT1(), both.getT2().toSingleValueMap(), false, false, clock.instant())))
                .then(Mono.fromCallable(() -> ResponseEntity.noContent().<Void>build()))
                .onErrorResume(
                        Rejected.class,
                        _ -> Mono.just(ResponseEntity.unprocessableContent().build()))
                .onErrorResume(
                        Conflict.class,
                        _ -> Mono.just(
                                ResponseEntity.status(HttpStatus.CONFLICT).build()));
    }

    @GetMapping("/r/{token}/thanks")
    Mono<Rendering> thanks(@PathVariable String token, ServerWebExchange exchange) {
        return sheet(token).map(sheet -> {
            if (!sheet.answered()) {
                return Rendering.redirectTo("/r/" + token)
                        .status(HttpStatus.SEE_OTHER)
                        .build();
            }
            var page = page(sheet, token);
            return pages.show(
                    exchange,
                    "response/thanks",
                    HttpStatus.OK,
                    page,
                    Map.of(
                            "token",
                            token,
                            "view",
                            AnswerView.of(sheet, page, Map.of(), Map.of()),
                            "open",
                            !sheet.closed(clock.instant())));
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

    private Mono<AnswerSheet> sheet(String token) {
        return Mono.defer(() -> sheets.find(verified(token)));
    }

    private LinkToken verified(String token) {
        return LinkToken.verify(token, LinkToken.Use.ANSWER, secret)
                .orElseThrow(() -> new NotFound("invitation.unknown"));
    }

    private Rendering refused(
            AnswerSheet sheet, ServerWebExchange exchange, String token, Map<String, String> fields, Problem problem) {
        return switch (problem) {
            case NotFound unknown -> throw unknown;
            case Conflict _ -> closed(sheet, exchange, token);
            case Unavailable _ ->
                form(sheet, exchange, token, HttpStatus.SERVICE_UNAVAILABLE, fields, Map.of("", "unavailable"));
            case Rejected _ ->
                form(sheet, exchange, token, HttpStatus.UNPROCESSABLE_CONTENT, fields, problems(sheet, fields));
        };
    }

    /** Everything that is wrong at once, by question key; under the empty key what is wrong with the whole. */
    private static Map<String, String> problems(AnswerSheet sheet, Map<String, String> fields) {
        var problems = new LinkedHashMap<String, String>();
        for (var rejected : sheet.version().definition().check(fields).problems()) {
            var field = Objects.requireNonNull(rejected.field());
            problems.put(field.substring("answers.".length()), rejected.code().substring("answer.".length()));
        }
        problems.put("", problems.isEmpty() ? "empty" : "fields");
        return problems;
    }

    private Rendering form(
            AnswerSheet sheet,
            ServerWebExchange exchange,
            String token,
            HttpStatus status,
            Map<String, String> fields,
            Map<String, String> problems) {
        var page = page(sheet, token);
        return pages.show(
                exchange,
                "response/answer",
                status,
                page,
                Map.of(
                        "token",
                        token,
                        "view",
                        AnswerView.of(sheet, page, fields, problems),
                        "maxLength",
                        Question.LongText.MAX_LENGTH));
    }

    private Rendering closed(AnswerSheet sheet, ServerWebExchange exchange, String token) {
        var kind = sheet.answered() ? "closed-answered" : "closed";
        return pages.show(exchange, "response/notice", HttpStatus.GONE, page(sheet, token), Map.of("kind", kind));
    }

    private static CustomerPage page(AnswerSheet sheet, String token) {
        return CustomerPage.of(
                sheet.workspace(), sheet.invitation().language(), sheet.logo() ? "/r/" + token + "/logo" : null);
    }

    /** One field a question: what the page showed and somebody left empty was skipped. */
    private static Map<String, String> fields(SurveyDefinition definition, MultiValueMap<String, String> form) {
        var fields = new LinkedHashMap<String, String>();
        for (var question : definition.questions()) {
            var given = form.getFirst(question.key());
            fields.put(question.key(), given == null ? "" : given);
        }
        return fields;
    }

    /** Scores that a link in a mail chose, as far as the question has them. */
    private static Map<String, String> chosen(SurveyDefinition definition, MultiValueMap<String, String> query) {
        var chosen = new HashMap<String, String>();
        for (var question : definition.questions()) {
            var given = query.getFirst(question.key());
            if (question instanceof Question.Scale
                    && given != null
                    && definition
                            .check(Map.of(question.key(), given))
                            .problems()
                            .isEmpty()) {
                chosen.put(question.key(), given.strip());
            }
        }
        return chosen;
    }
}
