package dev.afterword.web.reward;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterword.web.Form;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoolFormTest {
    @ParameterizedTest
    @CsvSource({
        "percent, 33.333, value",
        "percent, 101, value",
        "percent, 1e2, value",
        "amount, 1000000000000, value",
        "amount, 1e999999999, value",
    })
    void saysBesideTheFieldWhatAnOfferCannotHold(String worth, String value, String field) {
        var form = Form.blank()
                .put("name", "Thanks")
                .put("worth", worth)
                .put("value", value)
                .put("currency", "EUR");
        assertThat(PoolForm.read(form, null)).isNull();
        assertThat(form.error(field)).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({"301, true", "300, false"})
    void saysWhichWordsAreTooLong(int length, boolean wrong) {
        var form = Form.blank().put("name", "Thanks").put("worth", "words").put("words-de", "x".repeat(length));
        assertThat(PoolForm.read(form, null) == null).isEqualTo(wrong);
        assertThat(form.error("words-de") != null).isEqualTo(wrong);
    }
}
