package dev.afterword.db.contact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterword.db.DatabaseTest;
import dev.afterword.db.Fields;
import dev.afterword.db.Key;
import dev.afterword.db.LineResult.Outcome;
import dev.afterword.db.contact.erasure.EraseContact;
import dev.afterword.db.followup.OpenWorkspace;
import dev.afterword.db.workspace.Workspace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.ClassPathResource;
import org.springframework.r2dbc.core.DatabaseClient;

/** However an address is spelt, it is one. */
@DatabaseTest
class AddressTest {
    private static final List<String> MIGRATIONS = List.of(
            "1621__plain_address_create",
            "1622__contact_spell_address",
            "1623__consent_spell_address",
            "1624__suppression_spell_address",
            "1625__bounce_spell_address",
            "1626__plain_address_drop");

    @Autowired
    DatabaseClient database;

    @Autowired
    OpenWorkspace openWorkspace;

    @Autowired
    ImportContacts importContacts;

    @Autowired
    EraseContact erase;

    UUID workspace;

    @BeforeEach
    void open() {
        workspace = openWorkspace
                .open(Workspace.open(Key.nextId(), "Shop", ZoneId.of("Europe/Berlin"), "de", Instant.now()))
                .block()
                .id();
    }

    @ParameterizedTest
    @CsvSource({
        "Ana@M\u00dcNCHEN.de,ana@xn--mnchen-3ya.de",
        "ana@mu\u0308nchen.de,ana@xn--mnchen-3ya.de",
        "ana@XN--MNCHEN-3YA.DE.,ana@xn--mnchen-3ya.de",
        "ana@m\u00fcn\u200bchen\u3002de,ana@xn--mnchen-3ya.de",
        "an\u200ba@exam\u200dple.com.,ana@example.com",
        "ana@\uff45xample.com,ana@example.com",
        "ana@stra\u00dfe.de,ana@xn--strae-oqa.de",
        "ana@STRA\u1e9eE.de,ana@xn--strae-oqa.de",
        "ana@strasse.de,ana@strasse.de",
        "ana@\u03b2\u03cc\u03bb\u03bf\u03c2.com,ana@xn--nxasmm1c.com",
        "ana@\u0392\u038c\u039b\u039f\u03a3.com,ana@xn--nxasmq6b.com",
        "ana@\u0646\u0627\u0645\u0647\u200c\u0627\u06cc.com,ana@xn--mgba3gch31f060k.com",
        "ana@\u0dc1\u0dca\u200d\u0dbb\u0dd3.com,ana@xn--10cl1a0b660p.com",
        "ana@\u4ed6\u4eec\u4e3a\u4ec0\u4e48\u4e0d\u8bf4\u4e2d\u6587,ana@xn--ihqwcrb4cv8a8dqg056pqjye",
        "ana@xn--zz,ana@xn--zz",
        "J\u00fcrgen@x.test,j\u00fcrgen@x.test",
        "ana@\u00fc..test,ana@\u00fc..test",
        "ana@b\uff20c.test,ana@b\uff20c.test"
    })
    void hasOneForm(String typed, String normal) {
        assertThat(Address.normalise(typed)).isEqualTo(normal);
        assertThat(Address.normalise(normal)).isEqualTo(normal);
        assertThat(Address.normalise(Address.readable(typed))).isEqualTo(normal);
        assertThat(Address.spellings(typed)).contains(normal, Address.readable(normal));
    }

    @ParameterizedTest
    @ValueSource(strings = {"m\u00fcnchen.de", "stra\u00dfe.de", "example.com", "\u4ed6\u4eec\u4e3a.test"})
    void isReadInLetters(String domain) {
        assertThat(Address.readable("A@" + DomainName.ascii(domain))).isEqualTo("a@" + domain);
    }

    @Test
    void isOnePersonHoweverItIsSpelt() {
        take("ana@m\u00fcnchen.de");
        take("Ana@xn--mnchen-3ya.de.");
        assertThat(texts("select email from contact where workspace_id = $1")).containsExactly("ana@m\u00fcnchen.de");
        var ana = UUID.fromString(
                texts("select id::text from contact where workspace_id = $1").getFirst());
        erase.erase(new Key(workspace, ana)).block();
        take("ANA@m\u00fcnchen.de");
        assertThat(texts("select address from contact where workspace_id = $1 and address is not null"))
                .isEmpty();
    }

    @Test
    void knowsWhoWasErasedByAnEarlierSpelling() {
        take("ana@m\u00fcnchen.de");
        change("update contact set address = 'ana@m\u00fcnchen.de' where workspace_id = $1");
        var ana = UUID.fromString(
                texts("select id::text from contact where workspace_id = $1").getFirst());
        erase.erase(new Key(workspace, ana)).block();
        take("ana@xn--mnchen-3ya.de");
        assertThat(texts("select address from contact where workspace_id = $1 and address is not null"))
                .isEmpty();
    }

    @Test
    void whoIsThereGetsTheOneFormAndNobodyIsMadeOneWithAnother() throws IOException {
        known("old", "ana@m\u00fcnchen.de", null, 1);
        known("young", "ana@mu\u0308nchen.de", null, 2);
        known("named", "ana@m\u00fcnchen.de", "c-1", 3);
        known("sharp", "ana@stra\u00dfe.de", null, 4);
        known("plain", "ana@xn--strae-oqa.de", null, 5);
        known("joined", "ana@\u0646\u0627\u0645\u0647\u200c\u0627\u06cc.com.", null, 6);
        for (var address : List.of("ana@m\u00fcnchen.de", "ana@stra\u00dfe.de", "ana@xn--strae-oqa.de")) {
            change(
                    "insert into suppression (workspace_id, id, address, reason, created_at) values ($1, gen_random_uuid(), '"
                            + address + "', 'unsubscribed', now())");
            change(
                    "insert into consent (workspace_id, id, address, purpose, granted, at, source) values ($1, gen_random_uuid(), '"
                            + address + "', 'news', " + address.contains("xn") + ", '2026-01-01Z', 'x')");
        }

        for (var name : MIGRATIONS) {
            var sql = new ClassPathResource("db/migration/V20261123" + name + ".sql")
                    .getContentAsString(StandardCharsets.UTF_8);
            database.sql(sql).then().block();
        }

        assertThat(texts("select name || ' ' || address from contact where workspace_id = $1 order by created_at"))
                .containsExactly(
                        "old ana@xn--mnchen-3ya.de",
                        "young ana@mu\u0308nchen.de",
                        "named ana@xn--mnchen-3ya.de",
                        "sharp ana@stra\u00dfe.de",
                        "plain ana@xn--strae-oqa.de",
                        "joined ana@xn--mgba3gch31f060k.com");
        assertThat(texts("select address from suppression where workspace_id = $1"))
                .containsExactlyInAnyOrder("ana@xn--mnchen-3ya.de", "ana@stra\u00dfe.de", "ana@xn--strae-oqa.de");
        assertThat(texts("select address || ' ' || granted from consent where workspace_id = $1"))
                .containsExactlyInAnyOrder(
                        "ana@xn--mnchen-3ya.de false", "ana@stra\u00dfe.de false", "ana@xn--strae-oqa.de false");

        assertThat(take("ana@m\u00fcnchen.de")).isEqualTo(Outcome.UNCHANGED);
    }

    private Outcome take(String email) {
        return importContacts
                .write(workspace, List.of(ContactData.of(Fields.parse("{\"email\": \"" + email + "\"}"), null)))
                .block()
                .getFirst()
                .outcome();
    }

    private void known(String name, String address, String externalId, int day) {
        database.sql("""
                        insert into contact (workspace_id, id, version, external_id, name, email, address, created_at)
                        values ($1, gen_random_uuid(), 0, $2, $3, $4, $4, '2026-01-01Z'::timestamptz + make_interval(days => $5))
                        """)
                .bind(0, workspace)
                .bind(1, externalId == null ? io.r2dbc.spi.Parameters.in(String.class) : externalId)
                .bind(2, name)
                .bind(3, address)
                .bind(4, day)
                .then()
                .block();
    }

    private void change(String sql) {
        database.sql(sql).bind(0, workspace).then().block();
    }

    private List<String> texts(String sql) {
        return database.sql(sql)
                .bind(0, workspace)
                .mapValue(String.class)
                .all()
                .collectList()
                .block();
    }
}
