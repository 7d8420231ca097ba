package dev.afterword.db.message.sender;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterword.db.DatabaseTest;
import dev.afterword.db.followup.Shop;
import dev.afterword.db.message.sender.CheckSender.Report;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import reactor.core.publisher.Mono;

@DatabaseTest
class CheckSenderTest {
    @Autowired
    ApplicationContext beans;

    @Autowired
    CheckSender checkSender;

    @Autowired
    MakeSenderKeys makeKeys;

    final Map<String, List<String>> zone = new HashMap<>();
    Shop shop;

    @BeforeEach
    void open() {
        shop = Shop.open(beans);
    }

    @Test
    void namesEveryRecordThatIsMissing() {
        assertThat(codes()).containsExactly("spf.missing", "dkim-rsa.no-keys", "dmarc.missing");

        var keys = makeKeys.make(shop.workspaceId(), "mail.shop.example").block();
        var report = report();

        assertThat(report.checks())
                .extracting(SenderCheck::code)
                .containsExactly("spf.missing", "dkim-rsa.missing", "dkim-ed25519.missing", "dmarc.missing");
        assertThat(report.checks())
                .extracting(SenderCheck::name)
                .containsExactly(
                        "mail.shop.example",
                        keys.rsaSelector() + "._domainkey.mail.shop.example",
                        keys.ed25519Selector() + "._domainkey.mail.shop.example",
                        "_dmarc.mail.shop.example");
        assertThat(report.checks())
                .extracting(SenderCheck::wanted)
                .containsExactly(
                        "v=spf1 mx ~all",
                        "v=DKIM1; k=rsa; p=" + keys.rsaPublic(),
                        "v=DKIM1; k=ed25519; p=" + keys.ed25519Public(),
                        "v=DMARC1; p=none; rua=mailto:postmaster@mail.shop.example");
        assertThat(report.mayStart()).isFalse();
    }

    @Test
    void findsWhatIsPublishedInWhateverWayItIsWritten() {
        var keys = makeKeys.make(shop.workspaceId(), "mail.shop.example").block();
        zone.put("mail.shop.example", List.of("google-site-verification=x", "V=spf1 include:_spf.relay.example -all"));
        zone.put(
                keys.rsaSelector() + "._domainkey.mail.shop.example",
                List.of("p=" + keys.rsaPublic().substring(0, 50) + " "
                        + keys.rsaPublic().substring(50) + ";k=rsa"));
        zone.put(
                keys.ed25519Selector() + "._domainkey.mail.shop.example",
                List.of(keys.records().getLast().value()));
        zone.put("_dmarc.shop.example", List.of("v=DMARC1;p=reject"));

        assertThat(codes()).containsExactly("spf.right", "dkim-rsa.right", "dkim-ed25519.right", "dmarc.right");
        assertThat(report().mayStart()).isTrue();
    }

    @Test
    void tellsWhatIsWrong() {
        var keys = makeKeys.make(shop.workspaceId(), "mail.shop.example").block();
        zone.put("mail.shop.example", List.of("v=spf1 mx +all"));
        zone.put(keys.rsaSelector() + "._domainkey.mail.shop.example", List.of("v=DKIM1; k=rsa; p="));
        zone.put(keys.ed25519Selector() + "._domainkey.mail.shop.example", List.of("a", "b"));
        zone.put("_dmarc.mail.shop.example", List.of("v=DMARC1; rua=mailto:x@y.example"));
        assertThat(codes()).containsExactly("spf.open", "dkim-rsa.wrong", "dkim-ed25519.several", "dmarc.wrong");
        assertThat(report().checks().getFirst().wanted()).isEqualTo("v=spf1 mx ~all");

        zone.put("mail.shop.example", List.of("v=spf1 mx ~all", "v=spf1 -all"));
        zone.put("_dmarc.mail.shop.example", null);
        assertThat(codes()).contains("spf.several", "dmarc.unanswered");
    }

    private List<String> codes() {
        return report().checks().stream().map(SenderCheck::code).toList();
    }

    /** A zone that does not answer for names without a list. */
    private Report report() {
        return checkSender
                .check(
                        shop.workspaceId(),
                        "mail.shop.example",
                        name -> zone.containsKey(name) && zone.get(name) == null
                                ? Mono.error(new IllegalStateException("timed out"))
                                : Mono.just(zone.getOrDefault(name, List.of())))
                .block();
    }
}
