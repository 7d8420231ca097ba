package dev.afterword.web.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import dev.afterword.db.DatabaseAddress;
import dev.afterword.web.AfterwordApplication;
import dev.afterword.web.Browser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The demo from its first start to its second, as a newcomer has it. */
@TestMethodOrder(OrderAnnotation.class)
class DemoTest {
    /** All who are in the demo with {@code -Psoak}; else a tenth of them. */
    private static final long CUSTOMERS = Boolean.getBoolean("afterword.soak") ? 2_050 : 205;

    @TempDir
    static Path place;

    @RegisterExtension
    static Browser browser = new Browser();

    private static int port;
    private static ConfigurableApplicationContext demo;

    @Test
    @Order(1)
    void givesANewcomerAShopWithAYearOfHistory() throws Exception {
        start();
        try {
            assertThat(count(demo, "select count(*) from contact")).isBetween(CUSTOMERS * 19 / 20, CUSTOMERS * 41 / 40);
            assertThat(count(demo, "select count(*) from customer_order"))
                    .isBetween(CUSTOMERS * 3 / 2, CUSTOMERS * 5 / 2);
            assertThat(count(demo, "select count(*) from response where confirmed_at is not null"))
                    .isBetween(CUSTOMERS / 2, CUSTOMERS);
            assertThat(
                            count(
                                    demo,
                                    "select count(*) from contact where email is not null and email !~ '@example\\.(com|org|net)$'"))
                    .isZero();
            assertThat(count(demo, "select count(*) from ladder_move where at < now() - interval '300 days'"))
                    .isPositive();
            assertThat(count(demo, "select count(*) from send where state = 'skipped' and skip_reason = 'quarantine'"))
                    .isPositive();
            assertThat(
                            count(
                                    demo,
                                    "select count(distinct e.holdout) from enrollment e join follow_up f on f.id = e.follow_up_id where f.key = 'use-it-better' and exists (select from send s where s.enrollment_id = e.id and s.state = case when e.holdout then 'skipped' else 'accepted' end)"))
                    .as("written to and left out")
                    .isEqualTo(2);
            assertThat(count(demo, "select count(*) from response_topic"))
                    .as("answers with a topic")
                    .isPositive();
            assertThat(count(demo, "select count(*) from topic_change")).isOne();
            assertThat(
                            count(
                                    demo,
                                    "select count(*) from support_case where opened_at < now() - interval '5 days' and latest_at > now() - interval '1 day'"))
                    .as("what was overdue long ago rang long ago")
                    .isZero();
            assertThat(count(demo, "select count(*) from clock_shift where shift <> interval '0'"))
                    .isZero();
            var facts = place.resolve(".afterword/demo.env");
            assertThat(Files.readString(facts))
                    .contains("AFTERWORD_URL=http://localhost:" + port)
                    .containsPattern("AFTERWORD_API_KEY=[a-z2-7]{40}")
                    .contains("AFTERWORD_EMAIL=owner@cedar-salt.example")
                    .containsPattern("AFTERWORD_PASSWORD=\\S{12,}");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(facts)))
                    .isEqualTo("rw-------");
        } finally {
            stop();
        }
    }

    @Test
    @Order(2)
    void keepsEverythingAndAddsNothingAtTheSecondStart() throws Exception {
        start();
        assertThat(count(demo, "select count(*) from workspace")).isOne();
        assertThat(count(demo, "select count(*) from customer_order")).isBetween(CUSTOMERS * 3 / 2, CUSTOMERS * 5 / 2);
    }

    @Test
    @Order(3)
    void answersToThisMachineOnly() throws Exception {
        var here = statusLine("Host: localhost:" + port);
        var elsewhere = statusLine("Host: afterword.example");
        var behindAProxy = statusLine("Host: localhost\r\nX-Forwarded-For: 192.0.2.1");
        var behindAnother = statusLine("Host: localhost\r\nForwarded: for=192.0.2.1");
        assertThat(here).contains(" 200 ");
        assertThat(elsewhere).contains(" 403 ");
        assertThat(behindAProxy).contains(" 403 ");
        assertThat(behindAnother).contains(" 403 ");
        for (var wrong : List.of(
                "Host: localhost.afterword.example",
                "Host: afterword.example:" + port,
                "Host: 127.0.0.1.afterword.example",
                "Host: 127.0.0.2",
                "Host: localhost:1@afterword.example",
                "Host: 0.0.0.0",
                "Host: [::1]afterword.example",
                "Host: ",
                "Host: localhost\r\nX-Forwarded-Host: afterword.example",
                "Host: localhost\r\nx-forwarded-proto: https")) {
            assertThat(statusLine(wrong)).as(wrong).containsPattern(" 40[03] ");
        }
    }

    /** A name that its owner points at this machine is not one of this machine's: neither the pages nor the API answer to it. */
    @Test
    @Order(3)
    void answersToNoNameThatWasPointedHere() throws Exception {
        var page = browser.page();
        for (var path : List.of("/", "/demo", "/demo/mailbox", "/api/v1/openapi.json")) {
            var answer = page.navigate("http://hostile.rebound.example:" + port + path);
            assertThat(answer.status()).as(path).isEqualTo(403);
            assertThat(answer.text()).startsWith("The demo answers to this machine only");
        }
        var orders = count(demo, "select count(*) from customer_order");
        page.navigate("http://hostile.rebound.example:" + port + "/");
        page.evaluate("""
                address => fetch(address, { method: "POST", mode: "no-cors", body: new URLSearchParams({ name: "Eve", language: "en" }) })""", "http://localhost:" + port + "/demo/orders");
        assertThat(count(demo, "select count(*) from customer_order")).isEqualTo(orders);
    }

    @Test
    @Order(4)
    void leadsFromAnOrderToItsMail() throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            var placed = client.send(
                    HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/demo/orders"))
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .POST(BodyPublishers.ofString("name=Ana&language=pt"))
                            .build(),
                    BodyHandlers.ofString());
            var tour = placed.headers().firstValue("Location").orElseThrow();

            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(get(tour).body()).contains("/demo/mailbox/"));

            var page = get(tour).body();
            var mail = page.substring(page.indexOf("/demo/mailbox/", page.indexOf("id=\"steps\"")));
            var html = get(mail.substring(0, mail.indexOf('"')) + "/html");
            assertThat(html.body()).contains("http://localhost:" + port + "/r/");
            assertThat(html.headers().firstValue("Content-Security-Policy").orElseThrow())
                    .contains("sandbox")
                    .contains("default-src 'none'");
        }
    }

    @Test
    @Order(5)
    void walksTheTourInABrowser() {
        var page = browser.page();
        page.navigate("http://localhost:" + port + "/demo");
        Browser.everyLook(page, "tour");
        var before = page.locator("dl").innerText();
        page.getByLabel("Your name").fill("Ana");
        page.getByText("Buy the kettle").click();
        var mail = page.getByText("Open the mail");
        mail.waitFor(new Locator.WaitForOptions().setTimeout(60_000));
        var tour = page.url();
        mail.click();
        var score = page.frameLocator("iframe.mail")
                .getByRole(AriaRole.LINK, new FrameLocator.GetByRoleOptions().setName("3"));
        var answer = page.context().waitForPage(score::click);
        assertThat(answer.getByLabel("3").first().isChecked()).isTrue();
        answer.getByText("Send my answer").click();
        answer.waitForURL("**/thanks");
        page.navigate(tour);
        page.getByText("Your answer is kept.").waitFor();
        assertThat(page.locator("dl").innerText()).isNotEqualTo(before);
        Browser.everyLook(page, "tour-walked");
        page.navigate("http://localhost:" + port + "/demo/mailbox");
        Browser.everyLook(page, "mailbox");
    }

    private static void start() {
        port = freePort();
        var application = new SpringApplication(AfterwordApplication.class);
        application.setRegisterShutdownHook(false);
        demo = application.run(
                "--afterword.demo.folder=" + place.resolve(".afterword"),
                "--server.port=" + port,
                "--afterword.demo.customers=" + CUSTOMERS,
                "--afterword.management.port=" + freePort());
    }

    @AfterAll
    static void stop() {
        if (demo != null) {
            demo.close();
        }
    }

    private static long count(ConfigurableApplicationContext demo, String sql) throws Exception {
        var address = demo.getBean(DatabaseAddress.class);
        try (var connection = DriverManager.getConnection(
                        address.getJdbcUrl(), address.getUsername(), address.getPassword());
                var rows = connection.createStatement().executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** What the tour's page answers to these header lines, which a client of Java would not send. */
    private String statusLine(String headers) throws IOException {
        try (var socket = new Socket("127.0.0.1", port)) {
            var request = "GET /demo HTTP/1.1\r\n" + headers + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            var answer = new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII);
            return new BufferedReader(answer).readLine();
        }
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                            .build(),
                    BodyHandlers.ofString());
        }
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
