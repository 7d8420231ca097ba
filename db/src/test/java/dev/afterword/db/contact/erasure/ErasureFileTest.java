package dev.afterword.db.contact.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterword.db.Key;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a crash leaves of a line in the file of erasures costs no other line. */
class ErasureFileTest {
    private static final byte[] KEY = {1, 2, 3};

    @TempDir
    Path folder;

    Path path;
    ErasureFile file;

    @BeforeEach
    void open() {
        path = folder.resolve("erasures.ndjson");
        file = new ErasureFile(path.toString());
    }

    @Test
    void keepsAnErasureThatFollowsALineThatWasCutOff() throws IOException {
        var first = erased();
        Files.writeString(path, "{\"erased\": {\"works", StandardOpenOption.APPEND);
        var second = erased();
        var third = erased();
        assertThat(file.read().block().lines())
                .extracting(ErasureFile.Line::contact)
                .containsExactly(first, second, third);
        assertThat(Files.readAllLines(path)).hasSize(5);
    }

    @Test
    void writesItsKeyAgainWhereThatWasCutOff() throws IOException {
        Files.writeString(path, "{\"key\": \"0102");
        var first = erased();
        var second = erased();
        var content = file.read().block();
        assertThat(content.key()).isEqualTo("010203");
        assertThat(content.lines()).extracting(ErasureFile.Line::contact).containsExactly(first, second);
        assertThat(Files.readAllLines(path)).hasSize(4);
    }

    private UUID erased() {
        var contact = Key.nextId();
        file.append(KEY, new ErasureFile.Line("cedar", contact, "0a", null, Instant.EPOCH))
                .block();
        return contact;
    }
}
