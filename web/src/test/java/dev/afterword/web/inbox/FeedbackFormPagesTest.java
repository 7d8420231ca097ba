package dev.afterword.web.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterword.db.Key;
import dev.afterword.db.PhotoImage;
import dev.afterword.db.inbox.FeedbackLinks;
import dev.afterword.db.inbox.FeedbackPage;
import dev.afterword.db.inbox.FeedbackPages;
import dev.afterword.db.workspace.Workspace;
import dev.afterword.web.Attempts;
import dev.afterword.web.TestStaff;
import dev.afterword.web.TooMany;
import dev.afterword.web.WebTest;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.client.MultipartBodyBuilder;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.web.reactive.function.BodyInserters;
import reactor.test.StepVerifier;

/** What the feedback page refuses, and that nothing is lost by it. */
@WebTest
class FeedbackFormPagesTest {
    private static final Map<String, String> PRAISE = Map.of("kind", "compliment", "words", "A lovely kettle");

    @Autowired
    Attempts attempts;

    @Autowired
    TestStaff staff;

    @Autowired
    FeedbackLinks links;

    @Autowired
    FeedbackPages pages;

    @Autowired
    DatabaseClient database;

    Workspace workspace;

    @BeforeEach
    void open() {
        workspace = staff.workspace();
    }

    @Test
    void asksOnceMoreWhereAMachineCouldHaveWritten() {
        var old = links.form(workspace, Key.nextId());
        assertThat(send(PRAISE, Map.of("form", old), List.of(), HttpStatus.UNPROCESSABLE_CONTENT))
                .contains("Please press Send once more", "A lovely kettle");
        var elsewhere = links.form(staff.workspace(), aged());
        assertThat(send(PRAISE, Map.of("form", elsewhere), List.of(), HttpStatus.UNPROCESSABLE_CONTENT))
                .contains("once more");
        var own = links.form(workspace, aged());
        assertThat(send(PRAISE, Map.of("form", own, "more", "x"), List.of(), HttpStatus.UNPROCESSABLE_CONTENT))
                .contains("once more")
                .doesNotContain("value=\"x\"");
        assertThat(cases()).isZero();
        send(PRAISE, Map.of("form", own), List.of(), HttpStatus.SEE_OTHER);
        send(PRAISE, Map.of("form", own), List.of(), HttpStatus.SEE_OTHER);
        assertThat(cases()).isEqualTo(1);
    }

    @Test
    void refusesTooManyAndTooLargePhotosAndKeepsTheOthers() throws IOException {
        var form = links.form(workspace, aged());
        var picture = picture();
        var six = List.of(picture, picture, picture, picture, picture, picture);
        assertThat(send(PRAISE, Map.of("form", form), six, HttpStatus.UNPROCESSABLE_CONTENT))
                .contains("At most 5 photos", "5 photos are kept", "A lovely kettle");
        assertThat(send(PRAISE, Map.of("form", form), List.of(picture), HttpStatus.UNPROCESSABLE_CONTENT))
                .contains("At most 5 photos");
        assertThat(send(
                        PRAISE,
                        Map.of("form", form, "forget", "yes"),
                        List.of(new byte[PhotoImage.MOST_BYTES + 1]),
                        HttpStatus.UNPROCESSABLE_CONTENT))
                .contains("photo-0.jpg is larger than 10 MB")
                .doesNotContain("are kept");
        send(PRAISE, Map.of("form", form), List.of(picture), HttpStatus.SEE_OTHER);
        assertThat(number("select count(*) from case_photo where workspace_id = $1 and case_id is not null"))
                .isEqualTo(1);
    }

    @Test
    void marksAllThatIsMissingAtOnce() {
        var html = send(
                Map.of("kind", "question", "email", "<script>"),
                Map.of("form", links.form(workspace, aged())),
                List.of(),
                HttpStatus.UNPROCESSABLE_CONTENT);
        assertThat(html).contains("id=\"words-error\"", "id=\"name-error\"", "&lt;script&gt;");
        assertThat(Pattern.compile(" autofocus=").matcher(html).results().count())
                .isEqualTo(1);
    }

    @Test
    void takesNothingWhereItIsSwitchedOffAndIsNotThereForOthers() {
        pages.save(workspace.id(), new FeedbackPage(false, null, null), Instant.now())
                .block();
        get("/f/" + workspace.code(), HttpStatus.GONE);
        send(PRAISE, Map.of("form", links.form(workspace, aged())), List.of(), HttpStatus.GONE);
        assertThat(cases()).isZero();
        get("/f/aaaaaaaa", HttpStatus.NOT_FOUND);
        get("/f/" + "a".repeat(50), HttpStatus.NOT_FOUND);
        get("/c/" + "a".repeat(50), HttpStatus.NOT_FOUND);
        var order = links.ofOrder(workspace.code(), Key.nextId());
        get("/c/" + order.substring(order.length() - 50), HttpStatus.NOT_FOUND);
        get(links.opened(workspace, Key.nextId()), HttpStatus.NOT_FOUND);
    }

    @Test
    void speaksTheCustomersLanguageWhereALinkIsTheirs() {
        send(
                Map.of("kind", "question", "words", "Wo?", "name", "Ana", "email", "ana@example.com", "in", "de"),
                Map.of("form", links.form(workspace, aged())),
                List.of(),
                HttpStatus.SEE_OTHER);
        var asked = id("select id from support_case where workspace_id = $1");
        assertThat(language(links.mailed(workspace, asked))).isEqualTo("de");
        assertThat(language(links.mailed(workspace, asked) + "?language=pt")).isEqualTo("pt");
        assertThat(language(links.opened(workspace, asked))).isEqualTo("en");
    }

    @Test
    void saysWhereALinkThatLeadsNowhereMayHaveBeenFound() {
        assertThat(read("/f/aaaaaaaa", "de"))
                .contains("beim Laden oder auf Ihrem Beleg")
                .doesNotContain("Mail");
        assertThat(read("/s/" + "a".repeat(50), "en"))
                .contains("no longer leads to a survey")
                .doesNotContain("mail");
        assertThat(read("/r/" + "a".repeat(50), "en")).contains("from the mail");
    }

    private String read(String path, String asked) {
        return staff.visitor()
                .get()
                .uri(path)
                .header("Accept-Language", asked)
                .exchange()
                .expectStatus()
                .isNotFound()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
    }

    private String language(String path) {
        return staff.visitor()
                .get()
                .uri(path)
                .header("Accept-Language", "en")
                .exchange()
                .expectStatus()
                .isOk()
                .returnResult(String.class)
                .getResponseHeaders()
                .getFirst("Content-Language");
    }

    private UUID id(String sql) {
        return database.sql(sql)
                .bind(0, workspace.id())
                .mapValue(UUID.class)
                .one()
                .block();
    }

    @Test
    void letsOneNetworkSayOnlySoMuch() {
        var limits = new FeedbackLimits(attempts, 1, 2);
        var exchange = MockServerWebExchange.from(MockServerHttpRequest.post("/f/x"));
        limits.count("one", exchange).then(limits.count("one", exchange)).block();
        StepVerifier.create(limits.count("one", exchange)).verifyError(TooMany.class);
        limits.count("another", exchange).block();
    }

    /** The id of a form that was shown a minute ago. */
    private static UUID aged() {
        var millis = Instant.now().minusSeconds(60).toEpochMilli();
        return new UUID(millis << 16 | 0x7000L, Key.nextId().getLeastSignificantBits());
    }

    private String send(Map<String, String> typed, Map<String, String> more, List<byte[]> photos, HttpStatus expected) {
        var body = new MultipartBodyBuilder();
        typed.forEach(body::part);
        more.forEach(body::part);
        for (int at = 0; at < photos.size(); at++) {
            var name = "photo-" + at + ".jpg";
            body.part("photos", new ByteArrayResource(photos.get(at)) {
                        @Override
                        public String getFilename() {
                            return name;
                        }
                    })
                    .contentType(MediaType.IMAGE_JPEG);
        }
        var answer = staff.visitor()
                .post()
                .uri("/f/" + workspace.code())
                .header("Accept-Language", "en")
                .body(BodyInserters.fromMultipartData(body.build()))
                .exchange()
                .expectStatus()
                .isEqualTo(expected)
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
        return answer == null ? "" : answer;
    }

    private void get(String path, HttpStatus expected) {
        staff.visitor().get().uri(path).exchange().expectStatus().isEqualTo(expected);
    }

    private long cases() {
        return number("select count(*) from support_case where workspace_id = $1");
    }

    private long number(String sql) {
        return database.sql(sql)
                .bind(0, workspace.id())
                .mapValue(Long.class)
                .one()
                .block();
    }

    private static byte[] picture() throws IOException {
        var bytes = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB), "jpeg", bytes);
        return bytes.toByteArray();
    }
}
