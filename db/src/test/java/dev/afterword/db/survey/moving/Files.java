package dev.afterword.db.survey.moving;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/** The files that were written for these tests. */
final class Files {
    private Files() {}

    static byte[] bytes(String name) {
        try (var stream = Objects.requireNonNull(Files.class.getResourceAsStream("/moving/" + name))) {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ForeignSurvey read(String name) {
        return ReadForeignSurvey.of(bytes(name));
    }

    /** What was found, as “code place”. */
    static List<String> found(ForeignSurvey survey) {
        return survey.findings().stream()
                .map(finding -> finding.code().substring("moving.".length()) + " " + finding.place())
                .toList();
    }
}
