package dev.afterword.web;

import dev.afterword.db.Conflict;
import dev.afterword.db.Problem;
import dev.afterword.db.Rejected;
import java.util.function.Supplier;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * What a form on a page asks for: it is done and the browser goes on to a page that says so, or it is refused and the form's own page comes again.
 *
 * @param again the page with what was typed
 */
public record Act(Form form, ServerWebExchange exchange, Again again) {
    /** Shows the form's page. */
    public interface Again {
        Mono<Rendering> show(Form form, HttpStatus status);
    }

    /** Goes on to a path of ours; what is refused stands beside the field that it names. */
    public Mono<Rendering> then(String path, String said, Supplier<? extends Mono<?>> deed) {
        return to(said, "", () -> deed.get().then(Mono.just(path)));
    }

    /**
     * Goes on to the path that the deed ends in.
     *
     * @param said code of the text, for {@link Flash}
     * @param beside the field beside which a rejection stands; with {@code ""}, or where it names no field and is about the whole, beside what it names
     */
    public Mono<Rendering> to(String said, String beside, Supplier<Mono<String>> deed) {
        return Mono.defer(deed)
                .map(path -> on(exchange, path, said))
                .onErrorResume(Rejected.class, problem -> refused(problem, beside))
                .onErrorResume(Conflict.class, problem -> refused(problem, ""));
    }

    /** Goes on to a path of ours, whose page says what happened. */
    public static Rendering on(ServerWebExchange exchange, String path, String said) {
        Flash.say(exchange, said);
        return Rendering.redirectTo(path).status(HttpStatus.SEE_OTHER).build();
    }

    private Mono<Rendering> refused(Problem problem, String beside) {
        return again.show(
                form.reject(problem, beside),
                problem instanceof Conflict ? HttpStatus.CONFLICT : HttpStatus.UNPROCESSABLE_CONTENT);
    }
}
