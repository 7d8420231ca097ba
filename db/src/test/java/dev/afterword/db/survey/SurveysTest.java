package dev.afterword.db.survey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterword.db.DatabaseTest;
import dev.afterword.db.Key;
import dev.afterword.db.NotFound;
import dev.afterword.db.followup.OpenWorkspace;
import dev.afterword.db.workspace.Workspace;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@DatabaseTest
class SurveysTest {
    @Autowired
    Surveys surveys;

    @Autowired
    OpenWorkspace openWorkspace;

    @Test
    void findsOnlyTheWorkspacesOwn() {
        var workspace = open();
        var twin = open();

        var version = surveys.latest(workspace, "post-purchase").block();
        assertThat(version.definition()).isEqualTo(SurveyDefinitionTest.postPurchase());
        assertThat(surveys.find(workspace, "post-purchase").block().key().id()).isEqualTo(version.surveyId());
        assertThat(surveys.all(workspace).block()).extracting(Survey::surveyKey).containsExactly("post-purchase");
        assertThat(surveys.latest(twin, "post-purchase").block().key().id())
                .isNotEqualTo(version.key().id());

        assertThatThrownBy(
                        () -> surveys.version(new Key(twin, version.key().id())).block())
                .isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> surveys.latest(workspace, "other").block()).isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> surveys.find(workspace, "other").block()).isInstanceOf(NotFound.class);
    }

    private UUID open() {
        return openWorkspace
                .open(Workspace.open(Key.nextId(), "Cedar & Salt", ZoneOffset.UTC, "en", Instant.now()))
                .block()
                .id();
    }
}
