package dev.afterword.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of JSON that cannot be read. */
class FieldsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{\"a\": [1, 2}",
                "{\"a\": \"open",
                "{\"a\": 1}}",
                "nonsense",
                "{\"a\": 01}",
                "{\"a\"\n: \u0001}",
                "",
            })
    void saysWhereJsonIsBrokenInWordsOfItsOwn(String json) {
        var problem = catchThrowableOfType(Rejected.class, () -> Fields.parse(json));
        if (problem != null && problem.code().equals("json.malformed")) {
            assertThat(problem.arguments().getFirst().toString())
                    .doesNotContain("Source", "REDACTED", "StreamRead", "jackson", "`")
                    .matches("(?s).*, line \\d+, column \\d+");
        }
    }

    @Test
    void namesTheLineOfAnObjectThatIsNotClosed() {
        var problem = catchThrowableOfType(Rejected.class, () -> Fields.parse("{\"a\": 1,\n \"b\": {"));
        assertThat(problem.arguments())
                .containsExactly("Unexpected end-of-input: expected close marker for Object, line 2, column 8");
    }

    @Test
    void namesNoClassWhereALimitIsMet() {
        var problem = catchThrowableOfType(Rejected.class, () -> Fields.parse("{\"a\":" + "[".repeat(2000)));
        assertThat(problem.arguments().getFirst().toString()).contains("depth").doesNotContain("`", "StreamRead");
    }
}
