package dev.afterword.db.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterword.db.Rejected;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointHostsTest {
    private final EndpointHosts nobodyVouchedFor = new EndpointHosts("");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LOCALHOST",
                "localhost.",
                "shop.localhost",
                "127.0.0.1",
                "0.0.0.0",
                "10.0.0.1",
                "172.16.9.9",
                "192.168.0.1",
                "100.64.0.1",
                "169.254.169.254",
                "168.63.129.16",
                "255.255.255.255",
                "0177.0.0.1",
                "1.1.1.01",
                "[::1]",
                "[::]",
                "[::ffff:127.0.0.1]",
                "[::ffff:a9fe:a9fe]",
                "[0:0:0:0:0:ffff:7f00:1]",
                "[64:ff9b::7f00:1]",
                "[64:ff9b::169.254.169.254]",
                "[2002:7f00:1::1]",
                "[fe80::1]",
                "[fe80::1%25eth0]",
                "[fd00:ec2::254]"
            })
    void refuseWhatIsNotOnThePublicInternetHoweverItIsWritten(String host) {
        for (var port : new String[] {"", ":22", ":8443"}) {
            assertThat(refused("https://" + host + port + "/in")).isEqualTo("endpoint.url-private");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://2130706433/",
                "https://0x7f000001/",
                "https://127.1/",
                "https://127.0.0.1./",
                "https://0x7f.0.0.1/",
                "https://127.0.0.0x1/",
                "https://a.0x7f000001/",
                "https://1.1.1.1.1/",
                "https://256.1.1.1/",
                "https://0300.0250.1/",
                "https://\uff11\uff12\uff17.0.0.1/",
                "https://shop.example@127.0.0.1/",
                "https://127.0.0.1#@shop.example/",
                "https://key:secret@shop.example/",
                "https://shop.example/#in",
                "https://shop.example:0/",
                "https://shop.example:65536/",
                "https://shop.example:-1/",
                "https://shop.example\\@127.0.0.1/",
                "https://shop.example\r\nHost: 127.0.0.1/",
                "https:///in",
                "https:shop.example",
                "//shop.example/in",
                "shop.example",
                "gopher://shop.example/",
                "ftp://shop.example/",
                "file:///etc/passwd",
                "javascript:alert(1)",
                "jar:https://shop.example/a.jar!/",
                "unix:/run/docker.sock",
                ""
            })
    void refuseWhatIsNoAddressToCall(String url) {
        assertThat(refused(url)).startsWith("endpoint.url-");
    }

    @Test
    void refuseWhatAnybodyCouldRead() {
        assertThat(refused("http://shop.example/in")).isEqualTo("endpoint.url-not-https");
        assertThat(refused("https://" + "a".repeat(2_000) + ".example/")).isEqualTo("endpoint.url-invalid");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://shop.example/in?key=1",
                "HTTPS://Shop.Example:8443/",
                "https://1.1.1.1/",
                "https://[2606:4700::1111]/",
                "https://xn--4ca.example/",
                "https://3com.example/",
                "https://0x.example/"
            })
    void takeThePublicInternet(String url) {
        assertThat(nobodyVouchedFor.checked(url)).isNotNull();
    }

    @Test
    void takeWhomTheOperatorVouchesForAndNobodyBeside() {
        var hosts = new EndpointHosts("erp.internal, 127.0.0.1:9000");
        assertThat(hosts.checked("http://erp.internal/in")).isNotNull();
        assertThat(hosts.checked("http://127.0.0.1:9000/in")).isNotNull();
        assertThatThrownBy(() -> hosts.checked("https://127.0.0.1:9001/in")).isInstanceOf(Rejected.class);
        assertThatThrownBy(() -> hosts.checked("http://a.erp.internal/in")).isInstanceOf(Rejected.class);
    }

    private String refused(String url) {
        try {
            return "taken as " + nobodyVouchedFor.checked(url);
        } catch (Rejected e) {
            return e.code();
        }
    }
}
