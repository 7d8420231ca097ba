package dev.afterword.web.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterword.db.workspace.ApiKeys;
import dev.afterword.web.TestStaff;
import dev.afterword.web.TestStaff.Member;
import dev.afterword.web.WebTest;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;

/** What is said where an address leads nowhere, or is none; written byte by byte, since clients encode what they send. */
@WebTest
class WrittenAddressTest {
    @Autowired
    TestStaff staff;

    @Autowired
    ApiKeys keys;

    @Value("${local.server.port}")
    int port;

    private Member owner;
    private String key;

    @BeforeEach
    void signIn() {
        owner = staff.owner();
        key = keys.create(owner.workspace(), "key", ApiKeys.GIVABLE, null)
                .block()
                .secret();
    }

    @Test
    void anIdThatIsNoneNamesNothing() throws IOException {
        for (var id : new String[] {"abc", "{abc", "%7Babc", "a%20b", "caf\u00e9", "[1]", "a|b"}) {
            assertThat(page("/responses/" + id))
                    .as(id)
                    .startsWith("HTTP/1.1 404")
                    .contains("<h1");
            assertThat(call("/api/v1/contacts/" + id))
                    .as(id)
                    .startsWith("HTTP/1.1 404")
                    .contains("\"code\":\"request.not-found\"");
        }
    }

    @Test
    void whatCannotBeReadBesideAnIdIsToldAsBefore() throws IOException {
        assertThat(page("/responses?q={late}&x[0]=%zz"))
                .startsWith("HTTP/1.1 200")
                .contains("{late}");
        assertThat(call("/api/v1/contacts?limit=many"))
                .startsWith("HTTP/1.1 400")
                .contains("request.malformed");
    }

    @Test
    void whatIsNoAddressAtAllIsToldInWords() throws IOException {
        for (var none : new String[] {"/responses/%zz", "/responses/a%25b", "/responses/a%2Fb", "/responses//{"}) {
            assertThat(page(none)).as(none).startsWith("HTTP/1.1 40").contains("<h1", "Content-Security-Policy");
        }
        for (var none : new String[] {"//", "//r/abc", "/r//abc", "/f/a%2Fb", "/%2e%2e/w"}) {
            assertThat(get(none, "Accept: text/html"))
                    .as(none)
                    .startsWith("HTTP/1.1 400")
                    .contains("two slashes in a row", "request.address", "Content-Security-Policy", "href=\"/\"");
        }
        for (var none : new String[] {"//api/v1/contacts", "/api//v1/contacts", "/api/v1/contacts/a%2Fb"}) {
            assertThat(call(none))
                    .as(none)
                    .startsWith("HTTP/1.1 400")
                    .contains("application/problem+json", "\"code\":\"request.malformed\"", "malicious");
        }
        assertThat(call("/api/v1/contacts/%zz")).startsWith("HTTP/1.1 400").contains("\"code\":\"request.malformed\"");
    }

    @Test
    void encodesWhatMayNotStandInAnAddressAndNothingElse() {
        assertThat(WrittenAddress.written("/a[1]/{b}\u00c3\u00a9?c[0]={d}&e=%41%4#f"))
                .isEqualTo("/a%5B1%5D/%7Bb%7D%C3%A9?c[0]=%7Bd%7D&e=%41%254%23f");
    }

    private String page(String below) throws IOException {
        return get(owner.path(below), "Cookie: __Host-afterword=" + owner.session());
    }

    private String call(String path) throws IOException {
        return get(path, "Authorization: Bearer " + key);
    }

    private String get(String path, String header) throws IOException {
        try (var socket = new Socket("localhost", port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: localhost:" + port + "\r\nConnection: close\r\n"
                                    + header + "\r\n\r\n")
                            .getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
