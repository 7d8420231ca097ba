package dev.afterword.db.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterword.db.DatabaseTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;

/** The older secret can be taken away: everything that was sealed under it is sealed anew. */
@DatabaseTest
class ResealedTest {
    private static final byte[] OLD = "the older one of thirty-two bytes".getBytes(StandardCharsets.UTF_8);
    private static final byte[] NEW = "the newer one of thirty-two bytes".getBytes(StandardCharsets.UTF_8);
    private static final byte[] OTHER = "another one, of thirty-two bytes.".getBytes(StandardCharsets.UTF_8);

    @Autowired
    DatabaseClient database;

    @Autowired
    List<Resealed> features;

    @BeforeEach
    void create() {
        run("create table resealed_test (sealed bytea)");
    }

    @AfterEach
    void drop() {
        run("drop table resealed_test");
    }

    @Test
    void sealsUnderTheNewerWhatTheOlderHadSealed() {
        var older = new AfterwordSecret(List.of(OLD));
        var both = new AfterwordSecret(List.of(NEW, OLD));
        var newer = new AfterwordSecret(List.of(NEW));
        keep(older.seal("test", bytes("first")));
        keep(both.seal("test", bytes("second")));

        assertThat(Resealed.column(database, both, "resealed_test", "sealed", "test")
                        .block())
                .isEqualTo(1);
        assertThat(Resealed.column(database, both, "resealed_test", "sealed", "test")
                        .block())
                .isZero();
        assertThat(database.sql("select sealed from resealed_test")
                        .mapValue(byte[].class)
                        .all()
                        .map(bytes -> new String(newer.open("test", bytes), StandardCharsets.UTF_8))
                        .collectList()
                        .block())
                .containsExactlyInAnyOrder("first", "second");
    }

    @Test
    void saysWhenNoSecretFits() {
        keep(new AfterwordSecret(List.of(OTHER)).seal("test", bytes("lost")));
        assertThatThrownBy(() -> Resealed.column(
                                database, new AfterwordSecret(List.of(NEW, OLD)), "resealed_test", "sealed", "test")
                        .block())
                .hasMessageContaining("another afterword.secret");
    }

    @Test
    void leavesWhatIsUnderTheCurrentOne() {
        features.forEach(feature -> assertThat(feature.reseal().block()).isZero());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void keep(byte[] sealed) {
        database.sql("insert into resealed_test values ($1)")
                .bind(0, sealed)
                .then()
                .block();
    }

    private void run(String sql) {
        database.sql(sql).then().block();
    }
}
