package dev.afterword.db.response.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterword.db.CsvRows;
import dev.afterword.db.response.PastResponse;
import dev.afterword.db.survey.Answer;
import dev.afterword.db.survey.DefinitionReader;
import dev.afterword.db.survey.Slot;
import dev.afterword.db.survey.SurveyDefinition;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Tables of other products, guessed and read. The files are written for these tests, in the shapes that the products document. */
class MappedLinesTest {
    private static final SurveyDefinition SURVEY = DefinitionReader.read("""
            {"title": {"en": "Purchase"}, "languages": ["en"], "pages": [{"key": "p1", "questions": [
              {"type": "nps", "key": "recommend", "text": {"en": "How likely are you to recommend us?"}},
              {"type": "single-choice", "key": "reason", "text": {"en": "Why?"}, "options": [{"key": "price", "text": {"en": "The price"}}, {"key": "quality", "text": {"en": "The quality"}}], "other": {"en": "Other"}},
              {"type": "multiple-choice", "key": "liked", "text": {"en": "What did you like?"}, "options": [{"key": "speed", "text": {"en": "Speed"}}, {"key": "box", "text": {"en": "The box"}}]},
              {"type": "matrix", "key": "parts", "text": {"en": "Parts"}, "rows": [{"key": "lid", "text": {"en": "Lid"}}], "columns": [{"key": "good", "text": {"en": "Good"}}, {"key": "bad", "text": {"en": "Bad"}}]},
              {"type": "number", "key": "weight", "text": {"en": "Weight"}, "decimals": 2},
              {"type": "long-text", "key": "comment", "text": {"en": "Anything else?"}}]}]}
            """);

    @Test
    void readsAnExportOfDelighted() {
        var read = read("""
                Survey Type,Response ID,Score,Comment,Person Email,Created At,Order ID
                NPS,771,9,"Fast, and ""good"" tea",ana@example.com,2018-08-15 04:10:37 UTC,A-1
                NPS,772,2,,bo@example.com,1534306237,
                """);

        assertThat(read.mapping().dialect()).isEqualTo(Dialect.DELIGHTED);
        assertThat(read.mapping().targets())
                .containsExactly(
                        "", "externalId", "answers.recommend", "answers.comment", "", "answeredAt", "order.externalId");
        var first = read.responses().getFirst();
        assertThat(first.externalId()).isEqualTo("771");
        assertThat(first.answeredAt()).isEqualTo(Instant.parse("2018-08-15T04:10:37Z"));
        assertThat(first.orderExternalId()).isEqualTo("A-1");
        assertThat(answers(first))
                .containsEntry(Slot.of("recommend"), new Answer.Score(9))
                .containsEntry(Slot.of("comment"), new Answer.Words("Fast, and \"good\" tea"));
        assertThat(read.responses().get(1).answeredAt()).isEqualTo(Instant.parse("2018-08-15T04:10:37Z"));
        assertThat(answers(read.responses().get(1))).containsOnlyKeys(Slot.of("recommend"));
    }

    @Test
    void readsThreeRowsOfHeadingsOfQualtricsInTheirZone() {
        var read = read("""
                \ufeffRecordedDate,ResponseId,UserLanguage,Q1,Q2,Q3_1,Q3_2,Q4
                Recorded Date,Response ID,User Language,How likely are you to recommend us?,Why?,Speed,The box,Anything else?
                "{""ImportId"":""recordedDate"",""timeZone"":""America/Denver""}","{""ImportId"":""_recordId""}","{""ImportId"":""userLanguage""}","{""ImportId"":""QID1""}","{""ImportId"":""QID2""}","{""ImportId"":""QID3_1""}","{""ImportId"":""QID3_2""}","{""ImportId"":""QID4_TEXT""}"
                2019-03-01 10:20:30,R_1,EN,10 - Extremely likely,The quality,Speed,,-99
                """);

        assertThat(read.mapping().dialect()).isEqualTo(Dialect.QUALTRICS);
        assertThat(read.mapping().zone()).isEqualTo("America/Denver");
        var only = read.responses().getFirst();
        assertThat(read.responses()).hasSize(1);
        assertThat(only.answeredAt()).isEqualTo(Instant.parse("2019-03-01T17:20:30Z"));
        assertThat(answers(only))
                .containsEntry(Slot.of("recommend"), new Answer.Score(10))
                .containsEntry(Slot.of("reason"), new Answer.Choice("quality", null))
                .containsEntry(Slot.of("liked"), new Answer.Choices(List.of("speed"), null))
                .containsEntry(Slot.of("comment"), new Answer.Skipped());
    }

    @Test
    void readsAVvFileOfLimeSurveyWithItsEscapes() {
        var read = read(
                "Response ID\tDate submitted\tLast page\tStart language\tRecommend\tWhy\tWhy other\tSpeed\tBox\tLid\tWeight\tComment\n"
                        + "id\tsubmitdate\tlastpage\tstartlanguage\trecommend\treason\treason_other\tliked_speed\tliked_box\tparts_lid\tweight\tcomment\n"
                        + "7\t2020-01-02 03:04:05\t1\tde\t8\t{question_not_shown}\t{question_not_shown}\tY\t\tbad\t2.50\t{quote}A{tab}b{newline}{lbrace}tab}\n"
                        + "8\t2020-01-02 03:04:06\t1\tde\t7\tother\tTea\t\t\t\t\t\n");

        assertThat(read.mapping().dialect()).isEqualTo(Dialect.LIMESURVEY);
        var first = read.responses().getFirst();
        assertThat(first.language()).isEqualTo("de");
        assertThat(first.answeredAt()).isEqualTo(Instant.parse("2020-01-02T02:04:05Z"));
        assertThat(answers(first))
                .containsEntry(Slot.of("liked"), new Answer.Choices(List.of("speed"), null))
                .containsEntry(new Slot("parts", "lid", ""), new Answer.Choice("bad", null))
                .containsEntry(Slot.of("weight"), new Answer.Amount(new BigDecimal("2.5")))
                .containsEntry(Slot.of("comment"), new Answer.Words("\"A\tb\n{tab}"))
                .doesNotContainKey(Slot.of("reason"));
        assertThat(answers(read.responses().get(1)))
                .containsEntry(Slot.of("reason"), new Answer.Choice("other", "Tea"))
                .containsEntry(Slot.of("liked"), new Answer.Skipped())
                .containsEntry(Slot.of("comment"), new Answer.Skipped());
    }

    @Test
    void readsOurOwnExportByKeysAndByWords() {
        for (var csv : List.of("""
                id,externalId,survey,version,answeredAt,complete,answers.recommend,answers.reason,answers.reason.other,answers.liked,answers.parts.lid,answers.comment
                0198,,purchase,1,2026-05-10T12:00:00Z,true,9,other,Tea,speed;box,good,'=1+1
                """, """
                id,externalId,survey,version,answeredAt,complete,How likely? [answers.recommend],Why? [answers.reason],Why? – Other [answers.reason.other],Liked [answers.liked],Parts – Lid [answers.parts.lid],Anything else? [answers.comment]
                0198,,purchase,1,2026-05-10T12:00:00Z,true,9,other,Tea,Speed;The box,Good,'=1+1
                """)) {
            var read = read(csv);
            assertThat(read.mapping().dialect()).isEqualTo(Dialect.AFTERWORD);
            var only = read.responses().getFirst();
            assertThat(only.externalId()).isEqualTo("0198");
            assertThat(answers(only))
                    .containsEntry(Slot.of("reason"), new Answer.Choice("other", "Tea"))
                    .containsEntry(Slot.of("liked"), new Answer.Choices(List.of("speed", "box"), null))
                    .containsEntry(new Slot("parts", "lid", ""), new Answer.Choice("good", null))
                    .containsEntry(Slot.of("comment"), new Answer.Words("=1+1"));
        }
    }

    @Test
    void knowsRowsWithoutAnIdAgainAndSaysWhatIsMissing() {
        var csv = "When;Score\n2026-05-10;9\n2026-05-10;10\n";
        var guessed = read(csv.replace("When", "Date"));
        assertThat(guessed.responses()).extracting(PastResponse::externalId).doesNotHaveDuplicates();
        assertThat(read(csv.replace("When", "Date")).responses()).isEqualTo(guessed.responses());
        assertThat(guessed.responses().getFirst().answeredAt()).isEqualTo(Instant.parse("2026-05-09T22:00:00Z"));
        assertThat(guessed.mapping().problem()).isNull();
        var none = GuessMapping.of(rows(csv), "purchase", SURVEY, "Europe/Berlin");
        assertThat(none.problem()).hasMessageContaining("mapping.no-time");
    }

    @Test
    void rowsThatSayTheSameAreNotOne() {
        var csv = "Date;Score\n" + "2026-05-10;9\n".repeat(3) + "2026-05-10;10\n2026-05-10;9\n";
        var ids = read(csv).responses().stream().map(PastResponse::externalId).toList();
        assertThat(ids).doesNotHaveDuplicates().hasSize(5);
        assertThat(ids).element(4).asString().isEqualTo(ids.getFirst() + "-4");
        assertThat(read(csv).responses()).extracting(PastResponse::externalId).isEqualTo(ids);
    }

    @Test
    void countsHoweverManyDifferentRows() {
        var repeats = new Repeats();
        for (int times = 1; times <= 2; times++) {
            for (int i = 0; i < 5_000; i++) {
                assertThat(repeats.count(new UUID(i * 31L, 0))).isEqualTo(times);
            }
        }
    }

    private record Read(ResponseMapping mapping, List<PastResponse> responses) {}

    private static Read read(String csv) {
        var mapping = GuessMapping.of(rows(csv), "purchase", SURVEY, "Europe/Berlin");
        if (mapping.problem() != null) {
            throw mapping.problem();
        }
        try (var lines = new MappedLines(in(csv), mapping, SURVEY)) {
            return new Read(
                    mapping,
                    lines.next().stream()
                            .map(line -> PastResponse.of(line.fields()))
                            .toList());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<List<String>> rows(String csv) {
        var rows = new ArrayList<List<String>>();
        try (var read = new CsvRows(in(csv))) {
            for (var row = read.next(); row != null; row = read.next()) {
                rows.add(row.cells());
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return rows;
    }

    private static ByteArrayInputStream in(String csv) {
        return new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8));
    }

    private static Map<Slot, Answer> answers(PastResponse response) {
        return SURVEY.check(response.answers()).orThrow();
    }
}
