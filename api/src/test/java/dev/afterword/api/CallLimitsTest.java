package dev.afterword.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterword.db.response.AskedCustomer;
import dev.afterword.db.workspace.AfterwordSecret;
import dev.afterword.db.workspace.LinkToken;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;

@ApiTest
@TestPropertySource(
        properties = {"afterword.api.calls-per-second=1", "afterword.api.burst=20", "afterword.api.changes-per-minute=5"
        })
class CallLimitsTest {
    @Autowired
    ApiCalls calls;

    @Autowired
    BeanFactory beans;

    @Autowired
    AfterwordSecret secret;

    @Test
    void aKeyThatCallsTooOftenWaitsAndNobodyElseDoes() {
        var wild = calls.newShop();
        var calm = calls.newShop();
        var taken = 0;
        var last = get(wild.client());
        while (last.getStatus() == HttpStatus.NOT_FOUND) {
            taken++;
            last = get(wild.client());
        }

        assertThat(taken).isBetween(20, 40);
        assertThat(last.getStatus()).isEqualTo(HttpStatus.TOO_MANY_REQUESTS);
        assertThat(last.getResponseHeaders().getFirst(HttpHeaders.RETRY_AFTER)).isEqualTo("1");
        assertThat(last.getResponseHeaders().getContentType()).isEqualTo(MediaType.APPLICATION_PROBLEM_JSON);
        assertThat(last.getResponseBody())
                .contains("\"rate.limited\"", "Too many calls in a short time. Wait 1 s before the next.");
        assertThat(get(calm.client()).getStatus()).isEqualTo(HttpStatus.NOT_FOUND);
    }

    @Test
    void anInvitationIsChangedOnlySoOftenWhateverItsAddress() {
        var customers = AskedCustomer.in(beans);
        var invitations = customers.invited(2);
        var tokens = invitations.stream()
                .map(invitation ->
                        new LinkToken(customers.workspace().code(), invitation.id()).sign(LinkToken.Use.ANSWER, secret))
                .toList();
        for (int change = 0; change < 5; change++) {
            assertThat(put(tokens.getFirst())).isEqualTo(HttpStatus.NO_CONTENT);
        }

        assertThat(put(tokens.getFirst())).isEqualTo(HttpStatus.TOO_MANY_REQUESTS);
        assertThat(put(tokens.getLast())).isEqualTo(HttpStatus.NO_CONTENT);
        assertThat(put(tokens.getFirst().replaceFirst(".$", ""))).isEqualTo(HttpStatus.NOT_FOUND);
        calls.anonymous()
                .get()
                .uri("/api/v1/invitations/" + tokens.getFirst())
                .exchange()
                .expectStatus()
                .isOk();
    }

    @Test
    void theDescriptionSaysHowMuchIsTooMuch() {
        calls.anonymous()
                .get()
                .uri("/api/v1/openapi.json")
                .exchange()
                .expectBody()
                .jsonPath("$.info.description")
                .value(String.class, text -> assertThat(text).contains("20 calls at once and 1 a second", "429"));
    }

    private HttpStatusCode put(String token) {
        return calls.anonymous()
                .put()
                .uri("/api/v1/invitations/" + token + "/response")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{\"answers\": {\"recommend\": 3}, \"complete\": true}")
                .exchange()
                .expectBody()
                .returnResult()
                .getStatus();
    }

    private static EntityExchangeResult<String> get(WebTestClient client) {
        return client.get()
                .uri("/api/v1/contacts?externalId=none")
                .exchange()
                .expectBody(String.class)
                .returnResult();
    }
}
