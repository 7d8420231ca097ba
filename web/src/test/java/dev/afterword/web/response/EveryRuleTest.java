package dev.afterword.web.response;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.afterword.db.Key;
import dev.afterword.db.response.AskedCustomer;
import dev.afterword.db.response.GiveAnswers;
import dev.afterword.db.response.GivenAnswers;
import dev.afterword.db.survey.DefinitionCheck;
import dev.afterword.db.survey.DefinitionReader;
import dev.afterword.db.workspace.AfterwordSecret;
import dev.afterword.db.workspace.LinkToken;
import dev.afterword.web.Browser;
import dev.afterword.web.Browser.Look;
import dev.afterword.web.WebTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.io.ClassPathResource;
import org.springframework.r2dbc.core.DatabaseClient;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every subject with every operator that it has, each with a value for which it holds and one for which it does not: what is shown is the same without a
 * script, with one, and over the API. The rules stand in {@code every-rule.txt}.
 */
@WebTest
class EveryRuleTest {
    @RegisterExtension
    static Browser browser = new Browser();

    @LocalServerPort
    int port;

    @Autowired
    BeanFactory beans;

    @Autowired
    DatabaseClient database;

    @Autowired
    AfterwordSecret secret;

    @Autowired
    GiveAnswers giveAnswers;

    private Key invitation;

    /** A line of the file: whether it holds, and the condition. */
    private record Rule(boolean holds, String condition) {}

    @Test
    void showsWhatHoldsWithoutAScript() throws IOException {
        var rules = rules();
        var page = browser.page(Look.DESKTOP.withoutScripts());
        page.navigate(ask(rules));
        answer(page);
        page.click(".go .button:last-child");
        assertThat(page.innerText(".notice")).contains("a few more questions");
        Browser.picture(page, "answer/every-rule");
        assertThat(shown(page)).isEqualTo(holding(rules));
        for (var name : holding(rules)) {
            page.fill("[name='" + name + "']", "seen");
        }
        page.click(".go .button:last-child");
        assertThat(page.url()).contains("/thanks");
        assertThat(stored()).isEqualTo(holding(rules));
    }

    @Test
    void showsTheSameWithAScriptAtOnce() throws IOException {
        var rules = rules();
        var page = browser.page(Look.PHONE);
        page.navigate(ask(rules));
        answer(page);
        page.waitForCondition(() -> shown(page).equals(holding(rules)));
        page.check("[name=scale][value='0']");
        page.waitForCondition(() -> !shown(page).equals(holding(rules)));
        page.check("[name=scale][value='9']");
        page.waitForCondition(() -> shown(page).equals(holding(rules)));
    }

    @Test
    void keepsTheSameOverTheApi() throws IOException {
        var rules = rules();
        ask(rules);
        var given = new LinkedHashMap<String, Object>(Map.of(
                "scale",
                9,
                "one",
                "a",
                "some",
                List.of("a", "c"),
                "table",
                Map.of("r", "good"),
                "first",
                List.of("b"),
                "words",
                "Blue Kettle",
                "figure",
                12,
                "day",
                "2026-05-09",
                "agreed",
                true));
        named(rules).forEach(name -> given.put(name, "seen"));
        giveAnswers
                .give(new GivenAnswers(invitation, given, true, true, Instant.now()))
                .block();
        assertThat(stored()).isEqualTo(holding(rules));
    }

    private static void answer(Page page) {
        page.check("[name=scale][value='9']");
        page.check("[name=one][value=a]");
        page.check("[name=some][value=a]");
        page.check("[name=some][value=c]");
        page.check("[name='table.r'][value=good]");
        page.selectOption("[name='first.b']", "1");
        page.fill("[name=words]", "Blue Kettle");
        page.fill("[name=figure]", "12");
        page.fill("[name=day]", "2026-05-09");
        page.check("[name=agreed][value='true']");
    }

    /** Which of the rules' questions the page shows. */
    private static Set<String> shown(Page page) {
        return page.locator("input[name^=rule]").all().stream()
                .map(field -> field.getAttribute("name"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The rules' questions whose answers count. */
    private Set<String> stored() {
        return new TreeSet<>(database.sql("""
                        select a.question_key || case a.item when '' then '' else '@' || a.item end as name
                        from response r join answer a on a.workspace_id = r.workspace_id and a.response_id = r.id
                        where r.workspace_id = $1 and r.invitation_id = $2 and a.question_key like 'rule%' and not a.hidden and not a.skipped
                        """)
                .bind(0, invitation.workspaceId())
                .bind(1, invitation.id())
                .mapValue(String.class)
                .all()
                .collectList()
                .block());
    }

    private static Set<String> holding(List<Rule> rules) {
        var names = new TreeSet<String>();
        for (int at = 0; at < rules.size(); at++) {
            if (rules.get(at).holds()) {
                names.add("rule" + at + (isOfLine(rules.get(at)) ? "@1" : ""));
            }
        }
        return names;
    }

    private static Set<String> named(List<Rule> rules) {
        var names = new TreeSet<String>();
        for (int at = 0; at < rules.size(); at++) {
            names.add("rule" + at + (isOfLine(rules.get(at)) ? "@1" : ""));
            if (isOfLine(rules.get(at))) {
                names.add("rule" + at + "@2");
            }
        }
        return names;
    }

    private static boolean isOfLine(Rule rule) {
        return rule.condition().contains("\"line.");
    }

    private static List<Rule> rules() throws IOException {
        return new ClassPathResource("every-rule.txt", EveryRuleTest.class)
                .getContentAsString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank())
                .map(line -> new Rule(line.startsWith("yes "), condition(line.split("\\s+", 2)[1])))
                .toList();
    }

    /** A line is JSON already, or subject, operator and value. */
    private static String condition(String line) {
        if (line.startsWith("{")) {
            return line;
        }
        var parts = line.split(" ", 3);
        return parts.length < 3
                ? "{\"subject\": \"%s\", \"operator\": \"%s\"}".formatted(parts[0], parts[1])
                : "{\"subject\": \"%s\", \"operator\": \"%s\", \"value\": %s}".formatted(parts[0], parts[1], parts[2]);
    }

    private String ask(List<Rule> rules) throws IOException {
        var questions = new StringBuilder();
        for (int at = 0; at < rules.size(); at++) {
            var rule = rules.get(at);
            var text = JsonMapper.shared().writeValueAsString(rule.condition());
            questions
                    .append(at == 0 ? "" : ",")
                    .append(
                            "{\"key\": \"rule%s\", \"type\": \"short-text\", \"text\": {\"en\": %s}, \"showIf\": %s, \"perOrderLine\": %s}"
                                    .formatted(at, text, rule.condition(), isOfLine(rule)));
        }
        var definition = new ClassPathResource("every-rule.json", EveryRuleTest.class)
                .getContentAsString(StandardCharsets.UTF_8)
                .replace("\"RULES\"", questions);
        assertThat(DefinitionCheck.of(DefinitionReader.read(definition))).isEmpty();
        var customer = AskedCustomer.in(beans).asking(definition).having("Kettle, 1.2 l", "Cups");
        invitation = customer.invited();
        known(customer);
        return "http://localhost:" + port + "/r/"
                + new LinkToken(customer.workspace().code(), invitation.id()).sign(LinkToken.Use.ANSWER, secret);
    }

    private void known(AskedCustomer customer) {
        var workspace = customer.workspace().id();
        for (var sql : List.of(
                "update contact set stage = 'client', attributes = '{\"plan\": \"gold\"}' where workspace_id = $1",
                "update customer_order set promised_at = delivered_at - interval '1 day', channel = 'web', country = 'DE', total_currency = 'EUR', total_amount = 49.90 where workspace_id = $1",
                "update order_line set category = case number when 1 then 'kitchen' else 'table' end where workspace_id = $1")) {
            database.sql(sql).bind(0, workspace).then().block();
        }
    }
}
