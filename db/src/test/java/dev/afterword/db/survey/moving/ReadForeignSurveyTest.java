package dev.afterword.db.survey.moving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterword.db.Rejected;
import dev.afterword.db.survey.Answer;
import dev.afterword.db.survey.DefinitionCheck;
import dev.afterword.db.survey.DefinitionReader;
import dev.afterword.db.survey.DefinitionWriter;
import dev.afterword.db.survey.Facts;
import dev.afterword.db.survey.Slot;
import dev.afterword.db.survey.Walk;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadForeignSurveyTest {
    @ParameterizedTest
    @CsvSource({
        "delivery-newer.lss, LIMESURVEY",
        "delivery-older.lss, LIMESURVEY",
        "conditions.lss, LIMESURVEY",
        "delivery.surveyjs.json, SURVEYJS",
        "delivery.formbricks.json, FORMBRICKS"
    })
    void recognisesTheProductAndGivesWhatCanBeKeptAndPublished(String file, Product product) {
        var read = Files.read(file);

        assertThat(read.product()).isEqualTo(product);
        assertThat(DefinitionCheck.of(read.definition())).isEmpty();
        var kept = DefinitionWriter.write(read.definition());
        assertThat(DefinitionWriter.write(DefinitionReader.read(kept))).isEqualTo(kept);
        var texts = ResourceBundle.getBundle("messages/problem");
        assertThat(read.findings()).allMatch(finding -> texts.containsKey("problem." + finding.code()));
    }

    @Test
    void refusesEntitiesOfTheFilesOwn() {
        refuses(Files.bytes("hostile.lss"), "moving.document-type");
        refuses(
                text(
                        "<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'bb'><!ENTITY c '&b;&b;&b;'>]><document>&c;</document>"),
                "moving.document-type");
        refuses(text("<document><LimeSurveyDocType>&undefined;</LimeSurveyDocType></document>"), "moving.broken-xml");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hello",
                "PDF-1.4",
                "{}",
                "[1, 2]",
                "{\"SurveyEntry\": {}, \"SurveyElements\": []}",
                "<html><body>No survey</body></html>",
                "<document></document>"
            })
    void refusesWhatIsNoSurvey(String content) {
        refuses(text(content), "moving.kind-unknown");
    }

    @Test
    void refusesWhatIsEmptyOrTooLargeOrBroken() {
        refuses(text(" \n "), "moving.empty");
        refuses(new byte[ReadForeignSurvey.MOST_BYTES + 1], "moving.too-large");
        refuses(text("{\"pages\": [{\"elements\": ["), "moving.broken-json");
        refuses(text("<document><LimeSurveyDocType>Survey</LimeSurveyDocType><groups>"), "moving.broken-xml");
        refuses(text("{\"pages\": []}"), "moving.no-questions");
        refuses(text("{\"pages\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}"), "moving.too-deep");
        refuses(text("<document>" + "<a>".repeat(5_000) + "</a>".repeat(5_000) + "</document>"), "moving.too-deep");
        refuses(new byte[] {'{', '"', (byte) 0xC3, '"', ':', '1', '}'}, "moving.not-utf-8");
        refuses(text("<document><LimeSurveyDocType>Group</LimeSurveyDocType></document>"), "moving.lss-part");
        refuses(text("{\"pages\": [{\"key\": \"page\", \"questions\": [{\"key\": \"a\"}]}]}"), "moving.ours");
    }

    @Test
    void refusesAnArchiveUnopened() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("survey_1.lss"));
            zip.write(new byte[1_000_000]);
        }

        refuses(bytes.toByteArray(), "moving.archive");
    }

    @Test
    void takesYesAndNoThatAreCalledTrueAndFalse() {
        var read = ReadForeignSurvey.of(text("""
                {"pages": [{"name": "p", "elements": [
                 {"type": "boolean", "name": "again", "valueTrue": "true", "valueFalse": "false"},
                 {"type": "boolean", "name": "not", "valueTrue": "false", "valueFalse": "true"},
                 {"type": "text", "name": "why", "visibleIf": "{not} = 'true'"}]}]}"""));

        assertThat(read.definition().questions()).hasSize(3);
        var given = Map.<Slot, Answer>of(Slot.of("not"), new Answer.Choice("false", null));
        assertThat(Walk.of(read.definition(), Facts.NONE, given).steps()).hasSize(3);
    }

    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void doesNotLetTheConditionsOfManyBranchesGrow() {
        var questions = IntStream.range(0, 60)
                .mapToObj(at -> """
                        {"id": "q%1$d", "type": "openText", "headline": {"default": "Q"}, "logicFallback": "q%2$d", "logic": [{"conditions": {"connector": "and",
                         "conditions": [{"leftOperand": {"type": "question", "value": "q%1$d"}, "operator": "equals", "rightOperand": {"type": "static", "value": "a"}}]},
                         "actions": [{"objective": "jumpToQuestion", "target": "q%3$d"}]}]}""".formatted(at, at + 3, at + 1))
                .toList();
        var read =
                ReadForeignSurvey.of(text("{\"questions\": [" + String.join(",", questions) + "], \"endings\": []}"));

        assertThat(read.definition().questions()).hasSize(60);
        assertThat(Files.found(read)).contains("condition-too-large q49");
        assertThat(DefinitionCheck.of(read.definition())).isEmpty();
    }

    private static void refuses(byte[] file, String code) {
        assertThatThrownBy(() -> ReadForeignSurvey.of(file))
                .isInstanceOfSatisfying(
                        Rejected.class, problem -> assertThat(problem.code()).isEqualTo(code));
    }

    private static byte[] text(String content) {
        return content.getBytes(StandardCharsets.UTF_8);
    }
}
