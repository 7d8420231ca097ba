package dev.afterword.db.insight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterword.db.Conflict;
import dev.afterword.db.DatabaseTest;
import dev.afterword.db.Key;
import dev.afterword.db.Problem;
import dev.afterword.db.response.AnswerSheets;
import dev.afterword.db.response.AskedCustomer;
import dev.afterword.db.response.GiveAnswers;
import dev.afterword.db.response.GivenAnswers;
import dev.afterword.db.response.ListedResponses;
import dev.afterword.db.response.ResponseFilter;
import dev.afterword.db.response.SealedAnswers;
import dev.afterword.db.survey.ChangeSurveySettings;
import dev.afterword.db.survey.Sharing;
import dev.afterword.db.survey.SurveySettings;
import dev.afterword.db.survey.Surveys;
import dev.afterword.db.workspace.LinkToken;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

@DatabaseTest
@Tag("server")
@ExtendWith(OutputCaptureExtension.class)
class AnonymousAnswersTest {
    @Autowired
    GiveAnswers giveAnswers;

    @Autowired
    UnsealAnswers unsealAnswers;

    @Autowired
    SealedAnswers sealedAnswers;

    @Autowired
    ListedResponses listed;

    @Autowired
    AnswerSheets sheets;

    @Autowired
    DatabaseClient database;

    @Autowired
    BeanFactory beans;

    private AskedCustomer customer;
    private Key survey;

    @BeforeEach
    void promise() {
        customer = AskedCustomer.in(beans);
        survey = beans.getBean(Surveys.class)
                .find(customer.workspace().id(), "post-purchase")
                .block()
                .key();
        set(null);
    }

    @Test
    void keepsNoTraceOfWhoGaveWhichAnswer(CapturedOutput log) {
        var invitations = customer.invited(7);
        var told = texts("select id::text from event where workspace_id = $1").size();
        for (int at = 0; at < invitations.size(); at++) {
            give(invitations.get(at), at).block();
        }
        assertThat(sealedAnswers.waiting(survey).block()).isEqualTo(7);
        assertThat(texts("select sealed::text from sealed_answer where workspace_id = $1"))
                .allSatisfy(closed -> assertThat(new String(bytes(closed), StandardCharsets.ISO_8859_1))
                        .doesNotContain("Secret", "recommend"));
        assertThat(texts("select count(*)::text from response where workspace_id = $1"))
                .containsExactly("0");
        // Each of them has the transaction's number in common with an invitation, which must lead no further.
        var sealed = texts(
                "select s.id::text from sealed_answer s join invitation i on i.workspace_id = $1 and i.xmin = s.xmin where s.workspace_id = $1");
        assertThat(sealed).hasSize(7);

        unsealAnswers.unseal().block();
        assertThat(sealedAnswers.waiting(survey).block()).isEqualTo(2);
        assertThat(texts("select id::text from response where workspace_id = $1"))
                .hasSize(5)
                .allSatisfy(id -> assertThat(UUID.fromString(id).version()).isEqualTo(4));
        var day = Instant.now().truncatedTo(ChronoUnit.DAYS);
        assertThat(
                        texts(
                                "select distinct concat_ws(' ', extract(epoch from answered_at), extract(epoch from started_at), extract(epoch from confirmed_at), extract(epoch from created_at), asked_at, language, contact_id, order_id, invitation_id) from response where workspace_id = $1"))
                .singleElement()
                .satisfies(said -> assertThat(said.replace(".000000", ""))
                        .isEqualTo("%1$s %1$s %1$s %1$s".formatted(day.getEpochSecond())));
        assertThat(texts("select id::text from event where workspace_id = $1")).hasSize(told);

        assertThat(texts("select id::text from response where workspace_id = $1"))
                .doesNotContainAnyElementsOf(sealed);

        // No row of any table that has an answer's id has anything of a person or of an invitation.
        var responses = texts("select id::text from response where workspace_id = $1");
        var people = new ArrayList<>(texts("select id::text from contact where workspace_id = $1"));
        people.addAll(texts("select id::text from customer_order where workspace_id = $1"));
        people.addAll(invitations.stream().map(key -> key.id().toString()).toList());
        for (var table : texts(
                "select c.table_name::text from information_schema.columns c where c.column_name = 'workspace_id' and c.table_schema = 'public' and $1::uuid is not null")) {
            for (var row : texts("select t::text from \"" + table + "\" t where workspace_id = $1")) {
                if (responses.stream().anyMatch(row::contains)) {
                    assertThat(people).as(row).noneMatch(row::contains);
                }
            }
        }
        assertThat(log.getAll()).doesNotContain("Secret");
        var rows = listed.page(survey.workspaceId(), ZoneOffset.UTC, ResponseFilter.ALL, null, 50)
                .block()
                .items();
        assertThat(rows).hasSize(5).allSatisfy(row -> {
            assertThat(row.customer()).isNull();
            assertThat(row.order()).isNull();
            assertThat(row.language()).isNull();
            assertThat(row.segments()).isEmpty();
        });
        assertThat(texts("select day::text from rollup_due where workspace_id = $1 and survey_id = '" + survey.id()
                        + "'"))
                .contains(day.atOffset(ZoneOffset.UTC).toLocalDate().toString());
    }

    @Test
    void writesNothingBeforeFiveWaitAndThenInFives() {
        var invitations = customer.invited(10);
        for (int at = 0; at < 4; at++) {
            give(invitations.get(at), at).block();
        }
        unsealAnswers.unseal().block();
        assertThat(sealedAnswers.waiting(survey).block()).isEqualTo(4);
        for (int at = 4; at < 10; at++) {
            give(invitations.get(at), at).block();
        }
        unsealAnswers.unseal().block();
        unsealAnswers.unseal().block();
        assertThat(sealedAnswers.waiting(survey).block()).isZero();
        assertThat(texts("select text from answer where workspace_id = $1 and question_key = 'comment'"))
                .hasSize(10)
                .contains("Secret 3");
    }

    @Test
    void takesWholeAnswersOnlyAndEachOnce() {
        var invitation = customer.invited();
        assertRefused(
                giveAnswers.give(new GivenAnswers(invitation, Map.of("recommend", 9), false, false, Instant.now())),
                "answers.anonymous-partial");
        var twice = Flux.range(0, 2)
                .flatMap(at -> give(invitation, at)
                        .thenReturn("taken")
                        .onErrorResume(Conflict.class, again -> Mono.just(again.code())))
                .collectList()
                .block();
        assertThat(twice).containsExactlyInAnyOrder("taken", "survey.answered-already");
        assertThat(sealedAnswers.waiting(survey).block()).isEqualTo(1);
        var sheet = sheets.find(new LinkToken(customer.workspace().code(), invitation.id()))
                .block();
        assertThat(sheet.answered()).isTrue();
        assertThat(sheet.contactName()).isNull();
        assertThat(sheet.purchase()).isNull();
        assertThat(sheet.response()).isNull();
    }

    @Test
    void countsWhatWaitsAgainstTheQuota() {
        set(6);
        var invitations = customer.invited(9);
        var came = Flux.fromIterable(invitations)
                .flatMap(invitation -> give(invitation, 1)
                        .thenReturn("taken")
                        .onErrorResume(Conflict.class, full -> Mono.just(full.code())))
                .collectList()
                .block();
        assertThat(came).filteredOn("taken"::equals).hasSize(6);
        assertThat(came).filteredOn("survey.full"::equals).hasSize(3);
        unsealAnswers.unseal().block();
        assertRefused(give(customer.invited(), 2), "survey.full");
        assertThat(texts("select id::text from invitation where workspace_id = $1 and answered_at is not null"))
                .hasSize(6);
    }

    private Mono<Void> give(Key invitation, int at) {
        return giveAnswers.give(new GivenAnswers(
                invitation, Map.of("recommend", at, "comment", "Secret " + at), true, true, Instant.now()));
    }

    private void set(Integer quota) {
        beans.getBean(ChangeSurveySettings.class)
                .change(survey, new SurveySettings(null, null, quota, false, true, Sharing.NONE))
                .block();
    }

    private static void assertRefused(Mono<Void> given, String code) {
        assertThatThrownBy(given::block)
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo(code));
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.substring(2));
    }

    private List<String> texts(String sql) {
        return database.sql(sql)
                .bind(0, survey.workspaceId())
                .map(row -> String.valueOf(row.get(0, String.class)))
                .all()
                .collectList()
                .block();
    }
}
