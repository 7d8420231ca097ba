package dev.afterword.db.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterword.db.Problem;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebhookSecretTest {
    /** The vector that the specification's own libraries test against. */
    @Test
    void signsAsTheStandardSays() {
        var secret = WebhookSecret.parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

        assertThat(secret.sign(
                        "msg_p5jXN8AQM9LWM0D4loKWxJek", Instant.ofEpochSecond(1614265330), "{\"test\": 2432232314}"))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
        assertThat(secret.shown()).isEqualTo("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        assertThat(WebhookSecret.random().bytes()).hasSize(32);
    }

    @Test
    void waitsLongerEachTimeAndAsLongAsIsAskedFor() {
        assertThat(RetrySchedule.after(1, null, 0)).contains(Duration.ofSeconds(5));
        assertThat(RetrySchedule.after(1, null, 0.999).orElseThrow())
                .isBetween(Duration.ofSeconds(5), Duration.ofSeconds(6));
        assertThat(RetrySchedule.after(2, Duration.ofSeconds(20), 0)).contains(Duration.ofMinutes(5));
        assertThat(RetrySchedule.after(2, Duration.ofMinutes(20), 0)).contains(Duration.ofMinutes(20));
        assertThat(RetrySchedule.after(2, Duration.ofDays(20), 0)).contains(Duration.ofDays(1));
        assertThat(RetrySchedule.after(2, Duration.ofDays(-20), 0)).contains(Duration.ofMinutes(5));
        assertThat(RetrySchedule.after(9, null, 0)).contains(Duration.ofHours(24));
        assertThat(RetrySchedule.after(10, null, 0)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "http://shop.example/, endpoint.url-not-https",
        "ftp://shop.example/, endpoint.url-invalid",
        "//shop.example/, endpoint.url-invalid",
        "shop.example, endpoint.url-invalid",
        "https:///x, endpoint.url-invalid",
        "https://me:secret@shop.example/, endpoint.url-invalid",
        "https://shop.example/#there, endpoint.url-invalid",
        "https://shop.example:99999/, endpoint.url-invalid",
        "https://localhost/, endpoint.url-private",
        "https://127.0.0.1/, endpoint.url-private",
        "https://127.1/, endpoint.url-invalid",
        "https://2130706433/, endpoint.url-private",
        "https://10.0.0.8:8443/, endpoint.url-private",
        "https://[::1]/, endpoint.url-private",
        "https://[::ffff:169.254.169.254]/, endpoint.url-private",
        "https://[fd00:ec2::254]/, endpoint.url-private"
    })
    void refusesUrlsThatNoEndpointMayHave(String url, String code) {
        assertThatThrownBy(() -> new EndpointHosts("").checked(url))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo(code));
    }

    @Test
    void takesPublicUrlsAndWhatTheOperatorAllows() {
        var hosts = new EndpointHosts("erp.internal, 127.0.0.1:8080");

        assertThat(hosts.checked(" https://shop.example/hooks?x=1 ").getHost()).isEqualTo("shop.example");
        assertThat(hosts.checked("http://ERP.internal/hooks").getPath()).isEqualTo("/hooks");
        assertThat(hosts.checked("http://127.0.0.1:8080/").getPort()).isEqualTo(8080);
        assertThat(hosts.allows("127.0.0.1", 8081)).isFalse();
    }
}
