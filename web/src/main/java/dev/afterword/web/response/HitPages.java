package dev.afterword.web.response;

import java.net.URI;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** What only tells who looks at a customer's link: what a browser fetches to draw the page, and a link that no person can see. */
@Controller
class HitPages {
    /** Fetched by whom the page's style is applied for. */
    static final String SEEN = "seen";

    /** Followed by whom takes links from a page or a mail without looking at it. */
    static final String CANARY = "print";

    @GetMapping("/r/{token}/" + SEEN)
    ResponseEntity<Void> seen(@PathVariable String token) {
        return ResponseEntity.noContent().build();
    }

    /** Whoever comes here is led to the questions: it may be a person after all, whose program shows everything. */
    @GetMapping("/r/{token}/" + CANARY)
    ResponseEntity<Void> canary(@PathVariable String token) {
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .location(URI.create("/r/" + token))
                .build();
    }
}
