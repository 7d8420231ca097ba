package dev.afterword.web.inbox;

import dev.afterword.db.Key;
import dev.afterword.db.Rejected;
import dev.afterword.db.inbox.ActOnCase;
import dev.afterword.db.inbox.Case;
import dev.afterword.db.inbox.CaseKind;
import dev.afterword.db.inbox.MergeCases;
import dev.afterword.db.inbox.PromiseInCase;
import dev.afterword.db.inbox.ReplyToCase;
import dev.afterword.db.inbox.RootCause;
import dev.afterword.db.message.attachment.Attached;
import dev.afterword.web.Act;
import dev.afterword.web.Form;
import dev.afterword.web.Signed;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** What is done with a case on its page. What was typed stays when it is refused. */
@Controller
class CaseActs {
    private final CasePages pages;
    private final ActOnCase actOnCase;
    private final ReplyToCase replyToCase;
    private final MergeCases mergeCases;
    private final PromiseInCase promiseInCase;

    CaseActs(
            CasePages pages,
            ActOnCase actOnCase,
            ReplyToCase replyToCase,
            MergeCases mergeCases,
            PromiseInCase promiseInCase) {
        this.pages = pages;
        this.actOnCase = actOnCase;
        this.replyToCase = replyToCase;
        this.mergeCases = mergeCases;
        this.promiseInCase = promiseInCase;
    }

    /** With the files that it takes along, and the day until which it promises something, where it does. */
    @PostMapping(CasePages.ONE + "/replies")
    Mono<Rendering> reply(Signed signed, @PathVariable UUID id, Form form, ServerWebExchange exchange) {
        return ReadReply.files(exchange, form)
                .flatMap(files -> form.right()
                        ? reply(signed, id, form, files, exchange)
                        : pages.show(signed, signed.key(id), form, HttpStatus.UNPROCESSABLE_CONTENT));
    }

    private Mono<Rendering> reply(Signed signed, UUID id, Form form, List<Attached> files, ServerWebExchange exchange) {
        var promised = form.valueOrNull("promised");
        return act(signed, id, form, exchange, "inbox.replied", promised == null ? "words" : "", key -> {
            var reply = replyToCase.reply(key, signed.staffId(), form.value("words"), files);
            return promised == null
                    ? reply.thenReturn(key)
                    : promiseInCase
                            .until(key, day(promised))
                            .then(reply)
                            .then(promiseInCase.promise(key, signed.staffId(), day(promised)))
                            .thenReturn(key);
        });
    }

    private static LocalDate day(String typed) {
        try {
            return LocalDate.parse(typed);
        } catch (DateTimeParseException _) {
            throw new Rejected("field.not-a-day", "promised", typed);
        }
    }

    /** A note, or what was said on the phone. */
    @PostMapping(CasePages.ONE + "/notes")
    Mono<Rendering> note(Signed signed, @PathVariable UUID id, Form form, ServerWebExchange exchange) {
        return act(
                signed,
                id,
                form,
                exchange,
                "inbox.noted",
                "note",
                key -> actOnCase
                        .note(
                                key,
                                signed.staffId(),
                                form.value("note"),
                                form.values("mention").stream()
                                        .map(text -> Form.id("mention", text))
                                        .toList(),
                                form.value("call").equals("yes"))
                        .thenReturn(key));
    }

    @PostMapping(CasePages.ONE + "/changes")
    Mono<Rendering> change(Signed signed, @PathVariable UUID id, Form form, ServerWebExchange exchange) {
        return change(signed, id, form, exchange, "inbox.changed", (found, _) -> {
            var owner = form.valueOrNull("owner");
            var team = form.valueOrNull("team");
            if (team != null && team.length() > 80) {
                throw new Rejected("field.too-long", "team", 80);
            }
            return found.ownedBy(owner == null ? null : Form.id("owner", owner))
                    .ofKind(CaseKind.of(form.value("kind")))
                    .ofPriority(form.number("priority", 1, 4))
                    .ofTeam(team);
        });
    }

    @PostMapping(CasePages.ONE + "/taking")
    Mono<Rendering> take(Signed signed, @PathVariable UUID id, Form form, ServerWebExchange exchange) {
        return change(signed, id, form, exchange, "inbox.changed", (found, _) -> found.ownedBy(signed.staffId()));
    }

    /** Puts it off, or brings it back where no time is chosen. */
    @PostMapping(CasePages.ONE + "/snooze")
    Mono<Rendering> snooze(Signed signed, @PathVariable UUID id, Form form, ServerWebExchange exchange) {
        var until = Snooze.of(form.value("until"));
        return change(
                signed,
                id,
                form,
                exchange,
                until.isPresent() ? "inbox.snoozed" : "inbox.back",
                (found, now) -> found.snoozed(
                        until.map(one -> one.from(now, signed.workspace().zone()))
                                .orElse(null),
                        now));
    }

    @PostMapping(CasePages.ONE + "/closure")
    Mono<Rendering> close(Signed signed, @PathVariable UUID id, Form form, ServerWebExchange exchange) {
        var cause = form.valueOrNull("rootCause");
        return change(
                signed,
                id,
                form,
                exchange,
                "inbox.closed",
                (found, now) ->
                        found.closed(cause == null ? null : RootCause.of(cause), form.valueOrNull("topic"), now));
    }

    @PostMapping(CasePages.ONE + "/spam")
    Mono<Rendering> spam(Signed signed, @PathVariable UUID id, Form form, ServerWebExchange exchange) {
        return change(signed, id, form, exchange, "inbox.spam", Case::spam);
    }

    @PostMapping(CasePages.ONE + "/opening")
    Mono<Rendering> reopen(Signed signed, @PathVariable UUID id, Form form, ServerWebExchange exchange) {
        return change(signed, id, form, exchange, "inbox.reopened", (found, _) -> found.reopened());
    }

    @PostMapping(CasePages.ONE + "/merge")
    Mono<Rendering> merge(Signed signed, @PathVariable UUID id, Form form, ServerWebExchange exchange) {
        return act(
                signed,
                id,
                form,
                exchange,
                "inbox.merged",
                "into",
                key -> mergeCases
                        .merge(key, signed.key(Form.id("into", form.value("into"))), signed.staffId())
                        .map(Case::key));
    }

    @PostMapping(CasePages.ONE + "/goodwill")
    Mono<Rendering> give(Signed signed, @PathVariable UUID id, Form form, ServerWebExchange exchange) {
        return act(
                signed,
                id,
                form,
                exchange,
                "inbox.given",
                "pool",
                key -> replyToCase
                        .give(key, signed.staffId(), form.value("pool"))
                        .thenReturn(key));
    }

    /** With the version that the page showed, where it says one. */
    private Mono<Rendering> change(
            Signed signed,
            UUID id,
            Form form,
            ServerWebExchange exchange,
            String said,
            BiFunction<Case, Instant, Case> change) {
        return act(
                signed,
                id,
                form,
                exchange,
                said,
                "",
                key -> actOnCase
                        .change(key, version(form), signed.staffId(), change)
                        .map(Case::key));
    }

    private static @Nullable Integer version(Form form) {
        var version = form.valueOrNull("version");
        return version == null || !version.matches("[0-9]{1,9}") ? null : Integer.valueOf(version);
    }

    /** What a deed does with a case; the key of the case to go on with. */
    private interface Deed {
        Mono<Key> with(Key key);
    }

    /** What is refused stands beside that field, unless that is empty. */
    private Mono<Rendering> act(
            Signed signed, UUID id, Form form, ServerWebExchange exchange, String said, String field, Deed deed) {
        return new Act(form, exchange, (typed, status) -> pages.show(signed, signed.key(id), typed, status))
                .to(said, field, () -> deed.with(signed.key(id)).map(next -> signed.path("/inbox/" + next.id())));
    }
}
