package dev.afterword.db.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterword.db.Conflict;
import dev.afterword.db.DatabaseTest;
import dev.afterword.db.Key;
import dev.afterword.db.NotFound;
import dev.afterword.db.Rows;
import dev.afterword.db.followup.OpenWorkspace;
import dev.afterword.db.inbox.WorkingHours.Span;
import dev.afterword.db.message.mail.MailFinding;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;

/** When cases are due, what opens them by itself and how often it would have, and the replies kept ready. */
@DatabaseTest
class CaseSettingsTest {
    @Autowired
    DatabaseClient database;

    @Autowired
    OpenWorkspace openWorkspace;

    @Autowired
    CasePolicies policies;

    @Autowired
    CaseRules rules;

    @Autowired
    CaughtByRules caught;

    @Autowired
    ReplyTemplates templates;

    final Instant now = Instant.now();
    Rows shop;

    @BeforeEach
    void open() {
        shop = new Rows(database, openWorkspace);
    }

    @Test
    void keepsWhenAShopWorksAndHowSoonItAnswers() {
        assertThat(policies.find(shop.workspace.id()).block()).isEqualTo(CasePolicies.USUAL);
        var policy = new CasePolicy(
                0,
                Map.of(DayOfWeek.SATURDAY, new Span(LocalTime.of(10, 0), LocalTime.MIDNIGHT)),
                Set.of(LocalDate.of(2026, 12, 25)),
                4,
                0,
                2);
        var unseen = new CasePolicy(7, policy.days(), policy.holidays(), 4, 0, 2);
        assertThatThrownBy(() -> policies.save(shop.workspace.id(), unseen).block())
                .isInstanceOf(Conflict.class);
        policies.save(shop.workspace.id(), policy).block();
        var kept = policies.find(shop.workspace.id()).block();
        assertThat(kept).isEqualTo(new CasePolicy(1, policy.days(), policy.holidays(), 4, 0, 2));
        assertThatThrownBy(() -> policies.save(shop.workspace.id(), policy).block())
                .isInstanceOf(Conflict.class);
        policies.save(shop.workspace.id(), kept).block();
        assertThat(policies.find(shop.workspace.id()).block().version()).isEqualTo(2);
    }

    @Test
    void countsForEachRuleTheLatestAnswersForWhichItHolds() {
        var ana = shop.contact("Ana", "ana@example.com", "customer");
        var ben = shop.contact("Ben", "ben@example.com", "customer");
        var kettle = shop.order(ana, "1", now.minus(Duration.ofDays(20)), 3, "Kettle", "kitchen");
        shop.order(ana, "2", now.minus(Duration.ofDays(400)), 3, "Pan", "kitchen");
        var pan = shop.order(ben, "3", now.minus(Duration.ofDays(20)), 3, "Pan", "kitchen");
        answer(ana, kettle, 1, Map.of("recommend", 2, "comment", "It is BROKEN already"));
        answer(ben, pan, 5, Map.of("recommend", 10, "comment", "Wonderful"));
        answer(ben, null, 6, Map.of("recommend", 6));
        answer(ana, null, 91, Map.of("recommend", 0, "comment", "broken"));
        var imported = answer(ana, null, 2, Map.of("recommend", 0, "comment", "broken"));
        database.sql("update response set imported = true where workspace_id = $1 and id = $2")
                .bind(0, shop.workspace.id())
                .bind(1, imported)
                .then()
                .block();
        var bad = rule("Bad", "bad", List.of(), List.of(), null);
        var broken = rule("Broken", null, List.of("broken", "torn"), List.of(), null);
        var bought = rule("Kettle", null, List.of(), List.of("kettle"), null);
        var loyal = rule("Loyal", null, List.of(), List.of(), "200");
        var all = rule("All", "bad", List.of("Broken"), List.of("kettle"), "200");
        var none = rule("None", "good", List.of("broken"), List.of(), null);

        var found = caught.last90Days(shop.workspace.id(), now).block();
        assertThat(found.answers()).isEqualTo(3);
        assertThat(found.of(bad.key().id())).isEqualTo(2);
        assertThat(found.of(broken.key().id())).isEqualTo(1);
        assertThat(found.of(bought.key().id())).isEqualTo(1);
        assertThat(found.of(loyal.key().id())).isEqualTo(1);
        assertThat(found.of(all.key().id())).isEqualTo(1);
        assertThat(found.of(none.key().id())).isZero();
        database.sql("update customer_order set total_currency = 'SEK' where workspace_id = $1 and external_id = '2'")
                .bind(0, shop.workspace.id())
                .then()
                .block();
        assertThat(caught.last90Days(shop.workspace.id(), now)
                        .block()
                        .of(loyal.key().id()))
                .as("nobody spent so much in one currency")
                .isZero();
    }

    @Test
    void countsNothingWhereNobodyAnsweredOrThereIsNoRule() {
        assertThat(caught.last90Days(shop.workspace.id(), now).block().answers())
                .isZero();
        answer(null, null, 1, Map.of("recommend", 2));
        assertThat(caught.last90Days(shop.workspace.id(), now).block().answers())
                .isEqualTo(1);
    }

    @Test
    void changesAndRemovesRulesOfItsOwnWorkspaceOnly() {
        var mine = rule("Bad", "bad", List.of(), List.of(), null);
        var other = new Rows(database, openWorkspace);
        var stolen = new CaseRule(
                new Key(other.workspace.id(), mine.key().id()),
                "Mine",
                "good",
                List.of(),
                List.of(),
                null,
                CaseKind.QUESTION,
                1,
                null);
        assertThatThrownBy(() -> rules.change(stolen).block()).isInstanceOf(NotFound.class);
        rules.change(new CaseRule(
                        mine.key(), "Worse", "bad", List.of("late"), List.of(), null, CaseKind.QUESTION, 1, "care"))
                .block();
        assertThat(rules.all(shop.workspace.id()).block())
                .singleElement()
                .returns("Worse", CaseRule::name)
                .returns(List.of("late"), CaseRule::keywords)
                .returns("care", CaseRule::team)
                .returns(1, CaseRule::version);
        assertThatThrownBy(() -> rules.change(mine).block())
                .isInstanceOfSatisfying(
                        Conflict.class, problem -> assertThat(problem.code()).isEqualTo("case-rule.changed-meanwhile"));
        rules.remove(stolen.key()).block();
        assertThat(rules.find(mine.key()).block()).isNotNull();
        rules.remove(mine.key()).block();
        assertThat(rules.all(shop.workspace.id()).block()).isEmpty();
    }

    @Test
    void keepsRepliesReadyInTheCustomersLanguageAndTheShopsFirst() {
        var words = new LinkedHashMap<String, String>();
        words.put("de", "Hallo {{contact.firstName|du}}");
        words.put("en", "Hello {{contact.firstName|there}}");
        var kept = templates
                .save(new ReplyTemplate(Key.next(shop.workspace.id()), 0, "Hello", words))
                .block();
        var found = templates.all(shop.workspace.id()).block().getFirst();
        assertThat(found.words("de-AT")).startsWith("Hallo");
        assertThat(found.words("fr")).isEqualTo("Hello {{contact.firstName|there}}");
        assertThat(found.problems(shop.workspace)).isEmpty();
        assertThatThrownBy(() -> templates
                        .save(new ReplyTemplate(Key.next(shop.workspace.id()), 0, "HELLO", words))
                        .block())
                .isInstanceOf(Conflict.class);
        assertThat(templates.save(kept).block().version()).isEqualTo(1);
        assertThatThrownBy(() -> templates.save(kept).block()).isInstanceOf(Conflict.class);
        templates.remove(kept.key()).block();
        assertThat(templates.all(shop.workspace.id()).block()).isEmpty();
    }

    @Test
    void findsWhatNothingFillsAndWhatIsNotAlwaysThere() {
        var template = new ReplyTemplate(
                Key.next(shop.workspace.id()),
                0,
                "Hello",
                Map.of("en", "Hello {{contact.firstName}}, order {{order.numbr|yours}}: [here](javascript:alert)"));
        assertThat(template.problems(shop.workspace))
                .extracting(MailFinding::code)
                .containsExactlyInAnyOrder("mail.fallback-missing", "mail.field-unknown", "mail.link-not-https");
    }

    private UUID answer(UUID contact, UUID order, int daysAgo, Map<String, Object> answers) {
        return shop.response(contact, order, now.minus(Duration.ofDays(daysAgo)), answers, Map.of());
    }

    private CaseRule rule(String name, String band, List<String> keywords, List<String> products, String spent) {
        return rules.add(new CaseRule(
                        Key.next(shop.workspace.id()),
                        name,
                        band,
                        keywords,
                        products,
                        spent == null ? null : new BigDecimal(spent),
                        CaseKind.COMPLAINT,
                        2,
                        null))
                .block();
    }
}
