package dev.afterword.db.survey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterword.db.Conflict;
import dev.afterword.db.DatabaseTest;
import dev.afterword.db.Key;
import dev.afterword.db.NotFound;
import dev.afterword.db.Rejected;
import dev.afterword.db.followup.OpenWorkspace;
import dev.afterword.db.workspace.Workspace;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** From the first draft to a published version, and away. */
@DatabaseTest
@Tag("server")
class SurveyLifeTest {
    private static final SurveyDefinition ALL = DefinitionReader.read(QuestionTest.ALL_TYPES);

    @Autowired
    CreateSurvey createSurvey;

    @Autowired
    SaveSurveyDraft saveSurveyDraft;

    @Autowired
    PublishSurvey publishSurvey;

    @Autowired
    DuplicateSurvey duplicateSurvey;

    @Autowired
    ArchiveSurvey archiveSurvey;

    @Autowired
    SurveyDrafts drafts;

    @Autowired
    Surveys surveys;

    @Autowired
    OpenWorkspace openWorkspace;

    @Test
    void publishesWhatWasWritten() {
        var workspace = open();
        var draft = createSurvey
                .create(workspace, null, "Nach der Lieferung – Größe?", ALL, null)
                .block();
        assertThat(draft.survey().surveyKey()).isEqualTo("nach-der-lieferung-grosse".replace("grosse", "gro-e"));
        assertThatThrownBy(() ->
                        surveys.latest(workspace, draft.survey().surveyKey()).block())
                .isInstanceOf(NotFound.class);
        assertThat(surveys.all(workspace).block()).hasSize(1);

        var published = (PublishSurvey.Published)
                publishSurvey.publish(draft.survey().key(), draft.version()).block();
        assertThat(published.added()).isTrue();
        assertThat(published.version().number()).isEqualTo(1);
        assertThat(surveys.latest(workspace, draft.survey().surveyKey()).block().definition())
                .isEqualTo(ALL);
        assertThat(surveys.numbered(workspace, draft.survey().surveyKey(), 1).block())
                .isEqualTo(published.version());
        assertThat(((PublishSurvey.Published) publishSurvey
                                .publish(draft.survey().key(), null)
                                .block())
                        .added())
                .isFalse();
        assertThat(drafts.all(workspace).block())
                .filteredOn(one -> one.survey().equals(draft.survey()))
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.number()).isEqualTo(1);
                    assertThat(one.draftChangedAt()).isNull();
                });
    }

    @Test
    void tellsWhoeverSavesOverAnothersChange() {
        var workspace = open();
        var survey = surveys.find(workspace, "post-purchase").block().key();
        var draft = drafts.find(survey).block();
        assertThat(draft.changed()).isFalse();
        assertThat(draft.definition()).isEqualTo(SurveyDefinitionTest.postPurchase());

        var staff = UUID.randomUUID();
        var saved = saveSurveyDraft
                .save(survey, draft.version(), "After", ALL, staff)
                .block();
        assertThat(saved.version()).isEqualTo(draft.version() + 1);
        assertThat(saved.changedBy()).isEqualTo(staff);
        assertThat(saved.survey().name()).isEqualTo("After");
        assertThatThrownBy(() -> saveSurveyDraft
                        .save(survey, draft.version(), "Mine", ALL, null)
                        .block())
                .isInstanceOfSatisfying(
                        Conflict.class, problem -> assertThat(problem.code()).isEqualTo("survey.changed-meanwhile"));
        assertThatThrownBy(() -> publishSurvey.publish(survey, draft.version()).block())
                .isInstanceOf(Conflict.class);
        assertThatThrownBy(() -> saveSurveyDraft
                        .save(survey, saved.version(), "  ", ALL, null)
                        .block())
                .isInstanceOf(Rejected.class);
        assertThat(surveys.latestOf(survey).block().number()).isEqualTo(1);
        assertThat(((PublishSurvey.Published)
                                publishSurvey.publish(survey, saved.version()).block())
                        .version()
                        .number())
                .isEqualTo(2);
        assertThat(surveys.versions(survey).block())
                .extracting(SurveyVersion::number)
                .containsExactly(2, 1);
    }

    @Test
    void refusesToPublishWhatCannotBeAsked() {
        var workspace = open();
        var empty = DefinitionReader.read("{\"title\": {\"en\": \"T\"}}");
        var draft =
                createSurvey.create(workspace, "empty", "Empty", empty, null).block();
        assertThat(publishSurvey.publish(draft.survey().key(), null).block())
                .isInstanceOfSatisfying(
                        PublishSurvey.Refused.class,
                        refused -> assertThat(refused.problems())
                                .extracting(DefinitionProblem::code)
                                .contains("survey.no-questions"));
        assertThatThrownBy(() -> createSurvey
                        .create(workspace, "empty", "Empty", empty, null)
                        .block())
                .isInstanceOf(Conflict.class);
    }

    @Test
    void duplicatesAndPutsAway() {
        var workspace = open();
        var survey = surveys.find(workspace, "post-purchase").block().key();
        var copy = duplicateSurvey.duplicate(survey, "Post purchase", null).block();
        assertThat(copy.survey().surveyKey()).isEqualTo("post-purchase-2");
        assertThat(copy.definition()).isEqualTo(SurveyDefinitionTest.postPurchase());
        assertThat(archiveSurvey.archive(survey, true).block().archived()).isTrue();
        assertThat(archiveSurvey.archive(survey, false).block().archived()).isFalse();
        assertThatThrownBy(() -> archiveSurvey
                        .archive(new Key(open(), survey.id()), true)
                        .block())
                .isInstanceOf(NotFound.class);
    }

    private UUID open() {
        return openWorkspace
                .open(Workspace.open(Key.nextId(), "Cedar & Salt", ZoneOffset.UTC, "en", Instant.now()))
                .block()
                .id();
    }
}
