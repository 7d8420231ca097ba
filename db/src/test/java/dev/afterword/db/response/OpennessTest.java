package dev.afterword.db.response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterword.db.Conflict;
import dev.afterword.db.DatabaseTest;
import dev.afterword.db.Fields;
import dev.afterword.db.Key;
import dev.afterword.db.Rejected;
import dev.afterword.db.response.AnswerSheet.Openness;
import dev.afterword.db.survey.ChangeSurveySettings;
import dev.afterword.db.survey.SettingsOfSurveys;
import dev.afterword.db.survey.Sharing;
import dev.afterword.db.survey.SurveyLink.Kind;
import dev.afterword.db.survey.SurveySettings;
import dev.afterword.db.survey.SurveySettingsReader;
import dev.afterword.db.survey.Surveys;
import dev.afterword.db.workspace.LinkToken;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

@DatabaseTest
@Tag("server")
class OpennessTest {
    @Autowired
    GiveAnswers giveAnswers;

    @Autowired
    AnswerSheets sheets;

    @Autowired
    Surveys surveys;

    @Autowired
    SettingsOfSurveys settings;

    @Autowired
    ChangeSurveySettings changeSettings;

    @Autowired
    DatabaseClient database;

    @Autowired
    BeanFactory beans;

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    private AskedCustomer customer;
    private Key survey;

    @BeforeEach
    void open() {
        customer = AskedCustomer.in(beans);
        survey =
                surveys.find(customer.workspace().id(), "post-purchase").block().key();
    }

    @Test
    void takesNothingBeforeItOpens() {
        var invitation = customer.invited();
        set(new SurveySettings(now.plusSeconds(600), null, null, false, false, Sharing.NONE));
        assertThat(openness(invitation)).isEqualTo(Openness.NOT_YET);
        assertRefused(invitation, "survey.not-open");
    }

    @Test
    void letsWhoBeganBeforeItClosedFinishWithinAnHour() {
        var invitations = customer.invited(2);
        draft(invitations.getFirst());
        set(new SurveySettings(null, now.minusSeconds(60), null, false, false, Sharing.NONE));
        assertThat(openness(invitations.getFirst())).isEqualTo(Openness.OPEN);
        assertThat(openness(invitations.getLast())).isEqualTo(Openness.CLOSED);
        send(invitations.getFirst());

        set(new SurveySettings(null, now.minusSeconds(3601), null, false, false, Sharing.NONE));
        assertThat(openness(invitations.getFirst())).isEqualTo(Openness.CLOSED);
        assertRefused(invitations.getFirst(), "invitation.closed");
    }

    @Test
    void takesExactlyAsManyAsAreWantedHoweverManyComeAtOnce() {
        var invitations = customer.invited(40);
        set(new SurveySettings(null, null, 7, false, false, Sharing.NONE));
        var refused = Flux.fromIterable(invitations)
                .flatMap(
                        invitation -> give(invitation, true)
                                .thenReturn("taken")
                                .onErrorResume(Conflict.class, full -> Mono.just(full.code())),
                        40)
                .collectList()
                .block();
        assertThat(refused).filteredOn("taken"::equals).hasSize(7);
        assertThat(refused).filteredOn("survey.full"::equals).hasSize(33);
        assertThat(confirmed()).isEqualTo(7);
    }

    @Test
    void holdsThePlaceOfWhoBeganAndLetsEverybodyChangeWhatTheySaid() {
        var invitations = customer.invited(3);
        set(new SurveySettings(null, null, 2, false, false, Sharing.NONE));
        send(invitations.get(0));
        draft(invitations.get(1));
        assertThat(openness(invitations.get(2))).isEqualTo(Openness.FULL);
        assertRefused(invitations.get(2), "survey.full");
        assertThat(openness(invitations.get(0))).isEqualTo(Openness.OPEN);
        send(invitations.get(0));
        assertThat(openness(invitations.get(1))).isEqualTo(Openness.OPEN);

        run("update response set answered_at = answered_at - interval '61 minutes' where confirmed_at is null");
        send(invitations.get(2));
        assertRefused(invitations.get(1), "survey.full");
        assertThat(confirmed()).isEqualTo(2);
    }

    @Test
    void countsOnlyItsOwnAnswersAndNoImportedOnes() {
        var twin = AskedCustomer.in(beans);
        send(twin.invited());
        var invitations = customer.invited(2);
        send(invitations.getFirst());
        run("update response set imported = true");
        set(new SurveySettings(null, null, 1, false, false, Sharing.NONE));
        send(invitations.getLast());
    }

    @Test
    void takesOneAnswerFromACustomerWhoWasInvitedTwice() {
        var invitations = customer.invited(2);
        run(
                "update invitation set contact_id = (select contact_id from invitation where id = '%s') where workspace_id = '%s'"
                        .formatted(
                                invitations.getFirst().id(),
                                customer.workspace().id()));
        set(new SurveySettings(null, null, null, true, false, Sharing.NONE));
        var came = Flux.fromIterable(invitations)
                .flatMap(invitation -> give(invitation, true)
                        .thenReturn("taken")
                        .onErrorResume(Conflict.class, again -> Mono.just(again.code())))
                .collectList()
                .block();
        assertThat(came).containsExactlyInAnyOrder("taken", "survey.answered-already");
        assertThat(invitations.stream().map(this::openness))
                .containsExactlyInAnyOrder(Openness.OPEN, Openness.ANSWERED);
    }

    @Test
    void keepsThePromiseThatWasMadeToThoseWhoWereAsked() {
        customer.invited();
        assertThatThrownBy(() -> set(new SurveySettings(null, null, null, false, true, Sharing.NONE)))
                .isInstanceOfSatisfying(
                        Conflict.class, problem -> assertThat(problem.code()).isEqualTo("survey.anonymous-fixed"));
    }

    @Test
    void keepsALinkThroughSwitchingAndReplacesItWhenRenewed() {
        var on = new SurveySettings(
                null, null, null, false, false, new Sharing(Set.of(Kind.PAGE), 30, List.of("https://a.example")));
        set(on);
        assertThat(settings.find(survey).block()).isEqualTo(on);
        var link = settings.links(survey).block().get(Kind.PAGE);
        set(SurveySettings.DEFAULT);
        set(on);
        assertThat(settings.links(survey).block().get(Kind.PAGE)).isEqualTo(link);
        changeSettings.renew(survey, Kind.PAGE).block();
        assertThat(settings.links(survey).block().get(Kind.PAGE).key()).isNotEqualTo(link.key());
        assertThat(settings.link(link.key()).block().revokedAt()).isNotNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"opensAt\": \"2026-01-02T00:00:00Z\", \"closesAt\": \"2026-01-01T00:00:00Z\"}|closesAt",
                "{\"quota\": 0}|quota",
                "{\"quota\": \"many\"}|quota",
                "{\"color\": 1}|color",
                "{\"links\": {\"page\": {\"on\": 1}}}|links.page.on",
                "{\"links\": {\"web\": {\"on\": true}}}|links.web",
                "{\"links\": {\"kiosk\": {\"resetSeconds\": 1}}}|links.kiosk.resetSeconds",
                "{\"links\": {\"embedded\": {\"on\": true}}}|links.embedded.origins",
                "{\"links\": {\"embedded\": {\"origins\": [\"https://a.example\", \"http://b.example\"]}}}|links.embedded.origins[1]",
                "{\"links\": {\"embedded\": {\"origins\": [\"https://a.example/shop\"]}}}|links.embedded.origins[0]",
                "{\"links\": {\"embedded\": {\"origins\": [\"https://a.example; script-src *\"]}}}|links.embedded.origins[0]",
                "{\"links\": {\"embedded\": {\"origins\": [\"https://*\"]}}}|links.embedded.origins[0]",
            })
    void refusesSettingsThatMakeNoSenseWithTheirPlace(String json, String field) {
        assertThatThrownBy(() -> SurveySettingsReader.read(Fields.parse(json)))
                .isInstanceOfSatisfying(
                        Rejected.class, problem -> assertThat(problem.field()).isEqualTo(field));
    }

    private void set(SurveySettings wished) {
        changeSettings.change(survey, wished).block();
    }

    private Openness openness(Key invitation) {
        var token = new LinkToken(customer.workspace().code(), invitation.id());
        return sheets.find(token).block().openness(Instant.now());
    }

    private void send(Key invitation) {
        give(invitation, true).block();
    }

    private void draft(Key invitation) {
        give(invitation, false).block();
    }

    private Mono<Void> give(Key invitation, boolean confirmed) {
        return giveAnswers.give(
                new GivenAnswers(invitation, Map.of("recommend", 9), confirmed, confirmed, Instant.now()));
    }

    private void assertRefused(Key invitation, String code) {
        assertThatThrownBy(() -> send(invitation))
                .isInstanceOfSatisfying(
                        Conflict.class, problem -> assertThat(problem.code()).isEqualTo(code));
    }

    private long confirmed() {
        return database.sql(
                        "select count(*) from response where workspace_id = $1 and survey_id = $2 and confirmed_at is not null")
                .bind(0, survey.workspaceId())
                .bind(1, survey.id())
                .mapValue(Long.class)
                .one()
                .block();
    }

    private void run(String sql) {
        database.sql(sql).then().block();
    }
}
