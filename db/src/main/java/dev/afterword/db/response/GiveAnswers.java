package dev.afterword.db.response;

import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Takes a customer's answers: checks them against what was asked, and keeps them together with what happens next, or not at all. */
@Component
public class GiveAnswers {
    private final AnswerWriter writer;

    GiveAnswers(AnswerWriter writer) {
        this.writer = writer;
    }

    /**
     * Ends when the answers are committed, and goes on even when the caller has gone away. Otherwise {@code invitation.unknown}, {@code invitation.closed}, a
     * rejected {@code answers.<key>}, or {@code answers.unavailable}: nothing of them was kept then, unless the connection broke during the commit itself; to
     * give the same answers again changes nothing.
     */
    public Mono<Void> give(GivenAnswers given) {
        return writer.write(given);
    }
}
