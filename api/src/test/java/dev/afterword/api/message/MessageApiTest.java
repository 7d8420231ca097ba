package dev.afterword.api.message;

import dev.afterword.api.ApiCalls;
import dev.afterword.api.ApiTest;
import dev.afterword.db.event.EventReader;
import dev.afterword.db.event.NumberEvents;
import dev.afterword.db.event.ReadEvents;
import dev.afterword.db.event.ReadToTheEnd;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

@ApiTest
class MessageApiTest {
    @Autowired
    ApiCalls calls;

    @Autowired
    NumberEvents numbering;

    @Autowired
    ReadEvents reading;

    @Autowired
    List<EventReader> readers;

    ApiCalls.Shop shop;

    @BeforeEach
    void open() {
        shop = calls.newShop();
    }

    @Test
    void saysWhyNobodyIsAskedAboutAnOrder() {
        post("/api/v1/orders", """
                {"externalId": "1", "placedAt": "2017-07-09T21:57:05Z", "status": "delivered", "deliveredAt": "2017-07-26T10:57:55Z", "customer": {"email": "ana@example.com"}}
                """).expectStatus().isCreated();
        ReadToTheEnd.read(numbering, reading, readers.toArray(EventReader[]::new));

        get("/api/v1/sends?order=1")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.items.length()")
                .isEqualTo(1)
                .jsonPath("$.items[0].state")
                .isEqualTo("skipped")
                .jsonPath("$.items[0].skipReason")
                .isEqualTo("too-late");
        get("/api/v1/sends").expectStatus().isEqualTo(422);
        get("/api/v1/sends?order=other").expectStatus().isNotFound();
    }

    @Test
    void suppressesAnAddressAndFindsItHoweverItIsWritten() {
        post("/api/v1/suppressions", "{\"email\": \"Ana@Example.com\", \"purpose\": \"questions\"}")
                .expectStatus()
                .isCreated();

        post("/api/v1/suppressions/lookup", "{\"email\": \" ana@example.com\"}")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.suppressions[0].purpose")
                .isEqualTo("questions")
                .jsonPath("$.suppressions[0].reason")
                .isEqualTo("by-api");
        post("/api/v1/suppressions/lookup", "{\"email\": \"ben@example.com\"}")
                .expectBody()
                .jsonPath("$.suppressions.length()")
                .isEqualTo(0);
        post("/api/v1/suppressions", "{\"email\": \"nobody\"}").expectStatus().is4xxClientError();
        post("/api/v1/suppressions", "{\"email\": \"a@b.example\", \"purpose\": \"spam\"}")
                .expectStatus()
                .is4xxClientError();
    }

    private ResponseSpec post(String path, String body) {
        return shop.client()
                .post()
                .uri(path)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body)
                .exchange();
    }

    private ResponseSpec get(String path) {
        return shop.client().get().uri(path).exchange();
    }
}
