package dev.afterword.web.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterword.db.Key;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;

class FeedbackWorkTest {
    private final MockServerWebExchange exchange = MockServerWebExchange.from(MockServerHttpRequest.get("/f/shop"));
    private final FeedbackWork work = new FeedbackWork(3);

    @Test
    void asksForNothingWhileAShopIsToldWhatIsUsual() {
        assertThat(work.asked("shop")).isFalse();
        for (int told = 0; told < 3; told++) {
            assertThat(passes("shop", token(Duration.ZERO), "")).isTrue();
        }
        assertThat(work.asked("shop")).isTrue();
        assertThat(passes("shop", token(Duration.ZERO), "")).isFalse();
        assertThat(work.asked("other")).isFalse();
    }

    @Test
    void takesWorkForTheFormThatItWasDoneForAndPatienceNowAndThen() {
        while (!work.asked("shop")) {
            passes("shop", token(Duration.ZERO), "");
        }
        var token = token(Duration.ZERO);
        var salt = IntStream.iterate(0, one -> one + 1)
                .mapToObj(Integer::toString)
                .filter(one -> done(token, one))
                .findFirst()
                .orElseThrow();
        assertThat(passes("shop", token, salt)).isTrue();
        assertThat(passes("shop", token, "")).isFalse();
        assertThat(passes("shop", token, "9".repeat(10))).isFalse();
        var patient = token(Duration.ofSeconds(21));
        assertThat(passes("shop", patient, "")).isTrue();
        assertThat(passes("shop", patient, "")).isTrue();
        assertThat(passes("shop", patient, "")).isFalse();
    }

    private boolean passes(String shop, FormTokens.Token token, String salt) {
        return work.passes(shop, token, salt, exchange).block();
    }

    private static FormTokens.Token token(Duration age) {
        var id = Key.nextId();
        return new FormTokens.Token(id, "form-" + id, age, false);
    }

    private static boolean done(FormTokens.Token token, String salt) {
        try {
            return FeedbackWork.done(token.text(), salt);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
