package dev.afterword.web.response;

import dev.afterword.db.NotFound;
import dev.afterword.db.workspace.AfterwordSecret;
import dev.afterword.db.workspace.LinkToken;
import dev.afterword.web.ForCustomers;
import java.net.URI;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import reactor.core.publisher.Mono;

/** What only tells who looks at a customer's link: what a browser fetches to draw the page, and a link that no person can see. */
@Controller
@ForCustomers
class HitPages {
    /** Fetched by whom the page's style is applied for. */
    static final String SEEN = "seen";

    /** Followed by whom takes links from a page or a mail without looking at it. */
    static final String CANARY = "print";

    private final AfterwordSecret secret;

    HitPages(AfterwordSecret secret) {
        this.secret = secret;
    }

    @GetMapping("/r/{token}/" + SEEN)
    Mono<ResponseEntity<Void>> seen(@PathVariable String token) {
        return Mono.fromCallable(() -> {
            verify(token);
            return ResponseEntity.noContent().<Void>build();
        });
    }

    /** Whoever comes here is led to the questions: it may be a person after all, whose program shows everything. */
    @GetMapping("/r/{token}/" + CANARY)
    Mono<ResponseEntity<Void>> canary(@PathVariable String token) {
        return Mono.fromCallable(() -> {
            verify(token);
            return ResponseEntity.status(HttpStatus.SEE_OTHER)
                    .location(URI.create("/r/" + token))
                    .<Void>build();
        });
    }

    private void verify(String token) {
        if (LinkToken.verify(token, LinkToken.Use.ANSWER, secret).isEmpty()) {
            throw new NotFound("invitation.unknown");
        }
    }
}
