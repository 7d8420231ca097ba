package dev.afterword.web.demo;

import dev.afterword.db.Key;
import dev.afterword.db.response.GiveAnswers;
import dev.afterword.db.response.GivenAnswers;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.PriorityQueue;
import java.util.Set;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The answers that the shop's customers of the past gave, each at its time. */
@Component
class PastAnswers {
    private static final int AT_ONCE = 100;

    private final GiveAnswers giveAnswers;
    private final PriorityQueue<Coming> coming = new PriorityQueue<>(Comparator.comparing(Coming::at));
    private final Set<Key> answered = new HashSet<>();

    PastAnswers(GiveAnswers giveAnswers) {
        this.giveAnswers = giveAnswers;
    }

    private record Coming(Instant at, Key invitation, PastAnswer answer) {}

    /** A mail about an order reached its customer; perhaps they answer it. */
    void asked(Key invitation, PastOrder order, boolean reminder, Instant at) {
        var answer = new PastAnswer(order);
        if (!answered.contains(invitation) && (reminder ? answer.answersTheReminder() : answer.answersAtOnce())) {
            answered.add(invitation);
            coming.add(new Coming(at.plus(answer.delay()), invitation, answer));
        }
    }

    Mono<Void> giveDue(Instant until) {
        return Flux.<Coming>generate(due -> {
                    var next = coming.peek();
                    if (next == null || next.at().isAfter(until)) {
                        due.complete();
                    } else {
                        due.next(coming.remove());
                    }
                })
                .flatMap(next -> giveAnswers.give(given(next)), AT_ONCE)
                .then();
    }

    private static GivenAnswers given(Coming next) {
        return new GivenAnswers(
                next.invitation(), next.answer().answers(), next.answer().isWholeAnswer(), true, next.at());
    }
}
