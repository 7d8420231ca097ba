package dev.afterword.db.message.sender;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterword.db.DatabaseTest;
import dev.afterword.db.Key;
import dev.afterword.db.NotFound;
import dev.afterword.db.followup.Shop;
import dev.afterword.db.message.sender.SigningKey.Algorithm;
import dev.afterword.db.workspace.AfterwordSecret;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.r2dbc.core.DatabaseClient;

@DatabaseTest
class SenderKeysTest {
    @Autowired
    ApplicationContext beans;

    @Autowired
    MakeSenderKeys makeKeys;

    @Autowired
    StartSigning startSigning;

    @Autowired
    SenderDomains senders;

    @Autowired
    DatabaseClient database;

    Shop shop;
    Shop twin;

    @BeforeEach
    void open() {
        shop = Shop.open(beans);
        twin = Shop.open(beans);
    }

    @Test
    void waitsForItsRecordsThenSignsInThePlaceOfTheOneBefore() {
        var first = makeKeys.make(shop.workspaceId(), "Shop.Example").block();
        assertThat(signing(shop)).isEmpty();

        startSigning.start(first.key()).block();
        assertThat(signing(shop))
                .extracting(SigningKey::selector)
                .containsExactly(first.ed25519Selector(), first.rsaSelector());
        assertThat(signing(shop)).extracting(SigningKey::algorithm).containsExactly(Algorithm.ED25519, Algorithm.RSA);
        assertThat(signing(twin)).isEmpty();

        var dropped = makeKeys.make(shop.workspaceId(), "shop.example").block();
        var second = makeKeys.make(shop.workspaceId(), "shop.example").block();
        assertThat(signing(shop)).extracting(SigningKey::selector).contains(first.rsaSelector());
        assertThat(senders.of(shop.workspaceId(), "shop.example").block())
                .extracting(SenderDomain::signs)
                .containsExactly(false, true);

        startSigning.start(second.key()).block();
        assertThat(signing(shop))
                .extracting(SigningKey::selector)
                .containsExactly(second.ed25519Selector(), second.rsaSelector());
        assertThatThrownBy(() -> startSigning.start(dropped.key()).block()).isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> startSigning
                        .start(new Key(twin.workspaceId(), second.key().id()))
                        .block())
                .isInstanceOf(NotFound.class);
    }

    @Test
    void findsADomainHoweverItWasTyped() {
        var warmUps = beans.getBean(WarmUps.class);
        var now = Instant.now();
        var first = makeKeys.make(shop.workspaceId(), "Bücher.example").block();
        startSigning.start(first.key()).block();
        warmUps.start(shop.workspace(), "bücher.example", now).block();
        for (var spelt : List.of("bücher.example", "xn--bcher-kva.example")) {
            // As it is kept now, and as it once was.
            for (var table : List.of("warm_up", "sender_domain")) {
                database.sql("update " + table + " set domain = $2 where workspace_id = $1")
                        .bind(0, shop.workspaceId())
                        .bind(1, spelt)
                        .then()
                        .block();
            }
            assertThat(warmUps.room(shop.workspaceId(), "xn--bcher-kva.example", now)
                            .block()
                            .left())
                    .isEqualTo(WarmUp.FIRST_CAP);
            assertThat(senders.signing(shop.workspaceId(), "xn--bcher-kva.example")
                            .block())
                    .extracting(SigningKey::domain)
                    .containsExactly("xn--bcher-kva.example", "xn--bcher-kva.example");
        }
        assertThat(senders.of(shop.workspaceId(), "bücher.example").block())
                .singleElement()
                .satisfies(pair -> assertThat(pair.records().getFirst().name()).endsWith(".xn--bcher-kva.example"));
        warmUps.end(shop.workspaceId(), "bücher.example").block();
        assertThat(warmUps.room(shop.workspaceId(), "xn--bcher-kva.example", now)
                        .blockOptional())
                .isEmpty();
    }

    @Test
    void keepsNoPrivateKeyInTheOpen() {
        var made = makeKeys.make(shop.workspaceId(), "shop.example").block();
        startSigning.start(made.key()).block();
        var key = signing(shop).getLast().key().getEncoded();

        var kept = database.sql("select rsa_private from sender_domain where workspace_id = $1")
                .bind(0, shop.workspaceId())
                .mapValue(byte[].class)
                .one()
                .block();

        assertThat(new String(kept, StandardCharsets.ISO_8859_1))
                .doesNotContain(new String(key, 40, 40, StandardCharsets.ISO_8859_1));
        assertThat(made.records().getFirst().name()).isEqualTo(made.rsaSelector() + "._domainkey.shop.example");
        assertThat(made.records().getLast().value()).matches("v=DKIM1; k=ed25519; p=[A-Za-z0-9+/]{43}=");
    }

    @Test
    void opensWhatAnOlderSecretHasSealed() {
        var old = "an older secret that is kept 32b".getBytes(StandardCharsets.UTF_8);
        var now = "a newer secret with 32 bytes too".getBytes(StandardCharsets.UTF_8);
        var sealed = new AfterwordSecret(List.of(old)).seal("dkim", new byte[] {1, 2, 3});

        assertThat(new AfterwordSecret(List.of(now, old)).open("dkim", sealed)).containsExactly(1, 2, 3);
        assertThatThrownBy(() -> new AfterwordSecret(List.of(now)).open("dkim", sealed))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> new AfterwordSecret(List.of(old)).open("other", sealed))
                .isInstanceOf(IllegalStateException.class);
    }

    private List<SigningKey> signing(Shop of) {
        return senders.signing(of.workspaceId(), "shop.example").blockOptional().orElse(List.of());
    }
}
